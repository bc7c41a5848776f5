// Into how many connected pieces a territory falls.

// Neighbours of each unit, from the pairs of links.
function neighbours(units) {
  if (units.neighbours) return units.neighbours;
  const start = new Int32Array(units.count + 1);
  const { linkA, linkB } = units;
  for (let i = 0; i < linkA.length; i += 1) {
    start[linkA[i] + 1] += 1;
    start[linkB[i] + 1] += 1;
  }
  for (let row = 0; row < units.count; row += 1) start[row + 1] += start[row];
  const next = start.slice();
  const near = new Int32Array(2 * linkA.length);
  for (let i = 0; i < linkA.length; i += 1) {
    near[next[linkA[i]]++] = linkB[i];
    near[next[linkB[i]]++] = linkA[i];
  }
  units.neighbours = { start, near };
  return units.neighbours;
}

// All pieces as lists of rows, the largest first; units that need not hang together are left out.
export function piecesOf(units, rows, holds) {
  const { start, near } = neighbours(units);
  const seen = new Set();
  const found = [];
  for (const first of rows) {
    if (units.contiguity[first] === 0 || seen.has(first)) continue;
    const piece = [first];
    seen.add(first);
    for (let at = 0; at < piece.length; at += 1) {
      for (let i = start[piece[at]]; i < start[piece[at] + 1]; i += 1) {
        const row = near[i];
        if (!seen.has(row) && units.part[row] === units.part[first] && units.contiguity[row] !== 0 && holds(row)) {
          seen.add(row);
          piece.push(row);
        }
      }
    }
    found.push(piece);
  }
  return found.sort((one, other) => other.length - one.length);
}

// The largest number of pieces in any part (segment), as the judge counts them.
export function pieces(units, rows, holds) {
  const count = new Map();
  for (const [first] of piecesOf(units, rows, holds)) count.set(units.part[first], (count.get(units.part[first]) ?? 0) + 1);
  return Math.max(0, ...count.values());
}
