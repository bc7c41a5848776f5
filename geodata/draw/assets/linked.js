// Several maps of one country that move together; the data is written by geodata/draw/linked.py.

const byId = (id) => document.getElementById(id);
const GROUND = "#eef1f4";
const SEAM = "#ffffff";
const OUTLINE = "#1f2a36";
const ACCENT = "#0b3d91";
const QUIET = "#dfe3e8";
const cellRows = rowsByCell();
const maps = data.plans.map((plan) => drawMap(plan));

function drawMap(plan) {
  const map = L.map(`map-${plan.key}`, {
    zoomControl: plan === data.plans[0], attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.75, preferCanvas: true,
    scrollWheelZoom: false, renderer: L.canvas({ padding: 0.3 }),
  });
  const layers = data.units.shapes.map((text, cell) => {
    const polygons = decodeShape(text);
    const isPoint = polygons.length === 1 && polygons[0].length === 1 && polygons[0][0].length === 1;
    const layer = isPoint ? L.circleMarker(polygons[0][0][0], { radius: 5 }) : L.polygon(polygons, { smoothFactor: 0.6 });
    layer.on("mouseover", () => point(cell));
    layer.on("click", () => point(cell));
    return layer.addTo(map);
  });
  plan.areas.forEach((text) => {
    if (text) L.polygon(decodeShape(text), { fill: false, color: OUTLINE, weight: 1.3, interactive: false, smoothFactor: 0.6 }).addTo(map);
  });
  const homes = plan.homes.map(([label, lon, lat]) => {
    const style = { radius: 3.5, color: OUTLINE, weight: 1.5, fillColor: "#ffffff", fillOpacity: 1, interactive: false };
    return L.circleMarker([lat, lon], style).addTo(map);
  });
  const [west, south, east, north] = data.bounds;
  map.fitBounds([[south, west], [north, east]], { padding: [6, 6], animate: false });
  return { plan, map, layers, homes, marked: null };
}

// Which label holds most of a unit in a plan, -1 for nobody.
function mainHolder(plan, unit) {
  return plan.owners[unit].reduce((most, row) => (most === null || row[1] > most[1] ? row : most), null)?.[0] ?? -1;
}

const told = (plan, unit) =>
  plan.owners[unit].map(([label, share]) => {
    const who = label < 0 ? "nobody" : data.names[label];
    return share < 0.9999 ? `${who} ${Math.round(100 * share)} %` : who;
  }).join(", ");

const sameHands = (left, right, unit) => JSON.stringify(left.owners[unit]) === JSON.stringify(right.owners[unit]);

function fillOf(plan, unit) {
  const holder = mainHolder(plan, unit);
  const colour = holder < 0 ? data.nobody : data.colour[holder];
  const mode = byId("map-colour").value;
  const chosen = Number(byId("map-holder").value);
  if (chosen >= 0) return plan.owners[unit].some(([label]) => label === chosen) ? data.colour[chosen] : QUIET;
  const other = data.plans.find((one) => one.key === mode);
  return other && plan !== other && sameHands(plan, other, unit) ? QUIET : colour;
}

function paint() {
  maps.forEach(({ plan, map, layers }) => {
    layers.forEach((layer, cell) => {
      const unit = cellRows[cell][0];
      const isSplit = plan.owners[unit].length > 1;
      layer.setStyle({ fillColor: fillOf(plan, unit), fillOpacity: isSplit ? 0.75 : 1, color: SEAM, weight: 0.6, stroke: true });
    });
  });
}

// Marks a place on all maps and says who holds it in each plan.
function point(cell) {
  maps.forEach((one) => {
    if (one.marked) one.marked.remove();
    const shape = decodeShape(data.units.shapes[cell]);
    const isPoint = shape[0][0].length === 1;
    const style = { color: ACCENT, weight: 3, fill: false, interactive: false };
    one.marked = (isPoint ? L.circleMarker(shape[0][0][0], { ...style, radius: 9 }) : L.polygon(shape, style)).addTo(one.map);
  });
  const reading = byId("map-reading");
  reading.replaceChildren(...cellRows[cell].slice(0, 6).map((unit) => {
    const line = document.createElement("p");
    const { id, name } = data.units;
    const title = document.createElement("strong");
    title.textContent = name[unit] && name[unit] !== id[unit] ? `${name[unit]} (${id[unit]})` : id[unit];
    line.append(title, ` ${data.plans.map((plan) => `${plan.title}: ${told(plan, unit)}`).join(" · ")}`);
    return line;
  }));
}

let isFollowing = false;

function follow(leader) {
  if (isFollowing) return;
  isFollowing = true;
  maps.filter((one) => one !== leader).forEach(({ map }) => map.setView(leader.map.getCenter(), leader.map.getZoom(), { animate: false }));
  isFollowing = false;
}

maps.forEach((one) => one.map.on("move zoomend", () => follow(one)));
data.labels.map((code, label) => [data.names[label], label]).sort(([a], [b]) => a.localeCompare(b)).forEach(([name, label]) => {
  byId("map-holder").append(new Option(name, String(label)));
});
["map-colour", "map-holder"].forEach((id) => byId(id).addEventListener("change", paint));
const showWhole = () => {
  const [west, south, east, north] = data.bounds;
  maps.forEach(({ map }) => map.fitBounds([[south, west], [north, east]], { padding: [6, 6], animate: false }));
};
byId("map-whole").addEventListener("click", showWhole);

// On paper everything is open and every map whole; afterwards all is as it was.
let closed = [];
function setPrinting(isPrinting) {
  document.documentElement.classList.toggle("printing", isPrinting);
  if (isPrinting) closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((one) => { one.open = isPrinting; });
  maps.forEach(({ map }) => map.invalidateSize({ animate: false, pan: false }));
  showWhole();
}
window.addEventListener("beforeprint", () => setPrinting(true));
window.addEventListener("afterprint", () => setPrinting(false));
paint();
document.documentElement.dataset.ready = "yes";
