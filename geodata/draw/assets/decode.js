// Reads the data of the page; the coordinates are written by geodata/draw/encode.py.

const data = JSON.parse(document.getElementById("plan-data").textContent);

const PER_DEGREE = 10000;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = new Uint8Array(128);
for (let value = 0; value < 64; value += 1) DIGIT[DIGITS.charCodeAt(value)] = value;

const END_OF_RING = ".".charCodeAt(0);
const END_OF_POLYGON = "!".charCodeAt(0);

// Returns polygons of rings of [lat, lon]; a point is one polygon of one ring of one corner.
function decodeShape(text) {
  const polygons = [];
  let rings = [];
  let ring = [];
  let x = 0;
  let y = 0;
  let at = 0;
  const number = () => {
    let value = 0;
    let shift = 0;
    let digit;
    do {
      digit = DIGIT[text.charCodeAt(at)];
      at += 1;
      value += (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    return value & 1 ? -((value + 1) >> 1) : value >> 1;
  };
  const endRing = () => {
    rings.push(ring);
    ring = [];
    x = 0;
    y = 0;
  };
  while (at < text.length) {
    const sign = text.charCodeAt(at);
    if (sign === END_OF_RING || sign === END_OF_POLYGON) {
      endRing();
      at += 1;
      if (sign === END_OF_POLYGON) {
        polygons.push(rings);
        rings = [];
      }
    } else {
      x += number();
      y += number();
      ring.push([y / PER_DEGREE, x / PER_DEGREE]);
    }
  }
  if (ring.length) endRing();
  if (rings.length) polygons.push(rings);
  return polygons;
}

// Units by cell: which rows of the units stand in each place.
function rowsByCell() {
  const rows = data.units.shapes.map(() => []);
  data.units.cell.forEach((cell, row) => {
    if (cell >= 0) rows[cell].push(row);
  });
  return rows;
}

// Rows of each label under an alignment ("proposed" or "today").
function rowsByLabel(side) {
  const rows = data.labels.map(() => []);
  if (data.units) {
    data.units[side].forEach((label, row) => {
      if (label >= 0) rows[label].push(row);
    });
  }
  return rows;
}

// Position of each label in an alignment's tables, -1 where it has no part in it.
function placeOfLabel(side) {
  const places = data.labels.map(() => -1);
  if (data[side]) data[side].label.forEach((label, place) => { places[label] = place; });
  return places;
}
