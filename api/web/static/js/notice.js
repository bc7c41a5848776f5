// What the page tells its reader: toasts that pass, and notices that stay, each with a next step.

import { button, byId, fill, make } from "./dom.js";

const MARKS = { good: "✓", warn: "!", bad: "✕", info: "i" };
const SHOWN_MS = 7000;

// notice("bad", "The scenario has no plan.", { text: "Run it first.", items: ["…"], actions: [button(…)] })
export function notice(kind, title, { text = "", items = [], actions = [] } = {}) {
  return make("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : null },
    make("span", { class: "mark", "aria-hidden": "true" }, MARKS[kind] ?? MARKS.info),
    make("div", {},
      make("p", {}, make("strong", {}, title), text ? ` ${text}` : ""),
      items.length ? make("ul", {}, items.map((item) => make("li", {}, item))) : null,
      actions.length ? make("div", { class: "actions" }, actions) : null));
}

// A problem as a notice: what went wrong, what to do, and each finding with its hint.
export function problemNotice(problem, actions = []) {
  const number = problem.traceId && problem.status >= 500 ? ` Number of the problem: ${problem.traceId}.` : "";
  return notice("bad", problem.message, { text: `${problem.advice ?? ""}${number}`, items: findings(problem), actions });
}

export function showProblem(place, problem, actions = []) {
  fill(place, problemNotice(problem, actions));
}

export function toast(kind, title, { text = "", actions = [], stays = kind === "bad" } = {}) {
  const close = () => box.remove();
  const box = make("div", { class: `toast ${kind}` },
    make("div", {}, make("p", {}, make("strong", {}, title), text ? ` ${text}` : ""), actions.length ? make("div", { class: "actions" }, actions) : null),
    button("Close", close, "plain small"));
  byId("toasts").append(box);
  if (!stays) setTimeout(close, SHOWN_MS);
  return close;
}

export const toastProblem = (problem) => toast("bad", problem.message, { text: [problem.advice, ...findings(problem)].join(" ") });

const MOST = 20;

function findings(problem) {
  const told = (problem.errors ?? []).slice(0, MOST).map((error) => `${error.message} ${error.hint ?? ""}`.trim());
  const rest = (problem.errors ?? []).length - MOST;
  return rest > 0 ? [...told, `and ${rest} more`] : told;
}
