// The side panel: headline, controls, legend, list of territories, notes.

const byId = (id) => document.getElementById(id);
const SIDE_WORDS = { today: "Today", proposed: "Proposed", difference: "Difference" };
const SORTS = { order: "as listed", off: "furthest from target", moved: "most moved", units: "most units" };

function say(words) {
  byId("said").textContent = words;
}

function fillHead() {
  byId("title").textContent = data.title;
  byId("subtitle").textContent = [data.subtitle, data.date].filter(Boolean).join(" · ");
  byId("figures").append(...data.figures.map(([value, label, note]) => {
    const item = document.createElement("li");
    item.append(textNode("strong", value), textNode("span", label), textNode("small", note));
    return item;
  }));
  byId("summary").textContent = [data.summary, data.gap].filter(Boolean).join(" ");
  byId("summary").hidden = !byId("summary").textContent;
  byId("foot").textContent = [data.attribution, "Drawn with Leaflet."].filter(Boolean).join(" ");
}

function fillControls(changed) {
  const sides = data.today ? Object.keys(SIDE_WORDS) : ["proposed"];
  byId("sides").hidden = sides.length < 2;
  sides.filter((side) => data.units || side !== "difference").forEach((side) => {
    const button = Object.assign(textNode("button", SIDE_WORDS[side]), { type: "button", value: side });
    button.addEventListener("click", () => changed({ side }));
    byId("sides").append(button);
  });
  markSide();
  fillSelect("colour", colourings(), (colour) => changed({ colour }));
  byId("segment-field").hidden = data.segments.length === 0;
  const segments = [[-1, "All"], ...data.segments.map((name, index) => [index, name || "(none)"])];
  fillSelect("segment", segments, (segment) => changed({ segment: Number(segment) }));
  fillSelect("sort", Object.entries(SORTS), fillTerritories);
}

function markSide() {
  byId("sides").querySelectorAll("button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === state.side));
  });
}

function fillSelect(id, options, chosen) {
  byId(id).append(...options.map(([value, words]) => Object.assign(textNode("option", words), { value })));
  byId(id).addEventListener("change", () => chosen(byId(id).value));
}

function fillLegend() {
  const entries = legendEntries().map(([colour, words]) => legendItem(swatch(colour), words));
  entries.push(legendItem(textNode("i", "", "swatch line-swatch"), "Border of a territory"));
  if (state.side === "difference") entries.push(legendItem(textNode("i", "", "swatch before-swatch"), "Today's border"));
  if (data[shownSide()].home.some(Boolean)) entries.push(legendItem(textNode("i", "", "swatch home-swatch"), "Rep's home"));
  if (data.bridges.length) entries.push(legendItem(textNode("i", "", "swatch bridge-swatch"), "Bridge: an added link"));
  if (data.units && data.units.locked.length) entries.push(legendItem(lockPicture(), "Locked unit"));
  if (data.units && cells.some((layer) => shownRows(layer).length > 1)) {
    entries.push(legendItem(textNode("i", "", "swatch striped-swatch"), "Held by several territories"));
  }
  byId("legend").replaceChildren(...entries);
}

function legendItem(picture, words) {
  const item = document.createElement("li");
  item.append(picture, textNode("span", words));
  return item;
}

function swatch(colour) {
  const element = textNode("i", "", colour === null ? "swatch many-swatch" : "swatch");
  if (colour === null) {
    element.append(...data.colours.territories.slice(0, 4).map((part) => tinted(document.createElement("b"), part)));
  }
  return colour === null ? element : tinted(element, colour);
}

function tinted(element, colour) {
  element.style.background = colour;
  return element;
}

function lockPicture() {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 14 14");
  picture.setAttribute("class", "swatch lock-swatch");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M3 6h8v6H3z M4.7 6V4.3a2.3 2.3 0 0 1 4.6 0V6");
  picture.append(path);
  return picture;
}

// How far the worst measure is from its target, for sorting.
function furthest(side, place) {
  return Math.max(0, ...data[side].loads[place].map(([, , index]) => (index === null ? 0 : Math.abs(index - 100))));
}

function fillTerritories() {
  const side = shownSide();
  const table = data[side];
  const order = table.label.map((_, place) => place);
  const keys = { off: (p) => -furthest(side, p), moved: (p) => -(table.moved[p] ?? 0), units: (p) => -(table.units[p] ?? 0) };
  const key = keys[byId("sort").value];
  if (key) order.sort((a, b) => key(a) - key(b) || a - b);
  byId("territories-title").textContent = `${number(order.length, 0)} territories${side === "today" ? " today" : ""}`;
  const names = data.measures.map((measure) => measure.name).join(", ");
  byId("bars-note").textContent = names ? `Index (100 is the target): ${names}` : "";
  byId("territory-list").replaceChildren(...order.map((place) => territoryItem(side, place)));
}

function territoryItem(side, place) {
  const table = data[side];
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const names = textNode("span", "", "names");
  names.append(textNode("strong", table.name[place] || data.labels[table.label[place]]));
  names.append(textNode("span", table.rep[place] || "nobody yet", "quiet"));
  const bars = textNode("span", "", "bars");
  bars.append(...data.measures.map((measure, m) => indexBar(measure, table.loads[place][m])));
  button.append(tinted(textNode("i", "", "swatch"), labelColour(table.label[place])), names, bars);
  button.addEventListener("click", () => showTerritory(table.label[place]));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

// A sign beside an index out of its band, for those who do not see its colour.
const offSign = (index, inBand) => (inBand === 0 ? (index > 100 ? " ▲" : " ▼") : "");

// A bar of 60 .. 140 with the band and a mark; the words say the same.
function indexBar(measure, figures) {
  const [, , index, inBand] = figures;
  const place = (value) => `${Math.max(0, Math.min(100, (value - 60) * 1.25))}%`;
  const bar = textNode("span", "", "bar");
  const band = textNode("i", "", "bar-band");
  band.style.left = place(100 - bandOf(measure));
  band.style.right = `${100 - parseFloat(place(100 + bandOf(measure)))}%`;
  const mark = textNode("i", "", inBand === 0 ? "bar-mark off" : "bar-mark");
  mark.style.left = place(index ?? 100);
  bar.append(band, ...(index === null ? [] : [mark]));
  const line = textNode("span", "", "bar-line");
  line.append(bar, textNode("span", `${number(index, 0)}${offSign(index, inBand)}`, "bar-number"));
  line.title = `${measure.name}: index ${number(index, 1)}${inBand === 0 ? ", out of band" : ""}`;
  line.append(textNode("span", ` ${line.title}.`, "unseen"));
  return line;
}

function fillNotes() {
  const lists = [["Broken rules", data.broken, true], ["Findings", data.findings, false], ["Not on the map", data.unmapped, false]];
  lists.filter(([, texts]) => texts.length).forEach(([title, texts, open]) => {
    const details = document.createElement("details");
    details.open = open;
    const list = document.createElement("ul");
    list.append(...texts.map((text) => textNode("li", text)));
    details.append(textNode("summary", `${title} (${number(texts.length, 0)})`), list);
    byId("notes").append(details);
  });
}
