// What lies on the map: cells, outlines, labels, homes, bridges and locks.

const CELL_SEAM_PX = 7; // cells narrower than this get no visible border
const LOCK_PX = 16; // cells narrower than this get a dot instead of a lock
const HOME_PX = 60; // territories narrower than this get small homes
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
    const options = { smoothFactor: 0.5, bubblingMouseEvents: false };
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
  const radius = Math.max(1.5, Math.min(7, width / 3));
  cells.forEach((layer) => {
    const fills = [...new Set(shownRows(layer).map(fillOfRow))].slice(0, 4);
    if (!fills.length) {
      layer.setStyle({ stroke: false, fill: false });
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

// Labels where there is room: the territory's name, else its code, else nothing; never over another or over a home.
function drawLabels() {
  labelGroup.clearLayers();
  const side = shownSide();
  planMap.getContainer().classList.toggle("crowded", meanWidth(data[side].label.length) < HOME_PX);
  const taken = data[side].home.filter(Boolean).map(([lon, lat]) => boxAround(planMap.latLngToLayerPoint([lat, lon]), 8, 8));
  data[side].label.forEach((label, place) => {
    const [lon, lat, room] = outlinesShown(side).anchors[label];
    if (lon === null) return;
    const middle = planMap.latLngToLayerPoint([lat, lon]);
    const edge = planMap.latLngToLayerPoint([lat, lon + room]);
    const spot = placeLabel(side, place, middle, room ? edge.x - middle.x : 36, taken);
    if (!spot) return;
    taken.push(spot.box);
    const at = planMap.layerPointToLatLng(spot.box.getCenter());
    labelGroup.addLayer(domMarker(at, "label", "labels", textNode("span", spot.words)));
  });
}

const boxAround = (point, halfWidth, halfHeight) =>
  L.bounds(point.subtract([halfWidth, halfHeight]), point.add([halfWidth, halfHeight]));

// The longest words and the most central place that fit into `room` pixels around the middle.
function placeLabel(side, place, middle, room, taken) {
  const texts = [data[side].name[place], data.labels[data[side].label[place]]].filter(Boolean);
  for (const words of texts) {
    const halfWidth = words.length * 3.4 + 3;
    if (halfWidth > room * 1.25) continue;
    for (const down of [0, 15, -15, 26, -26]) {
      const box = boxAround(middle.add([0, down]), halfWidth, 8);
      if (Math.abs(down) <= room * 0.8 && !taken.some((other) => other.overlaps(box))) return { words, box };
    }
  }
  return null;
}

function domMarker(at, className, paneName, element) {
  const icon = L.divIcon({ className: `${className}-place`, html: element, iconSize: [0, 0] });
  element.classList.add(className);
  return L.marker(at, { icon, pane: paneName, interactive: paneName === "homes", keyboard: false });
}

function drawHomes() {
  homeGroup.clearLayers();
  const side = shownSide();
  data[side].home.forEach((home, place) => {
    if (!home) return;
    const [lon, lat] = home;
    const element = textNode("span", "");
    element.style.setProperty("--home", labelColour(data[side].label[place]));
    const marker = domMarker([lat, lon], "home", "homes", element);
    marker.bindTooltip(() => textNode("span", `Home of ${data[side].rep[place] || data[side].name[place]}`));
    homeGroup.addLayer(marker);
  });
}

const Lock = L.CircleMarker.extend({
  _updatePath() {
    if (!this._renderer._drawing) return;
    const pen = this._renderer._ctx;
    const { x, y } = this._point;
    pen.fillStyle = theme.mark;
    pen.strokeStyle = theme.mark;
    pen.lineWidth = 1.3;
    pen.beginPath();
    if (this.options.fine) {
      pen.rect(x - 3.5, y - 1, 7, 5.5);
      pen.fill();
      pen.beginPath();
      pen.arc(x, y - 1, 2.3, Math.PI, 0);
      pen.stroke();
    } else {
      pen.arc(x, y, 1.2, 0, 2 * Math.PI);
      pen.fill();
    }
  },
});

function drawMarks() {
  markGroup.clearLayers();
  data.bridges.forEach(([lonA, latA, lonB, latB]) => {
    const line = [[latA, lonA], [latB, lonB]];
    const style = { interactive: false };
    markGroup.addLayer(L.polyline(line, { ...style, color: theme.halo, weight: 5, opacity: 0.75 }));
    markGroup.addLayer(L.polyline(line, { ...style, color: theme.mark, weight: 2, dashArray: "2 6" }));
  });
  if (!data.units) return;
  const fine = meanWidth(cells.length) >= LOCK_PX;
  const locked = new Set(data.units.locked);
  cells.forEach((layer) => {
    if (!shownRows(layer).some((row) => locked.has(row))) return;
    const at = layer.isPoint ? layer.getLatLng() : layer.getBounds().getCenter();
    markGroup.addLayer(new Lock(at, { radius: 5, fine, interactive: false }));
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
