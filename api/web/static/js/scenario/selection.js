// What is selected: one unit with its reasons, or many with their sums; and what can be done with it.

import { get } from "../api.js";
import { button, byId, fill, make } from "../dom.js";
import { amount, km, percent, plural } from "../format.js";
import { problemNotice } from "../notice.js";
import { capital } from "./colouring.js";
import { bubble } from "./comments.js";
import { whyPanel } from "./why.js";

// `comment` leads to where one writes about what is selected.
export function selectionCard(desk, planMap, edits, comment) {
  const place = byId("selection");

  function draw() {
    const rows = [...desk.selected];
    if (!rows.length) fill(place);
    else if (rows.length === 1) fill(place, oneUnit(rows[0]), actions(rows), make("div", { id: "why" }));
    else fill(place, manyUnits(rows), actions(rows));
  }

  function header(title, note, said) {
    return make("div", { class: "top-row" },
      make("div", {}, make("h2", {}, title, bubble(said)), make("span", { class: "soft small" }, note)),
      make("span", { class: "actions" }, button("Show", () => planMap.showRows([...desk.selected]), "small plain"), button("Clear", () => desk.clear(), "small plain", { "aria-label": "Clear the selection" })));
  }

  function oneUnit(row) {
    const { units, plan, colouring } = desk;
    const [first] = plan.holders(row);
    const facts = [
      ["Territory", desk.holderName(row)],
      units.owners.length ? ["Today", desk.todayName(row)] : null,
      ...units.measures.map((name, measure) => [capital(name), amount(units.amounts[measure][row], colouring.unitOf(measure))]),
      first && !plan.parts[first[0]] ? ["To the rep", km(plan.kmOf(row, first[0]))] : null,
      first && plan.fitOf(row, first[0]) !== null ? ["Fit", percent(100 * plan.fitOf(row, first[0]), 0)] : null,
      plan.locked[row] >= 0 ? ["Locked to", [desk.territoryName(plan.locked[row]), plan.reasons[row]].filter(Boolean).join(": ")] : null,
    ];
    return [header(desk.nameOf(row), desk.nameOf(row) === units.id[row] ? "" : units.id[row], desk.said.rows.get(row)), make("dl", { class: "facts" }, facts.filter(Boolean).flatMap(([what, text]) => [make("dt", {}, what), make("dd", {}, text)]))];
  }

  function manyUnits(rows) {
    const { units, plan, colouring } = desk;
    const seats = new Set(rows.flatMap((row) => plan.holders(row).map(([territory]) => territory)));
    const sums = units.measures.map((name, measure) => [capital(name), amount(rows.reduce((sum, row) => sum + units.amounts[measure][row], 0), colouring.unitOf(measure))]);
    const note = seats.size === 1 ? desk.territoryName([...seats][0]) : plural(seats.size, "territory", "territories");
    const said = seats.size === 1 ? desk.said.territories.get([...seats][0]) : 0;
    return [header(plural(rows.length, "unit"), note, said), make("dl", { class: "facts" }, sums.flatMap(([what, text]) => [make("dt", {}, what), make("dd", {}, text)]))];
  }

  function actions(rows) {
    const why = rows.length === 1 && !desk.who.region && desk.plan.holders(rows[0]).length ? button("Why this rep?", () => explain(rows[0]), "small") : null;
    return make("div", { class: "actions" }, edits.controls(rows), why, button("Comment", comment, "small"));
  }

  async function explain(row) {
    const box = byId("why");
    fill(box, make("p", { class: "soft", role: "status" }, "Looking at other reps; this takes a few seconds …"));
    try {
      const answer = await get(`/v1/scenarios/${desk.scenario.id}/units/${encodeURIComponent(desk.units.id[row])}/why`);
      if (box.isConnected) fill(box, whyPanel(desk, answer));
    } catch (problem) {
      if (box.isConnected) fill(box, problemNotice(problem, [button("Try again", () => explain(row), "small")]));
    }
  }

  desk.on("selection", draw);
  desk.on("plan", draw);
  desk.on("comments", draw);
  draw();
}

