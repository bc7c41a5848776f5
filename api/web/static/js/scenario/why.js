// Why a unit belongs to its rep: the answer in words, the next best reps, and what a swap costs.

import { make } from "../dom.js";
import { km, plural, signed } from "../format.js";
import { term } from "../glossary.js";

const SHOWN = 5;

export function whyPanel(desk, answer) {
  const name = (code) => desk.territoryName(desk.plan.territories.findIndex((one) => one.code === code));
  return make("div", {},
    make("p", {}, answer.summary),
    answer.swaps.length ? swaps(answer.swaps, name) : null,
    answer.candidates.length ? candidates(answer.candidates.slice(0, SHOWN), name) : null);
}

function swaps(found, name) {
  const rows = found.map((swap) => make("tr", {},
    make("th", { scope: "row" }, name(swap.territory)),
    make("td", { class: "number" }, swap.possible ? signed(swap.cost, 3) : "–"),
    make("td", {}, swap.possible ? (swap.moves.length > 1 ? `with ${plural(swap.moves.length - 1, "further unit")}` : "alone") : "breaks a rule")));
  return table("Give it to another rep", ["Rep", term("value", "Cost in value"), "Moves"], rows);
}

function candidates(found, name) {
  const rows = found.map((one) => make("tr", {},
    make("th", { scope: "row" }, name(one.territory)),
    make("td", { class: "number" }, km(one.km)),
    make("td", { class: "number" }, one.allowed ? signed(Object.values(one.terms).reduce((sum, part) => sum + part, 0), 3) : "–"),
    make("td", {}, one.obstacles[0] ?? "nothing stands against it")));
  return table("Next best for this unit alone", ["Rep", "Distance", "Adds to value", "What stands against it"], rows);
}

function table(title, headings, rows) {
  return make("table", { class: "tight small" },
    make("caption", {}, title),
    make("thead", {}, make("tr", {}, headings.map((words) => make("th", { scope: "col" }, words)))),
    make("tbody", {}, rows));
}

