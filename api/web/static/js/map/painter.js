// Paints cells, borders and marks of one map on a canvas. `view` tells the scale and where the canvas lies:
// { scale, left, top, width, height, zoom }, a world place (x, y) being at (x * scale - left, y * scale - top).

const SEAM_PX = 6; // cells narrower than this get no seams
const PART = 100; // cells or arcs that are painted as one path

export class Painter {
  constructor(shapes) {
    this.shapes = shapes;
  }

  // Cells that can be seen; all of them where no cell is outside.
  visible({ scale, left, top, width, height }) {
    return this.shapes.near(left / scale, top / scale, (left + width) / scale, (top + height) / scale);
  }

  // Fills cells by colour; fillOf(cell) gives a colour, a pattern, or null for nothing.
  fillCells(pen, view, cells, fillOf) {
    const groups = new Map();
    for (const cell of cells) {
      const fill = fillOf(cell);
      if (fill === null) continue;
      if (!groups.has(fill)) groups.set(fill, []);
      groups.get(fill).push(cell);
    }
    for (const [fill, members] of groups) {
      pen.fillStyle = fill;
      this.#inParts(pen, members, (cell) => this.trace(pen, view, cell), () => pen.fill("nonzero"));
    }
    return groups;
  }

  // Hides the hair lines that antialiasing leaves between cells of one colour.
  closeSeams(pen, view, cells, groups) {
    pen.lineWidth = 0.8;
    for (const [fill, members] of groups) {
      pen.strokeStyle = fill;
      const areas = members.filter((cell) => !this.shapes.isPoint[cell]);
      this.#inParts(pen, areas, (cell) => this.trace(pen, view, cell), () => pen.stroke());
    }
  }

  // One path of everything takes a browser without a GPU ever longer: its time grows faster than the path.
  #inParts(pen, members, trace, draw) {
    for (let from = 0; from < members.length; from += PART) {
      pen.beginPath();
      for (let at = from; at < Math.min(from + PART, members.length); at += 1) trace(members[at]);
      draw();
    }
  }

  trace(pen, view, cell) {
    const { shapes } = this;
    const { scale, left, top } = view;
    if (shapes.isPoint[cell]) {
      const x = shapes.boxes[4 * cell] * scale - left;
      const y = shapes.boxes[4 * cell + 1] * scale - top;
      pen.moveTo(x + view.dot, y);
      pen.arc(x, y, view.dot, 0, 2 * Math.PI);
      return;
    }
    const { x, y, start } = shapes.level(view.zoom);
    for (let ring = shapes.ringsOfCell[cell]; ring < shapes.ringsOfCell[cell + 1]; ring += 1) {
      let isFirst = true;
      for (let at = shapes.ringStart[ring]; at < shapes.ringStart[ring + 1]; at += 1) {
        const arc = shapes.steps[at] >> 1;
        const back = shapes.steps[at] & 1;
        const from = back ? start[arc + 1] - 1 : start[arc];
        const to = back ? start[arc] - 1 : start[arc + 1];
        for (let i = from; i !== to; i += back ? -1 : 1) {
          if (isFirst) pen.moveTo(x[i] * scale - left, y[i] * scale - top);
          else pen.lineTo(x[i] * scale - left, y[i] * scale - top);
          isFirst = false;
        }
      }
      pen.closePath();
    }
  }

  // Strokes the arcs for which wanted(left cell, right cell) holds; -1 stands for the outside.
  strokeArcs(pen, view, wanted) {
    const { shapes } = this;
    const { scale, left, top, width, height } = view;
    const { x, y, start } = shapes.level(view.zoom);
    let count = 0;
    pen.beginPath();
    for (let arc = 0; arc < shapes.arcs; arc += 1) {
      if (!wanted(shapes.left[arc], shapes.right[arc])) continue;
      const first = start[arc];
      const last = start[arc + 1] - 1;
      const fromX = x[first] * scale - left;
      const fromY = y[first] * scale - top;
      if (isFar(fromX, width) && isFar(x[last] * scale - left, width) && isFar(x[(first + last) >> 1] * scale - left, width)) continue;
      if (isFar(fromY, height) && isFar(y[last] * scale - top, height) && isFar(y[(first + last) >> 1] * scale - top, height)) continue;
      count += 1;
      if (count % PART === 0) {
        pen.stroke();
        pen.beginPath();
      }
      pen.moveTo(fromX, fromY);
      for (let i = first + 1; i <= last; i += 1) pen.lineTo(x[i] * scale - left, y[i] * scale - top);
    }
    pen.stroke();
  }

  strokePoints(pen, view, cells) {
    pen.beginPath();
    for (const cell of cells) if (this.shapes.isPoint[cell]) this.trace(pen, view, cell);
    pen.stroke();
  }

  // Mean width of a cell on the screen decides how fine the drawing may be.
  meanWidth(scale) {
    const { shapes } = this;
    if (!this.mean) {
      let sum = 0;
      let count = 0;
      for (let cell = 0; cell < shapes.count; cell += 1) {
        if (shapes.isPoint[cell] || shapes.boxes[4 * cell] === Infinity) continue;
        sum += shapes.boxes[4 * cell + 2] - shapes.boxes[4 * cell];
        count += 1;
      }
      this.mean = count ? sum / count : 0;
    }
    return this.mean * scale;
  }

  showsSeams(scale) {
    return this.meanWidth(scale) >= SEAM_PX;
  }
}

const isFar = (place, size) => place < -size || place > 2 * size;

const STRIPE_PX = 5;
const stripes = new Map();

// A pattern of slanted stripes for a cell that several territories hold.
export function striped(colours) {
  const key = colours.join();
  if (!stripes.has(key)) stripes.set(key, pattern(colours));
  return stripes.get(key);
}

function pattern(colours) {
  const tile = document.createElement("canvas");
  const size = STRIPE_PX * colours.length;
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext("2d");
  pen.lineWidth = STRIPE_PX / Math.SQRT2 + 0.6;
  colours.forEach((colour, index) => {
    pen.strokeStyle = colour;
    for (const turn of [-1, 0, 1]) {
      const from = (index + 0.5) * STRIPE_PX + turn * size;
      pen.beginPath();
      pen.moveTo(from - size, size * 1.5);
      pen.lineTo(from + size * 1.5, -size);
      pen.stroke();
    }
  });
  return pen.createPattern(tile, "repeat");
}
