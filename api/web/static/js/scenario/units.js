// The units of a scenario, column by column: what no plan changes. Rows are numbered as in cells.json.

import { numbers } from "../map/decode.js";
import { Shapes } from "../map/shapes.js";

const RADIANS = Math.PI / 180;

export class Units {
  constructor(packed) {
    this.id = packed.unit;
    this.name = packed.name;
    this.count = packed.unit.length;
    this.shapes = new Shapes(packed.shapes);
    this.cellOf = numbers(packed.shapes.cell_of_row);
    this.lat = Float64Array.from(numbers(packed.lat), (step) => step / packed.per_degree);
    this.lon = Float64Array.from(numbers(packed.lon), (step) => step / packed.per_degree);
    this.place = onSphere(this.lat, this.lon);
    this.measures = packed.measures.map(({ name }) => name);
    this.amounts = packed.measures.map(({ amounts }) => Float64Array.from(amounts));
    this.owners = packed.owners;
    this.today = numbers(packed.today);
    this.linkA = numbers(packed.links.a);
    this.linkB = numbers(packed.links.b);
    this.bridges = packed.bridges;
    this.contiguity = numbers(packed.contiguity);
    this.part = numbers(packed.part);
    this.fitClass = numbers(packed.fit_class);
    this.columns = packed.columns.map(({ name, kinds, kind }) => ({ name, kinds, kind: numbers(kind) }));
    this.rowOf = new Map(this.id.map((id, row) => [id, row]));
    this.rowsOfCell = this.#rowsByCell();
  }

  // Whether units have names besides their ids.
  get isNamed() {
    return this.name.some((name, row) => name && name !== this.id[row]);
  }

  get segment() {
    return this.columns.find((column) => column.name === "segment");
  }

  #rowsByCell() {
    const rows = Array.from({ length: this.shapes.count }, () => []);
    this.cellOf.forEach((cell, row) => cell >= 0 && rows[cell].push(row));
    return rows;
  }
}

// Unit vectors, three numbers each.
export function onSphere(lat, lon) {
  const found = new Float64Array(3 * lat.length);
  for (let i = 0; i < lat.length; i += 1) {
    const wide = Math.cos(lat[i] * RADIANS);
    found[3 * i] = wide * Math.cos(lon[i] * RADIANS);
    found[3 * i + 1] = wide * Math.sin(lon[i] * RADIANS);
    found[3 * i + 2] = Math.sin(lat[i] * RADIANS);
  }
  return found;
}

const EARTH_KM = 6371.0088;

// Great-circle distance between place a of one list and place b of another, in km.
export function distanceKm(one, a, other, b) {
  const x = one[3 * a] - other[3 * b];
  const y = one[3 * a + 1] - other[3 * b + 1];
  const z = one[3 * a + 2] - other[3 * b + 2];
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(x * x + y * y + z * z) / 2));
}
