// What differs in the input: why the plans are not the same.

import { allDatasets, plainly } from "../data/names.js";
import { fill, make } from "../dom.js";
import { fieldWords, valueOfField } from "../setting_words.js";
import { sortedTable } from "../sorted_table.js";
import { namesOf } from "./names.js";

const KINDS = { scenario: "Setting", file: "File", rep: "Rep", units: "Units", total: "Total", today: "Today" };

export async function showInputs(place, comparison) {
  if (comparison.plans.length < 2) return fill(place);
  const names = namesOf(comparison);
  const datasets = comparison.inputs.length ? await allDatasets() : [];
  const valueOf = (change, value) => (change.kind === "file" ? (value ? "used" : "not used") : plainly(valueOfField(change.place, value), datasets));
  const columns = [
    { title: "What", isText: true, value: (change) => plainly(fieldWords(change.place), datasets) || KINDS[change.kind] },
    { title: "Kind", isText: true, value: (change) => KINDS[change.kind] },
    { title: names.get("A"), isText: true, value: (change) => valueOf(change, change.before) },
    { title: "There", isText: true, value: (change) => valueOf(change, change.after) },
    { title: "Plan", isText: true, value: (change) => names.get(change.plan) },
  ];
  return fill(place,
    make("h2", {}, "What was changed to get there"),
    comparison.inputs.length
      ? sortedTable("Differences of the input", columns, comparison.inputs)
      : make("p", { class: "card soft" }, "The input is the same: the plans differ only in how they were made."));
}
