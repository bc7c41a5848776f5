// Colours of territories so that neighbours differ, and a territory keeps its colour while it can.

// Paul Tol's "light" scheme with a mauve, as in geodata/draw/palette.py.
const COLOURS = ["#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#b07aa1"];
const KEPT = -1;
const CLASH = 100;

export function neighbourColours(shapes, holders, count, before) {
  const near = neighbours(shapes, holders, count);
  const colours = before.length === count ? [...before] : Array(count).fill(null);
  const used = COLOURS.map((colour) => colours.filter((one) => one === colour).length);
  const order = [...near.keys()].sort((one, other) => near[other].size - near[one].size);
  for (const territory of order) {
    const around = new Map();
    for (const other of near[territory]) if (colours[other]) around.set(colours[other], (around.get(colours[other]) ?? 0) + 1);
    const cost = (colour, place) => CLASH * (around.get(colour) ?? 0) + (colours[territory] === colour ? KEPT : used[place] / (count + 1));
    const best = COLOURS.map((colour, place) => [cost(colour, place), place]).sort((one, other) => one[0] - other[0])[0][1];
    if (colours[territory]) used[COLOURS.indexOf(colours[territory])] -= 1;
    colours[territory] = COLOURS[best];
    used[best] += 1;
  }
  return colours;
}

function neighbours(shapes, holders, count) {
  const near = Array.from({ length: count }, () => new Set());
  for (let arc = 0; arc < shapes.arcs; arc += 1) {
    const one = shapes.left[arc] < 0 ? -1 : holders[shapes.left[arc]];
    const other = shapes.right[arc] < 0 ? -1 : holders[shapes.right[arc]];
    if (one < 0 || other < 0 || one === other) continue;
    near[one].add(other);
    near[other].add(one);
  }
  return near;
}
