// The head of every page about one scenario: its name, where it stands, and the way to its other pages.

import { call, get } from "../api.js";
import { byId, fill, link, make } from "../dom.js";
import { badge, stateOf } from "../scenarios/state.js";
import { PLACES, placeOf, scenarioId } from "./places.js";

export { placeOf, scenarioId };

// Reads the scenario of the page and who looks at it, and shows the head; `here` is one of the places above.
// Returns { scenario, revision, plan, who }; the plan is null where there is none yet.
export async function openScenario(here) {
  const [{ data: scenario, revision }, who] = await Promise.all([call("GET", `/v1/scenarios/${scenarioId()}`), get("/v1/me")]);
  const plan = scenario.plan_id ? await get(`/v1/plans/${scenario.plan_id}`) : null;
  document.title = `${document.title.split(" · ")[0]} · ${scenario.name} · Territory Optimizer`;
  fill(byId("scenario-head"),
    make("div", { class: "headline" },
      make("div", {}, make("p", { class: "crumb small" }, link("All scenarios", "/")),
        make("div", { class: "row" }, make("h1", {}, scenario.name), badge(stateOf({ ...scenario, summary: plan?.summary }))))),
    strip(scenario.id, here));
  return { scenario, revision, plan, who };
}

function strip(id, here) {
  const items = PLACES.map(([page, words]) => make("li", {}, make("a", { href: placeOf(id, page), "aria-current": page === here ? "page" : null }, words)));
  return make("nav", { class: "strip", "aria-label": "This scenario" }, make("ul", {}, items));
}

const RANKS = ["viewer", "planner", "approver", "admin"];

export const may = (who, role) => RANKS.indexOf(who.role) >= RANKS.indexOf(role);

export const isEditable = (scenario) => scenario.status === "draft" || scenario.status === "rejected";

export function ready() {
  document.documentElement.dataset.ready = "yes";
}
