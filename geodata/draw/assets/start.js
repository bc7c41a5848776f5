// Puts everything together once the page is there.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const DEEPEST_ZOOM = 14;
let wholeZoom = 0;

const motion = () => ({ animate: !still.matches });

const CARD_PX = 370;

// Beside the card where there is room for both.
function zoomTo(bounds) {
  const left = planMap.getSize().x > 2 * CARD_PX ? CARD_PX : 24;
  planMap.fitBounds(bounds, { paddingTopLeft: [left, 24], paddingBottomRight: [24, 24], ...motion() });
}

// Nothing to fit while the page is hidden, as in a closed tab of a frame; it is fitted once it has a size.
function showWhole(animate) {
  const size = planMap.getSize();
  if (!size.x || !size.y) {
    planMap.once("resize", () => showWhole(false));
    return;
  }
  const [west, south, east, north] = data.bounds;
  planMap.fitBounds([[south, west], [north, east]], { padding: [16, 16], animate });
}

function change(news) {
  Object.assign(state, news);
  byId("colour").disabled = state.side === "difference";
  markSide();
  hideCard();
  drawAll();
  fillLegend();
  fillTerritories();
  say(`${SIDE_WORDS[state.side]} plan is shown.`);
}

function hoverWords(layer) {
  const box = textNode("div", "", "hover");
  if (layer.label !== undefined) {
    box.append(textNode("strong", labelWords(shownSide(), layer.label)));
    return box;
  }
  const side = shownSide();
  shownRows(layer).slice(0, 4).forEach((row) => {
    box.append(textNode("strong", unitTitle(row)), textNode("span", labelWords(side, data.units[side][row])));
    if (data.units.change[row] === "m") {
      const other = side === "today" ? "proposed" : "today";
      box.append(textNode("span", `${side === "today" ? "goes to" : "today"} ${labelWords(other, data.units[other][row])}`, "quiet"));
    }
  });
  return box;
}

function addWholeButton() {
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const button = Object.assign(textNode("button", "Whole map", "whole"), { type: "button" });
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => showWhole(!still.matches));
    return button;
  };
  control.addTo(planMap);
}

// Paper is white: light colours, the map fitted to the sheet, all drawn before this returns.
function print(printing) {
  document.documentElement.classList.toggle("printing", printing);
  planMap.invalidateSize({ animate: false });
  showWhole(false);
  drawAll();
  planMap.fire("moveend");
}

function start() {
  fillHead();
  planMap.getContainer().setAttribute("aria-label", "Map of the territories; arrow keys move it, plus and minus zoom");
  planMap.getContainer().setAttribute("role", "group");
  planMap.invalidateSize({ animate: false });
  L.control.zoom({ position: "topright" }).addTo(planMap);
  L.control.scale({ position: "bottomleft" }).addTo(planMap);
  addWholeButton();
  planMap.setMaxZoom(DEEPEST_ZOOM);
  showWhole(false);
  wholeZoom = planMap.getZoom();
  planMap.setMinZoom(wholeZoom - 1);
  fillControls(change);
  addCells();
  drawAll();
  fillLegend();
  fillTerritories();
  fillNotes();
  startSearch();
  cellGroup.on("click", (event) => showCell(event.layer)).bindTooltip(hoverWords, { sticky: true, opacity: 1 });
  outlineGroup.on("click", (event) => showTerritory(event.layer.label));
  if (!data.units) outlineGroup.bindTooltip(hoverWords, { sticky: true, opacity: 1 });
  planMap.on("zoomend", redrawForZoom);
  dark.addEventListener("change", drawAll);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  addEventListener("keydown", (event) => { if (event.key === "Escape") hideCard(); });
  document.documentElement.dataset.ready = "yes";
}

start();
