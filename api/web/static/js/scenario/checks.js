// Which rules the plan on the screen breaks, reckoned in the page so that one sees it at once. The service judges
// again when changes are accepted; its verdict is the one that counts.

import { amount, number, plural } from "../format.js";
import { piecesOf } from "./pieces.js";
import { NOBODY, within } from "./plan.js";

// [{ key, rule, text, rows, territories }]; `key` names the offence, so that old and new ones can be told apart.
export function checks(desk) {
  const { plan } = desk;
  if (found.plan !== plan || found.state !== plan.state) {
    found = { plan, state: plan.state, list: [...nobodys(desk), ...empty(desk), ...limits(desk), ...contiguity(desk), ...pairs(desk), ...locks(desk), ...groups(desk), ...homes(desk), ...budgets(desk)] };
  }
  return found.list;
}

let found = { list: [] }; // of the last state that was looked at

function nobodys({ plan }) {
  const rows = [...plan.owner.keys()].filter((row) => plan.owner[row] === NOBODY);
  return rows.length ? [{ key: "nobody", rule: "owner", text: `${plural(rows.length, "unit")} belong${rows.length === 1 ? "s" : ""} to nobody.`, rows, territories: [] }] : [];
}

function* empty(desk) {
  for (const [territory, figures] of desk.plan.figures.entries()) {
    if (!figures.units) yield { key: `empty:${territory}`, rule: "empty", text: `${desk.territoryName(territory)} has no unit.`, rows: [], territories: [territory] };
  }
}

function* limits(desk) {
  const { plan, units, colouring } = desk;
  for (const { rule, measure, low, high } of plan.rules.limits) {
    for (const [territory, figures] of plan.figures.entries()) {
      if (low[territory] === null || within(figures.loads[measure], low[territory], high[territory])) continue;
      const isLow = figures.loads[measure] < low[territory];
      const unit = colouring.unitOf(measure);
      const missed = isLow ? low[territory] - figures.loads[measure] : figures.loads[measure] - high[territory];
      const text = `${desk.territoryName(territory)} has ${amount(missed, unit)} too ${isLow ? "little" : "much"} ${units.measures[measure]} (${RULE_WORDS[rule] ?? rule} ${isLow ? "from" : "up to"} ${amount(isLow ? low[territory] : high[territory], unit)}).`;
      yield { key: `${rule}:${measure}:${territory}`, rule, text, rows: figures.rows, territories: [territory] };
    }
  }
}

const RULE_WORDS = { band: "its band goes", min: "the smallest amount is", max: "the largest amount is", hours: "its hours go" };

function* contiguity(desk) {
  const { plan, units } = desk;
  for (const [territory, figures] of plan.figures.entries()) {
    if (figures.pieces <= 1) continue;
    const apart = piecesOf(units, figures.rows, (row) => plan.holds(territory, row)).filter((piece) => units.contiguity[piece[0]] === 2);
    const main = new Set();
    const rows = [];
    for (const piece of apart) {
      if (main.has(units.part[piece[0]])) rows.push(...piece);
      else main.add(units.part[piece[0]]);
    }
    if (rows.length) yield { key: `contiguity:${territory}`, rule: "contiguity", text: `${desk.territoryName(territory)} falls into pieces: ${plural(rows.length, "unit")} (${some(desk, rows)}) ${rows.length === 1 ? "is" : "are"} cut off.`, rows, territories: [territory] };
  }
}

// Pairs of unit and territory that must not be: skills, forbidden ones, too far away.
function* pairs(desk) {
  const { plan, units } = desk;
  const n = plan.territories.length;
  const most = plan.rules.max_distance_km;
  const offences = new Map();
  const note = (rule, territory, row) => {
    const key = `${rule}:${territory}`;
    if (!offences.has(key)) offences.set(key, []);
    offences.get(key).push(row);
  };
  if (!plan.rules.banned.size && !plan.rules.forbidden.size && most === null) return;
  for (const [territory, figures] of plan.figures.entries()) {
    for (const row of figures.rows) {
      if (plan.rules.banned.has(units.fitClass[row] * n + territory)) note("skill", territory, row);
      if (plan.rules.forbidden.has(row * n + territory)) note("forbid", territory, row);
      if (most !== null && (plan.kmOf(row, territory) ?? 0) > most + 0.01) note("distance", territory, row);
    }
  }
  for (const [key, rows] of offences) {
    const [rule, territory] = key.split(":");
    yield { key, rule, text: `${desk.territoryName(Number(territory))} ${PAIR_WORDS[rule]}: ${some(desk, rows)}.`, rows, territories: [Number(territory)] };
  }
}

const PAIR_WORDS = { skill: "lacks the skill for", forbid: "must not have", distance: "is too far away from" };

function locks(desk) {
  const { plan } = desk;
  const rows = [...plan.locked.keys()].filter((row) => plan.locked[row] >= 0 && !(plan.holders(row).length === 1 && plan.owner[row] === plan.locked[row]));
  return rows.length ? [{ key: "lock", rule: "lock", text: `Locked elsewhere: ${some(desk, rows)}.`, rows, territories: [] }] : [];
}

function* groups(desk) {
  const { plan } = desk;
  for (const [at, rows] of plan.rules.together.entries()) {
    if (new Set(rows.map((row) => plan.owner[row])).size > 1) yield { key: `together:${at}`, rule: "together", text: `To be kept together, but in several territories: ${some(desk, rows)}.`, rows, territories: [] };
  }
  for (const [at, rows] of plan.rules.apart.entries()) {
    const held = rows.map((row) => plan.owner[row]).filter((owner) => owner >= 0);
    if (new Set(held).size < held.length) yield { key: `apart:${at}`, rule: "apart", text: `To be kept apart, but in one territory: ${some(desk, rows)}.`, rows, territories: [] };
  }
}

function* homes(desk) {
  const { plan } = desk;
  for (const [territory, rows] of plan.rules.homes.entries()) {
    if (rows.length && !rows.some((row) => plan.holds(territory, row))) yield { key: `home:${territory}`, rule: "home", text: `${desk.territoryName(territory)} does not hold its rep's home (${some(desk, rows)}).`, rows, territories: [territory] };
  }
}

function* budgets(desk) {
  const { plan } = desk;
  const { current } = plan.rules;
  for (const { name, limit, weights } of plan.rules.budgets) {
    let spent = 0;
    const rows = [];
    for (let row = 0; row < current.length; row += 1) {
      if (current[row] < 0 || plan.owner[row] === current[row]) continue;
      const kept = plan.holders(row).find(([territory]) => territory === current[row])?.[1] ?? 0;
      spent += weights[row] * (1 - kept);
      rows.push(row);
    }
    if (spent > limit * (1 + 1e-6)) yield { key: `budget:${name}`, rule: "disruption", text: `More ${name} changes hands than the limit allows: ${number((100 * spent) / Math.max(limit, 1), 0)} % of it.`, rows, territories: [] };
  }
}

function some(desk, rows) {
  const names = rows.slice(0, 3).map((row) => desk.nameOf(row)).join(", ");
  return rows.length > 3 ? `${names} and ${number(rows.length - 3)} more` : names;
}
