// Who has which unit in each plan, row by row of the first plan's units, and the colour of each holder.

import { numbers } from "../map/decode.js";
import { readAlignment, readCells } from "../map/files.js";
import { Units } from "../scenario/units.js";
import { TODAY, hasToday, namesOf } from "./names.js";

const SHARED = -2;

// Reads what the maps show: { units, sides: [{ key, name, held(row) }], colourOf(holder), nameOf(holder), theme }.
export async function readSides(comparison) {
  const read = (plan) => Promise.all([readCells(plan), readAlignment(plan)]);
  const files = await Promise.all(comparison.sources.map((source) => read(source.plan_id)));
  const units = new Units(files[0][0]);
  const names = namesOf(comparison);
  const sides = comparison.sources.map(({ key }, at) => ({ key, name: names.get(key), held: heldIn(files[at], units) }));
  if (hasToday(comparison)) sides.unshift({ key: TODAY, name: names.get(TODAY), held: (row) => (units.today[row] < 0 ? [] : [units.owners[units.today[row]]]) });
  const people = new Map(comparison.shifts.flatMap((shift) => shift.reps.map((rep) => [rep.rep, rep.name])));
  return { units, sides, nameOf: (holder) => people.get(holder) || holder, ...colours(files) };
}

// The holders of a row of the first plan's units, in any plan: other scenarios may have other units.
function heldIn([cells, alignment], units) {
  const owner = numbers(alignment.owner);
  const holders = alignment.territories.map(({ rep, code }) => rep ?? code);
  const place = new Map(cells.unit.map((id, row) => [id, row]));
  return (row) => {
    const own = place.get(units.id[row]);
    if (own === undefined) return [];
    if (owner[own] === SHARED) return alignment.shares[own].map(([territory]) => holders[territory]);
    return owner[own] < 0 ? [] : [holders[owner[own]]];
  };
}

// A holder has one colour on all maps: that of the first plan in which it has any.
function colours(files) {
  const { territories: palette, nobody } = files[0][1].colours;
  const found = new Map();
  for (const [, alignment] of files) {
    for (const { rep, code, colour } of alignment.territories) if (!found.has(rep ?? code)) found.set(rep ?? code, palette[colour]);
  }
  const spare = (holder) => palette[[...holder].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % palette.length];
  return { nobody, colourOf: (holder) => found.get(holder) ?? spare(holder) };
}
