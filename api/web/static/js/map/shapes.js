// The shapes of the units, decoded and projected: arcs, the rings made of them, and what lies where.
//
// Places are in the world's square: x and y run from 0 to 1 as in every web map (EPSG:3857).

import { numbers } from "./decode.js";

export const worldX = (lon) => lon / 360 + 0.5;
export const worldY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

const offsets = (sizes) => {
  const found = new Int32Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; i += 1) found[i + 1] = found[i] + sizes[i];
  return found;
};

export class Shapes {
  constructor(packed) {
    this.count = packed.n_cells;
    this.cut = packed.cut;
    this.x = Float64Array.from(numbers(packed.x), (x) => worldX(x / packed.per_degree));
    this.y = Float64Array.from(numbers(packed.y), (y) => worldY(y / packed.per_degree));
    this.arcStart = offsets(numbers(packed.sizes));
    this.steps = numbers(packed.steps);
    this.ringStart = offsets(numbers(packed.ring_sizes));
    this.ringCell = numbers(packed.ring_cells);
    this.ringsOfCell = this.#rings();
    [this.left, this.right] = this.#sides();
    this.isPoint = new Uint8Array(this.count);
    this.boxes = this.#boxes(packed);
    this.levels = new Map();
    this.grid = null;
  }

  get arcs() {
    return this.arcStart.length - 1;
  }

  // Where the rings of each cell begin; a cell without any is a point.
  #rings() {
    const start = new Int32Array(this.count + 1);
    for (const cell of this.ringCell) start[cell + 1] += 1;
    for (let cell = 0; cell < this.count; cell += 1) start[cell + 1] += start[cell];
    return start;
  }

  // The cells on either side of each arc, -1 for nothing.
  #sides() {
    const left = new Int32Array(this.arcs).fill(-1);
    const right = new Int32Array(this.arcs).fill(-1);
    this.ringCell.forEach((cell, ring) => {
      for (let at = this.ringStart[ring]; at < this.ringStart[ring + 1]; at += 1) {
        (this.steps[at] & 1 ? right : left)[this.steps[at] >> 1] = cell;
      }
    });
    return [left, right];
  }

  // West, north, east, south of each cell.
  #boxes(packed) {
    const boxes = new Float64Array(4 * this.count);
    for (let cell = 0; cell < this.count; cell += 1) boxes.set([Infinity, Infinity, -Infinity, -Infinity], 4 * cell);
    const widen = (cell, x, y) => {
      const at = 4 * cell;
      if (x < boxes[at]) boxes[at] = x;
      if (y < boxes[at + 1]) boxes[at + 1] = y;
      if (x > boxes[at + 2]) boxes[at + 2] = x;
      if (y > boxes[at + 3]) boxes[at + 3] = y;
    };
    for (let arc = 0; arc < this.arcs; arc += 1) {
      for (const cell of [this.left[arc], this.right[arc]]) {
        if (cell >= 0) for (let at = this.arcStart[arc]; at < this.arcStart[arc + 1]; at += 1) widen(cell, this.x[at], this.y[at]);
      }
    }
    const points = numbers(packed.points);
    const px = numbers(packed.point_x);
    const py = numbers(packed.point_y);
    points.forEach((cell, i) => {
      this.isPoint[cell] = 1;
      widen(cell, worldX(px[i] / packed.per_degree), worldY(py[i] / packed.per_degree));
    });
    return boxes;
  }

  // [west, north, east, south] of some cells, null where none has a place.
  bounds(cells) {
    let box = null;
    for (const cell of cells) {
      const [west, north, east, south] = this.boxes.subarray(4 * cell, 4 * cell + 4);
      box = box ? [Math.min(box[0], west), Math.min(box[1], north), Math.max(box[2], east), Math.max(box[3], south)] : [west, north, east, south];
    }
    return box;
  }

  // The arcs with only the corners that show at a zoom; neighbours keep their common border, for arcs keep their ends.
  level(zoom) {
    const wanted = Math.min(18, Math.ceil(zoom));
    if (!this.levels.has(wanted)) this.levels.set(wanted, this.#thinned(0.7 / (256 * 2 ** wanted)));
    return this.levels.get(wanted);
  }

  #thinned(least) {
    const x = new Float64Array(this.x.length);
    const y = new Float64Array(this.x.length);
    const start = new Int32Array(this.arcs + 1);
    let count = 0;
    for (let arc = 0; arc < this.arcs; arc += 1) {
      const last = this.arcStart[arc + 1] - 1;
      for (let at = this.arcStart[arc]; at <= last; at += 1) {
        const isEnd = at === this.arcStart[arc] || at === last;
        if (isEnd || Math.abs(this.x[at] - x[count - 1]) + Math.abs(this.y[at] - y[count - 1]) > least) {
          x[count] = this.x[at];
          y[count] = this.y[at];
          count += 1;
        }
      }
      start[arc + 1] = count;
    }
    return { x: x.slice(0, count), y: y.slice(0, count), start };
  }

  // The cell at a place; a point counts up to `reach` away. -1 for none.
  cellAt(x, y, reach) {
    let nearest = -1;
    let least = reach;
    for (const cell of this.near(x - reach, y - reach, x + reach, y + reach)) {
      if (!this.isPoint[cell]) {
        if (nearest < 0 && this.#contains(cell, x, y)) nearest = cell;
        continue;
      }
      const away = Math.hypot(this.boxes[4 * cell] - x, this.boxes[4 * cell + 1] - y);
      if (away <= least) {
        least = away;
        nearest = cell;
      }
    }
    return nearest;
  }

  #contains(cell, x, y) {
    let inside = false;
    for (let ring = this.ringsOfCell[cell]; ring < this.ringsOfCell[cell + 1]; ring += 1) {
      for (let at = this.ringStart[ring]; at < this.ringStart[ring + 1]; at += 1) {
        const arc = this.steps[at] >> 1;
        for (let i = this.arcStart[arc]; i < this.arcStart[arc + 1] - 1; i += 1) {
          const above = this.y[i] > y;
          if (above !== this.y[i + 1] > y && x < ((this.x[i + 1] - this.x[i]) * (y - this.y[i])) / (this.y[i + 1] - this.y[i]) + this.x[i]) inside = !inside;
        }
      }
    }
    return inside;
  }

  // Cells whose box meets a box.
  near(west, north, east, south) {
    this.grid ??= new Grid(this.boxes);
    return this.grid.find(west, north, east, south);
  }
}

// Cells by the squares that their boxes touch.
class Grid {
  constructor(boxes) {
    this.boxes = boxes;
    const n = boxes.length / 4;
    const all = [Infinity, Infinity, -Infinity, -Infinity];
    for (let cell = 0; cell < n; cell += 1) {
      if (boxes[4 * cell] === Infinity) continue;
      all[0] = Math.min(all[0], boxes[4 * cell]);
      all[1] = Math.min(all[1], boxes[4 * cell + 1]);
      all[2] = Math.max(all[2], boxes[4 * cell + 2]);
      all[3] = Math.max(all[3], boxes[4 * cell + 3]);
    }
    this.side = Math.max(1, Math.ceil(Math.sqrt(n / 4)));
    [this.west, this.north] = all;
    this.stepX = (all[2] - all[0]) / this.side || 1;
    this.stepY = (all[3] - all[1]) / this.side || 1;
    this.squares = Array.from({ length: this.side * this.side }, () => []);
    for (let cell = 0; cell < n; cell += 1) {
      if (boxes[4 * cell] !== Infinity) for (const square of this.#touched(...boxes.subarray(4 * cell, 4 * cell + 4))) this.squares[square].push(cell);
    }
  }

  *#touched(west, north, east, south) {
    const place = (value, from, step) => Math.max(0, Math.min(this.side - 1, Math.floor((value - from) / step)));
    for (let row = place(north, this.north, this.stepY); row <= place(south, this.north, this.stepY); row += 1) {
      for (let column = place(west, this.west, this.stepX); column <= place(east, this.west, this.stepX); column += 1) yield row * this.side + column;
    }
  }

  find(west, north, east, south) {
    const found = new Set();
    for (const square of this.#touched(west, north, east, south)) {
      for (const cell of this.squares[square]) {
        const [w, n, e, s] = this.boxes.subarray(4 * cell, 4 * cell + 4);
        if (w <= east && e >= west && n <= south && s >= north) found.add(cell);
      }
    }
    return [...found].sort((one, other) => one - other);
  }
}
