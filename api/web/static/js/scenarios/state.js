// Where a scenario stands, and what its reader would do next.

import { make } from "../dom.js";
import { isActive, stateOfJob } from "../jobs.js";

const REVIEW = {
  submitted: ["info", "Waits for approval"],
  approved: ["good", "Approved"],
  rejected: ["warn", "Rejected: to be reworked"],
  archived: ["", "Archived"],
};

// A comparison changes nothing about the scenarios it compares.
const isPlanning = (job) => isActive(job) && job.kind !== "compare";

// [kind of badge, words]
export function stateOf(scenario) {
  if (isPlanning(scenario.job)) return stateOfJob(scenario.job);
  if (REVIEW[scenario.status]) return REVIEW[scenario.status];
  if (scenario.summary) return planState(scenario.summary);
  return stateOfJob(scenario.job) ?? ["", "Not run yet"];
}

function planState(summary) {
  if (summary.broken === undefined) return ["info", "Has a plan"]; // what a viewer of one region is told
  if (summary.broken === 0) return summary.status === "optimal" ? ["good", "Best plan, proven"] : ["good", "Keeps every rule"];
  return ["bad", `Breaks ${summary.broken} rule${summary.broken === 1 ? "" : "s"}`];
}

const SIGNS = { good: "✓", warn: "!", bad: "✕", info: "●" };

export function badge([kind, words]) {
  return make("span", { class: `badge ${kind}`.trim() }, kind ? make("span", { "aria-hidden": "true" }, SIGNS[kind]) : null, words);
}

// [words, address] of the next step.
export function nextStep(scenario) {
  const place = `/scenarios/${scenario.id}`;
  if (isPlanning(scenario.job)) return ["Watch the run", `${place}/run`];
  if (scenario.status === "submitted") return ["Review", place];
  if (scenario.summary) return ["Open the map", place];
  if (scenario.job?.status === "failed") return ["See what went wrong", `${place}/run`];
  return ["Run it", `${place}/run`];
}
