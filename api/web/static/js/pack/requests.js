// What came back, as staged changes: each with who asks and why; accepted ones are applied as moves.

import { call } from "../api.js";
import { button, fill, link, make } from "../dom.js";
import { plural } from "../format.js";
import { notice, toastProblem } from "../notice.js";
import { placeOf } from "../scenario/head.js";

export function showRequests(place, found, opened) {
  const inConflict = new Set(found.conflicts.map((conflict) => conflict.unit));
  const staged = found.requests.map((request) => ({ request, isAccepted: !inConflict.has(request.unit) }));
  const state = { place, found, opened, staged };
  show(state);
}

function show(state) {
  const { place, found, staged } = state;
  const accepted = staged.filter((one) => one.isAccepted);
  fill(place,
    make("h2", {}, "3 · Accept or drop"),
    found.findings.map((finding) => notice(finding.level === "error" ? "bad" : "warn", finding.message, { text: `${finding.hint} ${whereOf(finding)}`.trim() })),
    found.conflicts.map((conflict) => notice("warn", conflict.message, { text: "Both are dropped at first; accept the one you want." })),
    staged.length ? table(state) : notice("info", "Nobody asks for a change.", { text: "Every manager agrees with the plan as it is." }),
    staged.length ? foot(state, accepted) : null);
}

const whereOf = ({ file, row }) => (file ? `(${file}${row ? `, row ${row}` : ""})` : "");

const HEADINGS = ["Accept", "Unit or account", "From", "To", "Reason", "Asked by", "Where"];

function table(state) {
  return make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": "Requests" }, make("table", { class: "requests" },
    make("caption", { class: "unseen" }, "Requests of managers"),
    make("thead", {}, make("tr", {}, HEADINGS.map((words) => make("th", { scope: "col" }, words)))),
    make("tbody", {}, state.staged.map((one) => row(one, state)))));
}

function row(one, state) {
  const { request } = one;
  const called = `${request.kind} ${request.name || request.id}`;
  const box = make("input", { type: "checkbox", "aria-label": `Accept: ${called} to ${request.to_rep}`, onchange: (event) => accept(one, event.target.checked, state) });
  box.checked = one.isAccepted;
  return make("tr", { class: one.isAccepted ? "accepted" : null },
    make("td", {}, box),
    make("th", { scope: "row" }, request.name || request.id, make("span", { class: "soft small" }, ` ${request.id}`), request.kind === "account" ? make("p", { class: "hint" }, `Moves the unit ${request.unit} with all its accounts.`) : null),
    make("td", {}, request.from_rep || request.from_territory),
    make("td", {}, request.to_rep),
    make("td", { class: "reason" }, request.reason || "–"),
    make("td", {}, request.who),
    make("td", { class: "small soft" }, `${request.file}, row ${request.row}`));
}

// A unit goes to one rep only: accepting one of two requests drops the other.
function accept(one, isAccepted, state) {
  one.isAccepted = isAccepted;
  if (isAccepted) for (const other of state.staged) if (other !== one && other.request.unit === one.request.unit && other.request.to_territory !== one.request.to_territory) other.isAccepted = false;
  show(state);
}

function foot(state, accepted) {
  const all = (isAccepted) => () => { state.staged.forEach((one) => accept(one, isAccepted, state)); };
  const apply = button(accepted.length ? `Apply ${plural(accepted.length, "change")}` : "Nothing accepted", (event) => run(event.target, state, accepted), "primary");
  apply.disabled = !accepted.length;
  return make("div", { class: "actions foot" }, apply, button("Accept all", all(true)), button("Drop all", all(false)));
}

// All that was accepted is one change: judged as a whole, and undone as one.
async function run(apply, { place, opened }, accepted) {
  apply.disabled = true;
  const wanted = new Map();
  for (const { request } of accepted) wanted.set(request.to_territory, new Set([...(wanted.get(request.to_territory) ?? []), request.unit]));
  const moves = [...wanted].map(([territory, units]) => ({ territory, units: [...units] }));
  try {
    const { data } = await call("POST", `/v1/scenarios/${opened.scenario.id}/moves`, { body: { moves }, revision: opened.revision });
    opened.revision = data.revision;
    fill(place, done(opened.scenario, accepted.length, data.plan));
  } catch (problem) {
    apply.disabled = false;
    toastProblem(problem);
  }
}

function done(scenario, count, plan) {
  const { broken } = plan.summary;
  const actions = [link("See the plan", placeOf(scenario.id), "primary small"), link("Compare with today", placeOf(scenario.id, "/compare"), "small"), link("History and undo", placeOf(scenario.id, "/history"), "small")];
  const title = `${plural(count, "request was", "requests were")} applied.`;
  return broken
    ? notice("warn", title, { text: `The plan now breaks ${plural(broken, "hard rule")}: look at it on the map, or undo it in the history.`, actions })
    : notice("good", title, { text: "The plan keeps every hard rule.", actions });
}
