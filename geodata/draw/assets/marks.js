// What lies on top of the territories: labels, homes, bridges and locks.

const LOCK_PX = 16; // cells narrower than this get a dot instead of a lock
const HOME_PX = 60; // territories narrower than this get small homes

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
