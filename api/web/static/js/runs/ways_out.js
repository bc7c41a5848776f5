// Where no plan keeps every rule: why, and the changes that help, each one press away.

import { call, get, newKey, post } from "../api.js";
import { button, make } from "../dom.js";
import { toast, toastProblem } from "../notice.js";

const MOST_REASONS = 12;

export async function waysOut(job, scenario) {
  const [report, ways] = await Promise.all([get(`/v1/plans/${job.plan_id}/files/report.json`), get(`/v1/plans/${job.plan_id}/ways-out`)]);
  const conflicts = report.reasons.filter((reason) => reason.kind === "conflict");
  const alone = ways.filter((way) => way.is_alone);
  const enough = ways.filter((way) => way.is_enough && !way.is_alone);
  const others = ways.filter((way) => !way.is_enough);
  return [
    alone.length ? make("section", { class: "card" },
      make("h2", {}, alone.length > 1 ? "One of these is enough" : "This is enough"),
      make("p", { class: "soft" }, "For each a plan that keeps every rule was found and judged."),
      make("ul", { class: "ways" }, alone.map((way) => line(job, scenario, way)))) : null,
    enough.length ? nearest(job, scenario, enough) : null,
    others.length ? make("section", { class: "card" },
      make("h2", {}, "Or change something else"),
      make("p", { class: "soft" }, "These may help without loosening a rule; the next run tells."),
      make("ul", { class: "ways" }, others.map((way) => line(job, scenario, way)))) : null,
    conflicts.length ? why(conflicts) : null,
  ];
}

function nearest(job, scenario, ways) {
  const all = ways.length > 1
    ? button("Apply all of them and run again", (event) => apply(event, job, scenario, ways.map((way) => way.patch), true), "primary")
    : null;
  return make("section", { class: "card" },
    make("h2", {}, "What the plan shown here needs"),
    make("p", { class: "soft" }, ways.length > 1 ? "All of these together make it keep every rule." : "With this it keeps every rule."),
    make("ul", { class: "ways" }, ways.map((way) => line(job, scenario, way))),
    all ? make("div", { class: "actions" }, all) : null);
}

function line(job, scenario, way) {
  return make("li", {},
    make("span", {}, `${way.text}.`),
    button("Apply and run again", (event) => apply(event, job, scenario, [way.patch], way.is_enough), "small", { "aria-label": `Apply and run again: ${way.text}` }));
}

// Changes the scenario and runs it; a run after loosened rules starts from the nearest plan.
async function apply(event, job, scenario, patches, isNear) {
  const control = event.currentTarget;
  control.disabled = true;
  try {
    const { revision } = await call("GET", `/v1/scenarios/${scenario.id}`);
    await call("PATCH", `/v1/scenarios/${scenario.id}`, { body: patches.reduce(joined, {}), revision, key: newKey() });
    const start = isNear ? { from_plan_id: job.plan_id } : {};
    const next = await post("/v1/jobs", { scenario_id: scenario.id, options: job.options, ...start }, { key: newKey() });
    location.assign(`/scenarios/${scenario.id}/run?job=${next.id}`);
  } catch (problem) {
    control.disabled = false;
    if (problem.code === "stale") toast("warn", "Somebody changed the scenario just now.", { text: "Press once more to lay this over it." });
    else toastProblem(problem);
  }
}

// Two merge patches as one.
function joined(one, other) {
  const result = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const isPart = (part) => part !== null && typeof part === "object" && !Array.isArray(part);
    result[name] = isPart(value) && isPart(result[name]) ? joined(result[name], value) : value;
  }
  return result;
}

function why(conflicts) {
  const shown = conflicts.slice(0, MOST_REASONS).map((reason) => make("li", {},
    make("span", {}, reason.text, " "),
    make("span", { class: `badge ${reason.evidence === "proven" ? "info" : ""}` }, reason.evidence === "proven" ? "proven" : "seen so far")));
  const rest = conflicts.length - MOST_REASONS;
  return make("section", { class: "card" },
    make("h2", {}, "What is in the way"),
    make("ul", { class: "reasons" }, shown, rest > 0 ? make("li", { class: "soft" }, `and ${rest} more of the kind`) : null));
}
