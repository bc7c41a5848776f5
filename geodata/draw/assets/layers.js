// What lies on the map: cells, outlines, labels, homes, bridges and locks.

const CELL_SEAM_PX = 7; // cells narrower than this get no visible border
const STRIPE_PX = 5;

planMap.createPane("labels").style.zIndex = 450;
planMap.getPane("labels").style.pointerEvents = "none";
planMap.createPane("homes").style.zIndex = 460;

// One canvas holds cells, outlines and marks, in the order they are added: several do not print over each other.
const cellGroup = L.featureGroup().addTo(planMap);
const outlineGroup = L.featureGroup().addTo(planMap);
const labelGroup = L.layerGroup().addTo(planMap);
const homeGroup = L.layerGroup().addTo(planMap);
const markGroup = L.layerGroup().addTo(planMap);
const chosenGroup = L.layerGroup().addTo(planMap);

const cells = [];

function addCells() {
  if (!data.units) return;
  const rows = rowsByCell();
  data.units.shapes.forEach((text, index) => {
    const polygons = decodeShape(text);
    const isPoint = polygons.length === 1 && polygons[0].length === 1 && polygons[0][0].length === 1;
    const options = { smoothFactor: 0.5, noClip: true, bubblingMouseEvents: false };
    const layer = isPoint ? L.circleMarker(polygons[0][0][0], options) : L.polygon(polygons, options);
    layer.rows = rows[index];
    layer.isPoint = isPoint;
    layer.cell = index;
    cells.push(layer);
  });
  cells.sort((a, b) => a.isPoint - b.isPoint);
  cells.forEach((layer) => cellGroup.addLayer(layer));
}

const shownRows = (layer) =>
  state.segment < 0 ? layer.rows : layer.rows.filter((row) => data.units.segment[row] === state.segment);

// Mean width on the screen of one of `count` things, which decides how fine the drawing may be.
function meanWidth(count) {
  const [west, south, east, north] = data.bounds;
  const size = planMap.project([north, east]).subtract(planMap.project([south, west]));
  return Math.sqrt(Math.abs(size.x * size.y) / Math.max(count, 1));
}

const stripes = new Map();

// A canvas pattern of slanted stripes for a cell that several territories hold.
function stripedFill(colours) {
  const key = colours.join();
  if (!stripes.has(key)) {
    const size = STRIPE_PX * colours.length;
    const tile = document.createElement("canvas");
    tile.width = size;
    tile.height = size;
    const pen = tile.getContext("2d");
    colours.forEach((colour, index) => {
      pen.strokeStyle = colour;
      pen.lineWidth = STRIPE_PX / Math.SQRT2 + 0.6;
      [-1, 0, 1].forEach((turn) => {
        const start = (index + 0.5) * STRIPE_PX + turn * size;
        pen.beginPath();
        pen.moveTo(start - size, size * 1.5);
        pen.lineTo(start + size * 1.5, -size);
        pen.stroke();
      });
    });
    stripes.set(key, pen.createPattern(tile, "repeat"));
  }
  return stripes.get(key);
}

function styleCells() {
  const width = meanWidth(cells.length);
  const seam = width >= CELL_SEAM_PX;
  const radius = Math.max(1.5, Math.min(8, width / 2.4));
  cells.forEach((layer) => {
    const fills = [...new Set(shownRows(layer).map(fillOfRow))].slice(0, 4);
    if (!fills.length) {
      layer.setStyle({ stroke: false, fill: !layer.isPoint, fillColor: theme.kept, fillOpacity: 0.6 });
      return;
    }
    layer.setStyle({
      stroke: true,
      fill: true,
      fillOpacity: 1,
      fillColor: fills.length === 1 ? fills[0] : stripedFill(fills),
      color: seam || layer.isPoint ? theme.seam : fills[0],
      weight: layer.isPoint ? Math.min(1, radius / 3) : 0.7,
    });
    if (layer.isPoint) layer.setRadius(radius);
  });
}

const outlinesShown = (side) => data[side].outlines[state.segment + 1];

function drawOutlines() {
  outlineGroup.clearLayers();
  const side = shownSide();
  const count = Math.max(data[side].label.length, 1);
  const weight = Math.max(0.9, Math.min(2.2, 28 / Math.sqrt(count)));
  if (state.side === "difference" && data.today) addOutlines("today", { color: theme.before, weight, dashArray: "4 4" });
  addOutlines(side, { color: theme.outline, weight });
}

function addOutlines(side, style) {
  outlinesShown(side).areas.forEach((text, label) => {
    if (!text) return;
    const filled = data.units ? { fill: false } : { fillColor: fillOfLabel(label), fillOpacity: 1 };
    const options = { interactive: !data.units, smoothFactor: 0.6, ...filled, ...style };
    const layer = L.polygon(decodeShape(text), options);
    layer.label = label;
    outlineGroup.addLayer(layer);
  });
}

function drawAll() {
  readTheme();
  styleCells();
  drawOutlines();
  drawLabels();
  drawHomes();
  drawMarks();
}

function redrawForZoom() {
  styleCells();
  drawLabels();
  drawMarks();
}

// Marks what is chosen with a line that stands out on any colour.
function drawChosen(latlngs, isPoint) {
  chosenGroup.clearLayers();
  if (!latlngs) return;
  const add = (color, weight) => {
    const style = { color, weight, fill: false, interactive: false };
    chosenGroup.addLayer(isPoint ? L.circleMarker(latlngs, { ...style, radius: 10 }) : L.polygon(latlngs, style));
  };
  add(theme.ground, 6);
  add(theme.accent, 3);
}

function textNode(tag, words, className) {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}
