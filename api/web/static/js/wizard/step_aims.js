// Step 3: how many territories, what each is to have of every measure, and what counts.

import { button, make } from "../dom.js";
import { number } from "../format.js";
import { term } from "../glossary.js";
import { measureFiles, measureTitle } from "./amounts.js";
import { setAt, valueAt } from "./document.js";
import { amountField, choice, grid, more, oneOf, percentField, section, tick } from "./fields.js";

const GOALS = [
  ["travel", "Short trips", "Reps drive less: places near the home of their rep. Counted in km."],
  ["balance", "Fair shares", "Workload and potential of all territories near their targets. Counted in % of the target."],
  ["disruption", "Few changes", "Customers keep today's rep. Counted in % of the potential that changes hands."],
  ["fit", "Right skills", "Places go to reps whose skills suit them. Counted in % of misfit."],
];
const WEIGHTS = [["0", "Does not count"], ["0.5", "Counts a little"], ["1", "Counts"], ["2", "Counts a lot"], ["5", "Comes first"]];

export async function aimsStep(wizard) {
  const { document } = wizard.state;
  return [
    team(wizard),
    ...Object.keys(document.measures ?? {}).map((name) => measureCard(wizard, name)),
    goals(wizard),
    skills(wizard),
  ];
}

function set(wizard, path, value) {
  setAt(wizard.state.document, path, value);
  wizard.changed();
}

function team(wizard) {
  const { document, files } = wizard.state;
  const reps = files.find((file) => file.role === "reps");
  const lead = reps ? `${number(reps.rows)} reps stand in ${reps.name}; each of them gets a territory unless leaving.` : "No file of reps is given: territories are designed first, people come later.";
  return section("Territories", lead,
    reps && document.reps?.count === undefined
      ? null
      : grid(amountField("Number of territories", reps ? "Designed freely, then matched to the reps. Leave it empty for one territory a rep." : "Try different numbers later by copying the scenario.", document.reps?.count,
          (value) => set(wizard, "reps.count", value === undefined ? undefined : Math.round(value)), { min: 1, step: 1, none: "one a rep" })));
}

function measureCard(wizard, name) {
  const { document, files } = wizard.state;
  const at = (field) => ["measures", name, field];
  const reps = files.find((file) => file.role === "reps");
  const targets = [
    ["capacity", "By capacity", "A rep with capacity 0.5 gets half a share."],
    ["equal", "All the same", "Every territory gets as much as the others."],
  ];
  const columns = (reps?.columns ?? []).filter((column) => column.is_number).map((column) => column.name);
  const target = valueAt(document, at("target")) ?? "capacity";
  return section(measureTitle(name), "",
    oneOf("Fair share", "", targets, target, (value) => set(wizard, at("target"), value)),
    columns.length ? more("Targets of each rep from a column",
      choice("Column of the reps' file", "It holds what each rep is to have.", columns.map((column) => [column, column]), targets.some(([known]) => known === target) ? "" : target, (value) => set(wizard, at("target"), value || "capacity"), { none: "none" })) : null,
    grid(
      percentField("Band that must be kept", "No territory may be further from its share than this. Narrow bands are harder to keep; empty means no such band.", valueAt(document, at("tolerance")), (value) => set(wizard, at("tolerance"), value), { none: "no band" }),
      percentField("Close enough", "Inside this, nothing is gained by a fairer share; short trips and few changes count.", valueAt(document, at("aim")), (value) => set(wizard, at("aim"), value), { none: "0" })),
    more("Smallest and largest amount",
      grid(
        amountField("Smallest amount of a territory", "In the unit of the column.", valueAt(document, at("min")), (value) => set(wizard, at("min"), value)),
        amountField("Largest amount of a territory", "In the unit of the column.", valueAt(document, at("max")), (value) => set(wizard, at("max"), value)))));
}

// Weights as the solver takes them where the document names none.
function weights({ document }) {
  if (document.goals) return document.goals;
  const hasOwners = document.units?.current || document.accounts?.owner;
  return { travel: 1, balance: 1, ...(document.skills?.length ? { fit: 1 } : {}), ...(hasOwners ? { disruption: 1 } : {}) };
}

function goals(wizard) {
  const now = weights(wizard.state);
  const changed = (name, value) => {
    set(wizard, "goals", { ...weights(wizard.state), [name]: Number(value) });
  };
  const fields = GOALS.map(([name, words, hint]) => {
    const value = String(now[name] ?? 0);
    const options = WEIGHTS.some(([known]) => known === value) ? WEIGHTS : [...WEIGHTS, [value, `Counts ${value}-fold`]];
    return choice(words, hint, options, value, (chosen) => changed(name, chosen));
  });
  return section("What counts", ["The best plan has the smallest sum of these. ", make("span", {}, "Each is a "), term("goal"), "."], grid(...fields));
}

function skills(wizard) {
  const { document, files } = wizard.state;
  const columns = files.filter((file) => measureFiles(file.role)).flatMap((file) => file.columns).filter((column) => !column.is_number).map((column) => column.name);
  const list = Array.isArray(document.skills) ? document.skills : [];
  const changed = (next) => {
    set(wizard, "skills", next.length ? next : undefined);
    wizard.show();
  };
  const lines = list.map((skill, place) => make("div", { class: "line" },
    choice("Column of the places", "Its values are columns of the reps' file, with a fit of 0 to 1.", columns.map((column) => [column, column]), skill.column, (column) => changed(list.map((one, i) => (i === place ? { ...one, column } : one)))),
    tick("A fit of 0 is a ban", "Nobody gets a place that they cannot serve.", skill.required, (required) => changed(list.map((one, i) => (i === place ? { ...one, required } : one)))),
    button("Remove", () => changed(list.filter((_, i) => i !== place)), "small", { "aria-label": `Remove the skill ${skill.column}` })));
  return section("Skills", "Only where reps are not alike: by industry, product or licence.", ...lines,
    columns.length ? button("Add a skill", () => changed([...list, { column: columns[0] }]), "small") : null);
}
