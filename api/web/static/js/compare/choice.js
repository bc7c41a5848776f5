// Which plans are compared: the first is what the others are held against.

import { button, fill, link, make } from "../dom.js";
import { badge, stateOf } from "../scenarios/state.js";

const MOST = 4;
const LETTERS = "ABCD";

export function showChoice(place, scenarios, chosen, plans) {
  const wanted = chosen.filter((id) => scenarios.some((scenario) => scenario.id === id));
  const room = MOST - plans.length;
  const rows = [...wanted, ...(wanted.length < room ? [""] : [])].map((id, at) => chooser(scenarios, wanted, id, at));
  fill(place,
    make("h2", {}, "Plans"),
    make("div", { class: "choosers" }, make("div", { class: "field fixed" }, make("span", { class: "always" }, "Always shown"), make("span", { class: "badge" }, "Today")), rows),
    plans.length ? make("p", { class: "hint" }, `With ${plans.length === 1 ? "a further plan" : `${plans.length} further plans`} named in the address.`) : null,
    make("p", { class: "hint" }, "The first plan is what the others are held against. With one plan alone, it is held against today."));

  function chooser(all, now, id, at) {
    const name = `plan-${at}`;
    const select = make("select", { id: name, onchange: () => go(now, at, select.value) },
      make("option", { value: "" }, at === 0 ? "Choose a plan" : "Add another plan …"),
      all.map((scenario) => make("option", { value: scenario.id, disabled: scenario.id !== id && now.includes(scenario.id) }, scenario.name)));
    select.value = id;
    const scenario = all.find((one) => one.id === id);
    return make("div", { class: "field" },
      make("label", { for: name }, id ? `Plan ${LETTERS[at]}` : at === 0 ? "First plan" : "Another plan"),
      make("div", { class: "row" }, select, id ? button("Remove", () => go(now, at, ""), "plain small", { "aria-label": `Remove plan ${LETTERS[at]}` }) : null),
      scenario ? make("div", { class: "row small" }, badge(stateOf(scenario)), link("Open it", `/scenarios/${scenario.id}`)) : null);
  }

  function go(now, at, id) {
    const next = [...now];
    next.splice(at, 1, ...(id ? [id] : []));
    const query = [...next.map((one) => ["scenario", one]), ...plans.map((one) => ["plan", one])];
    location.assign(`/compare?${new URLSearchParams(query)}`);
  }
}
