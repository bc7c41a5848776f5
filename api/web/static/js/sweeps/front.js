// The front of a sweep: a plot to click, the proposals, a table with the same content, and what one does with a plan.

import { newKey, post } from "../api.js";
import { button, fill, link, make, whileBusy } from "../dom.js";
import { gapPercent, plural } from "../format.js";
import { notice, toastProblem } from "../notice.js";
import { placeOf } from "../scenario/head.js";
import { nameOf } from "../runs/points.js";
import { settingWords } from "../setting_words.js";
import { sortedTable } from "../sorted_table.js";
import { figureText, titleOf } from "./goals.js";
import { isNear, plot } from "./plot.js";

const WHY = { compromise: "The compromise: nowhere far from the best", "in between": "In between" };

export function showFront(place, state) {
  const { result } = state;
  const solved = result.points.filter((point) => point.status === "optimal" || point.status === "feasible");
  if (!solved.length) return fill(place, notice("warn", "No what-if has a plan that keeps every hard rule.", { text: "Loosen a band or a limit and explore again.", actions: [link("See the scenario", placeOf(state.scenario.id), "small")] }));
  const first = solved.find((point) => point.proposal === 1) ?? solved.find((point) => point.on_front) ?? solved[0];
  const view = { ...state, solved, picked: first, x: result.goals[0].name, y: (result.goals[1] ?? result.goals[0]).name };
  const parts = { plot: make("div", { class: "plot-frame" }), chosen: make("div", { class: "card chosen", "aria-live": "polite" }), table: make("div") };
  const unsolved = result.points.length - solved.length;
  fill(place,
    make("p", { class: "lead" }, `${plural(solved.length, "plan")} found, ${solved.filter((point) => point.on_front).length} on the front: no other is as good in everything and better in something. ${plural(result.proposals.length, "proposal")} to discuss.`,
      unsolved ? ` ${plural(unsolved, "what-if has", "what-ifs have")} no plan that keeps every hard rule.` : ""),
    make("div", { class: "front" }, parts.plot, parts.chosen), parts.table);
  draw(view, parts);
}

function draw(view, parts) {
  const pick = (point) => { view.picked = point; draw(view, parts); };
  const axis = (name) => (event) => { view[name] = event.target.value; draw(view, parts); };
  fill(parts.plot,
    make("div", { class: "row axes" }, chooser("Across", "x", view, axis("x")), chooser("Up", "y", view, axis("y"))),
    plot(view, pick),
    make("p", { class: "hint" }, "Filled: on the front. Numbered: proposals. The lower left corner is best where lower is better. Click a plan, or walk with Tab and press Enter.", todayNote(view)));
  fill(parts.chosen, chosen(view));
  if (!parts.table.childElementCount) fill(parts.table, table(view, (point) => { pick(point); parts.chosen.scrollIntoView({ block: "nearest" }); }));
}

function todayNote({ result, solved, x, y }) {
  const { today } = result;
  if (!today || isNear(today, solved.map((point) => point.figures), [x, y])) return "";
  const told = [x, y].map((name) => result.goals.find((goal) => goal.name === name)).map((goal) => `${goal.label} ${figureText(goal, today[goal.name])}`);
  return ` Today is far outside: ${told.join(", ")}.`;
}

function chooser(words, id, view, onchange) {
  const select = make("select", { id: `axis-${id}`, class: "small-field", onchange }, view.result.goals.map((goal) => make("option", { value: goal.name }, titleOf(goal))));
  select.value = view[id];
  return make("div", { class: "row" }, make("label", { for: `axis-${id}`, class: "small soft" }, words), select);
}

function chosen({ picked, result, ...state }) {
  const proposal = result.proposals.find((one) => one.point === picked.point);
  const figures = result.goals.map((goal) => make("div", { class: "figure" }, make("dt", {}, titleOf(goal)), make("dd", {}, figureText(goal, picked.figures[goal.name]))));
  const values = Object.entries(picked.values).map(([path, value]) => make("li", {}, settingWords(path, value)));
  return [
    make("h3", {}, proposal ? `Proposal ${proposal.proposal}` : nameOf(picked)),
    proposal ? make("p", { class: "soft" }, WHY[proposal.why] ?? `Best in ${proposal.why}`) : picked.why ? make("p", { class: "soft" }, picked.why) : null,
    make("dl", { class: "figures" }, figures),
    make("p", { class: "small soft" }, `Proven gap ${gapPercent(picked.gap)}${picked.on_front ? "" : " · another plan is at least as good in everything"}`),
    values.length ? make("ul", { class: "small" }, values) : null,
    state.mayOpen ? make("div", { class: "actions" }, opening(state, picked, result)) : make("p", { class: "hint" }, "A planner can make a scenario of it."),
  ];
}

// A plan that is opened becomes the plan of a scenario of its own; nothing else changes.
function opening({ job, scenario }, point, result) {
  const name = `${result.name}: ${point.proposal ? `proposal ${point.proposal}` : nameOf(point).toLowerCase()}`.slice(0, 200);
  const key = newKey();
  const adopt = (to) => async (event) => {
    await whileBusy(event.target, () => post(`/v1/jobs/${job.id}/points/${point.point}/scenario`, { name }, { key }).then((made) => location.assign(to(made)), toastProblem));
  };
  return [
    button("Make it a scenario", adopt((made) => placeOf(made.id)), "primary"),
    button("Compare with the present plan", adopt((made) => `/compare?${new URLSearchParams([["scenario", scenario.id], ["scenario", made.id]])}`)),
  ];
}

function table({ solved, result }, pick) {
  const columns = [
    { title: "Plan", isText: true, value: (point) => (point.proposal ? `A${point.proposal}` : point.point), cell: (point) => button(point.proposal ? `Proposal ${point.proposal}` : nameOf(point), () => pick(point), "plain small") },
    ...result.goals.map((goal) => ({ title: titleOf(goal), value: (point) => point.figures[goal.name], cell: (point) => figureText(goal, point.figures[goal.name]) })),
    { title: "Gap", value: (point) => point.gap, cell: (point) => gapPercent(point.gap) },
    { title: "On the front", isText: true, value: (point) => (point.on_front ? "yes" : "no") },
  ];
  return make("section", { class: "points" }, make("h3", {}, "All plans"), sortedTable("All plans of these what-ifs", columns, solved));
}
