// What changes hands from one plan to another: each rep's gains and losses, and every moved unit.

import { fill, make } from "../dom.js";
import { amount, number, percent, plural, signed } from "../format.js";
import { sortedTable } from "../sorted_table.js";
import { namesOf } from "./names.js";

const MOST_MOVES = 500;

export function showChanges(place, comparison, wanted = {}) {
  if (!comparison.shifts.length) return fill(place);
  const names = namesOf(comparison);
  const at = wanted.at ?? comparison.shifts.length - 1;
  const shift = comparison.shifts[at];
  const measures = Object.keys(shift.moved_percent);
  const measure = measures.includes(wanted.measure) ? wanted.measure : measures.includes("potential") ? "potential" : measures[0];
  const again = (change) => showChanges(place, comparison, { at, measure, ...change });
  const ways = comparison.shifts.map((one, i) => [i, `${names.get(one.before)} → ${names.get(one.after)}`]);
  fill(place,
    make("div", { class: "section-head" }, make("h2", {}, "Who gains and who loses"),
      make("div", { class: "row" },
        select("From and to", "shift", ways, at, (value) => again({ at: Number(value) })),
        select("Measure", "measure", measures.map((name) => [name, name]), measure, (value) => again({ measure: value })))),
    make("p", { class: "lead" }, told(shift, measure)),
    repTable(shift, measure),
    moveTable(shift, measure, names));
}

function select(label, id, options, value, onchange) {
  const element = make("select", { id, class: "small-field", onchange: (event) => onchange(event.target.value) }, options.map(([key, words]) => make("option", { value: key }, words)));
  element.value = value;
  return make("div", { class: "row" }, make("label", { for: id, class: "small soft" }, label), element);
}

function told(shift, measure) {
  const accounts = shift.moved_accounts === null ? "" : ` and ${plural(shift.moved_accounts, "account")}`;
  const first = `${plural(shift.moved_units, "unit")}${accounts} with ${percent(shift.moved_percent[measure])} of ${measure} change hands; ${plural(shift.people, "rep")} gain or lose.`;
  return shift.unavoidable_units ? `${first} For ${plural(shift.unavoidable_units, "unit")} nobody could avoid it: the rep leaves or is not in the list.` : first;
}

function repTable(shift, measure) {
  const most = Math.max(1e-9, ...shift.reps.map((rep) => Math.max(rep.gained.loads[measure], rep.lost.loads[measure])));
  const held = (holding) => holding?.loads[measure] ?? 0;
  const net = (rep) => held(rep.after) - held(rep.before);
  const counts = (what) => ({ value: (rep) => rep[what].units, cell: (rep) => number(rep[what].units) });
  const hasAccounts = shift.reps.some((rep) => rep.gained.accounts !== null);
  const columns = [
    { title: "Rep", isText: true, value: (rep) => rep.name || rep.rep, cell: (rep) => make("span", {}, rep.name || rep.rep, rep.name && rep.name !== rep.rep ? make("span", { class: "soft small" }, ` ${rep.rep}`) : null) },
    { title: `${measure} before`, value: (rep) => held(rep.before), cell: (rep) => amount(held(rep.before)) },
    { title: "loses", value: (rep) => rep.lost.loads[measure], cell: (rep) => bar("lost", rep.lost.loads[measure], most) },
    { title: "gains", value: (rep) => rep.gained.loads[measure], cell: (rep) => bar("gained", rep.gained.loads[measure], most) },
    { title: "after", value: (rep) => held(rep.after), cell: (rep) => amount(held(rep.after)) },
    { title: "net", value: net, cell: (rep) => (Math.round(net(rep) * 100) === 0 ? "–" : `${net(rep) > 0 ? "+" : "−"}${amount(Math.abs(net(rep)))}`) },
    { title: "index after", value: (rep) => rep.after?.index[measure] ?? null, cell: (rep) => number(rep.after?.index[measure], 1) },
    { title: "units lost", ...counts("lost") },
    { title: "units gained", ...counts("gained") },
    ...(hasAccounts ? [{ title: "accounts ±", value: (rep) => rep.gained.accounts - rep.lost.accounts, cell: (rep) => signed(rep.gained.accounts - rep.lost.accounts) }] : []),
  ];
  return sortedTable("Each rep’s gains and losses", columns, shift.reps, { first: 5 });
}

function bar(kind, value, most) {
  if (!value) return "–";
  const line = make("span", { class: `bar ${kind}`, "aria-hidden": "true" });
  line.style.width = `${Math.max(2, (100 * value) / most)}%`;
  return make("span", { class: "bar-cell" }, make("span", { class: `bar-frame ${kind}` }, line), amount(value));
}

function moveTable(shift, measure, names) {
  if (!shift.moves.length) return null;
  const shown = shift.moves.slice(0, MOST_MOVES);
  const columns = [
    { title: "Unit", isText: true, value: (move) => move.name || move.unit, cell: (move) => make("span", {}, move.name || move.unit, move.name ? make("span", { class: "soft small" }, ` ${move.unit}`) : null) },
    { title: "From", isText: true, value: (move) => move.before || "nobody" },
    { title: "To", isText: true, value: (move) => move.after || "nobody" },
    { title: measure, value: (move) => move.loads[measure], cell: (move) => amount(move.loads[measure]) },
    { title: "Avoidable", isText: true, value: (move) => (move.before ? (move.avoidable ? "yes" : "no") : "new") },
  ];
  const title = `Every moved unit, ${names.get(shift.before)} → ${names.get(shift.after)}`;
  const more = shift.moves.length > MOST_MOVES ? make("p", { class: "hint" }, `The first ${MOST_MOVES} of ${number(shift.moves.length)}, the most potential first; all of them are in the workbook.`) : null;
  return make("details", { class: "moves" }, make("summary", {}, `${title} (${number(shift.moves.length)})`), sortedTable(title, columns, shown, { first: 3 }), more);
}
