// Details of what was chosen: a unit (or all units of one place) or a territory.

const MAX_LISTED = 500;

function showCard(title, children) {
  const close = Object.assign(textNode("button", "Close"), { type: "button", className: "close" });
  close.addEventListener("click", hideCard);
  byId("card").replaceChildren(textNode("h2", title), close, ...children);
  byId("card").hidden = false;
  byId("card").scrollTop = 0;
  say(`${title} is shown.`);
}

function hideCard() {
  byId("card").hidden = true;
  drawChosen(null);
}

const labelWords = (side, label) => {
  if (label < 0) return "nobody";
  const place = places[side][label];
  const name = place < 0 ? "" : data[side].name[place];
  const rep = place < 0 ? "" : data[side].rep[place];
  const code = data.labels[label];
  const title = name && name !== code ? `${name} (${code})` : code;
  return rep && rep !== name ? `${title} · ${rep}` : title;
};

const CHANGE_WORDS = { k: "stays", m: "changes hands", n: "newly assigned" };
const CHANGE_MARKS = { m: "moved", n: "new" };

function unitFacts(row) {
  const units = data.units;
  const facts = [["Proposed", labelWords("proposed", units.proposed[row])]];
  if (data.today) facts.push(["Today", labelWords("today", units.today[row])]);
  facts.push(["Change", CHANGE_WORDS[units.change[row]]]);
  if (units.share[row] !== undefined) facts.push(["Share", percent(units.share[row])]);
  if (data.segments.length) facts.push(["Segment", data.segments[units.segment[row]] || "–"]);
  data.measures.forEach((measure, m) => facts.push([capital(measure.name), amountWords(units.amounts[m][row], measure)]));
  if (units.fit) facts.push(["Skill fit", percent(units.fit[row])]);
  if (lockedRows.has(row)) facts.push(["Locked", units.reason[row] || "yes"]);
  else if (units.reason[row]) facts.push(["Reason", units.reason[row]]);
  return facts;
}

const lockedRows = new Set(data.units ? data.units.locked : []);
const amountWords = (value, measure) => `${figure(value)}${measure.unit ? ` ${measure.unit}` : ""}`;

function factList(facts) {
  const list = textNode("dl", "", "facts");
  facts.forEach(([name, value]) => list.append(textNode("dt", name), textNode("dd", value)));
  return list;
}

const unitTitle = (row) => {
  const { id, name } = data.units;
  return name[row] && name[row] !== id[row] ? `${name[row]} (${id[row]})` : id[row];
};

function showCell(layer) {
  const rows = shownRows(layer);
  if (!rows.length) return;
  drawChosen(layer.getLatLngs ? layer.getLatLngs() : layer.getLatLng(), layer.isPoint);
  const single = new Set(rows.map((row) => data.units.id[row])).size === 1;
  const parts = rows.flatMap((row) => (single ? [factList(unitFacts(row))] : [textNode("h3", unitTitle(row)), factList(unitFacts(row))]));
  showCard(single ? unitTitle(rows[0]) : `${rows.length} units here`, parts);
}

function showRow(row) {
  const layer = cells.find((cell) => cell.cell === data.units.cell[row]);
  if (!layer) {
    drawChosen(null);
    showCard(unitTitle(row), [textNode("p", "This unit has no place on the map."), factList(unitFacts(row))]);
    return;
  }
  if (layer.isPoint) planMap.setView(layer.getLatLng(), Math.max(planMap.getZoom(), wholeZoom + 3), motion());
  else zoomTo(layer.getBounds().pad(2));
  showCell(layer);
}

function showTerritory(label) {
  const side = places[shownSide()][label] < 0 ? "proposed" : shownSide();
  const place = places[side][label];
  const bounds = territoryBounds(side, label);
  if (bounds) zoomTo(bounds.pad(0.15));
  const area = outlinesShown(side).areas[label];
  drawChosen(area ? decodeShape(area) : null, false);
  const children = [];
  if (place >= 0) children.push(factList(territoryFacts(side, place)), loadTable(data[side].loads[place]));
  if (data.units) children.push(...unitButtons(side, label));
  const name = place < 0 ? "" : data[side].name[place];
  showCard(name && name !== data.labels[label] ? `${name} (${data.labels[label]})` : data.labels[label], children);
}

function territoryBounds(side, label) {
  const area = outlinesShown(side).areas[label];
  const corners = area ? decodeShape(area).flat(2) : [];
  const members = new Set(data.units ? rowsOf[side][label] : []);
  cells.filter((cell) => cell.isPoint && cell.rows.some((row) => members.has(row))).forEach((cell) => corners.push(cell.getLatLng()));
  return corners.length ? L.latLngBounds(corners) : null;
}

function territoryFacts(side, place) {
  const table = data[side];
  const facts = [["Rep", table.rep[place] || "nobody yet"], ["Units", number(table.units[place], 0)]];
  facts.push(["Mean distance", `${number(table.mean_km[place], 1)} km`], ["Furthest", `${number(table.max_km[place], 1)} km`]);
  if (table.fit[place] !== null) facts.push(["Skill fit", percent(table.fit[place])]);
  if (table.moved[place] !== null) facts.push(["Moved units", number(table.moved[place], 0)]);
  table.facts.forEach(([name, texts]) => facts.push([name, texts[place]]));
  if (table.pieces[place] > 1) facts.push(["Pieces", number(table.pieces[place], 0)]);
  return facts;
}

function loadTable(loads) {
  const table = textNode("table", "", "loads");
  const head = table.createTHead().insertRow();
  ["Measure", "Load", "Target", "Index"].forEach((words) => head.append(Object.assign(textNode("th", words), { scope: "col" })));
  const body = table.createTBody();
  data.measures.forEach((measure, m) => {
    const [load, target, index, inBand] = loads[m];
    const row = body.insertRow();
    row.append(Object.assign(textNode("th", measure.unit ? `${measure.name}, ${measure.unit}` : measure.name), { scope: "row" }));
    [figure(load), figure(target)].forEach((words) => row.append(textNode("td", words)));
    const cell = textNode("td", `${number(index, 1)}${offSign(index, inBand)}`, inBand === 0 ? "off" : "");
    if (inBand === 0) cell.append(textNode("span", " out of band", "unseen"));
    row.append(cell);
  });
  return table;
}

const rowsOf = { proposed: rowsByLabel("proposed"), today: rowsByLabel("today") };

function unitButtons(side, label) {
  const rows = rowsOf[side][label].filter((row) => state.segment < 0 || data.units.segment[row] === state.segment);
  const list = textNode("ul", "", "units");
  list.append(...rows.slice(0, MAX_LISTED).map((row) => {
    const button = Object.assign(textNode("button", unitTitle(row)), { type: "button" });
    if (data.units.change[row] !== "k") button.append(textNode("small", ` ${CHANGE_MARKS[data.units.change[row]]}`));
    button.addEventListener("click", () => showRow(row));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  const more = rows.length > MAX_LISTED ? [textNode("p", `and ${number(rows.length - MAX_LISTED, 0)} more, all in plan.csv`, "quiet")] : [];
  return [textNode("h3", `${number(rows.length, 0)} units`), list, ...more];
}
