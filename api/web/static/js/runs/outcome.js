// How a run ended, and what to do next.

import { call, newKey, post } from "../api.js";
import { button, link, make } from "../dom.js";
import { comparisonOf } from "../compare/job.js";
import { slug } from "../download.js";
import { fileOf } from "../exports/making.js";
import { findingsTable } from "../findings.js";
import { gapPercent } from "../format.js";
import { notice, toastProblem } from "../notice.js";
import { stepOf, titleOf } from "../wizard/steps.js";
import { waysOut } from "./ways_out.js";

const WHY = {
  time_limit: "The time was up.",
  memory_limit: "The memory was used up.",
  effort: "The agreed work was done.",
  user_stop: "You stopped it; the best plan was kept.",
  gap: "The gap that was asked for is proven.",
  optimal: "",
  infeasible: "",
};

// outcome(job, scenario, plan) → elements; `plan` is what a solve made, if anything
export async function outcome(job, scenario, plan) {
  if (job.status === "cancelled") return [notice("warn", "The run was cancelled.", { text: "Its plan was dropped; the scenario is as it was.", actions: again(job) })];
  if (job.status === "failed") return failed(job, scenario);
  if (job.kind !== "solve") return [notice("good", "The run is done.", { text: job.summary?.text ?? "", actions: [...ofKind(job, scenario), ...again(job)] })];
  const { summary } = plan;
  if (summary.broken) return [stuck(job, scenario, summary), ...(await waysOut(job, scenario))];
  const isBest = job.solution_status === "optimal";
  const proof = summary.gap === null ? "How far it is from the best possible plan is not known." : `No plan can be better by more than ${gapPercent(summary.gap)}.`;
  const figures = `${summary.banded ? `${summary.in_band} of ${summary.banded} territories in band. ` : ""}${isBest ? "" : `${proof} `}${WHY[job.stop_reason] ?? ""}`;
  return [notice("good", isBest ? "This is the best plan, proven." : "A plan that keeps every rule.", { text: figures, actions: [...present(plan, scenario), ...again(job)] })];
}

// Where the result of a run is looked at that made no plan of its own.
function ofKind(job, scenario) {
  if (job.kind === "sweep") return [link("See the what-ifs", `/scenarios/${scenario.id}/sweeps`, "primary")];
  if (job.kind === "compare") return [link("See the comparison", comparisonOf(job), "primary")];
  return [make("a", { class: "button primary", href: fileOf(job), download: `${slug(scenario.name)}-${job.summary.file}` }, "Download the file")];
}

// The plan of a run is the scenario's, or can be made so.
function present(plan, scenario) {
  if (scenario.plan_id === plan.id) return [link("Open the map", `/scenarios/${scenario.id}`, "primary")];
  const choose = button("Use this plan and open the map", async () => {
    try {
      const { revision } = await call("GET", `/v1/scenarios/${scenario.id}`);
      await call("PUT", `/v1/scenarios/${scenario.id}/plan`, { body: { plan_id: plan.id }, revision });
      location.assign(`/scenarios/${scenario.id}`);
    } catch (problem) {
      toastProblem(problem);
    }
  }, "primary");
  return [choose, link("Compare with the present plan", `/compare?scenario=${scenario.id}&plan=${plan.id}`, " ")];
}

function again(job) {
  const longer = button("Run again", async () => {
    try {
      const next = await post(`/v1/jobs/${job.id}/retry`, undefined, { key: newKey() });
      location.assign(`/scenarios/${job.scenario_id}/run?job=${next.id}`);
    } catch (problem) {
      toastProblem(problem);
    }
  });
  return [longer, make("a", { class: "button", href: `/scenarios/${job.scenario_id}/settings#aims` }, "Change the settings")];
}

function stuck(job, scenario, summary) {
  const isProven = job.solution_status === "infeasible";
  const title = isProven ? "No plan keeps every rule: that is proven." : "No plan that keeps every rule was found in the time given.";
  const text = `The nearest plan breaks ${summary.broken} ${summary.broken === 1 ? "rule" : "rules"}. ${isProven ? "Something has to give; below are the ways out." : "More time may help, or one of the ways out below."}`;
  return notice("warn", title, { text, actions: [link("Look at the nearest plan", `/scenarios/${scenario.id}`, "primary"), ...again(job)] });
}

function failed(job, scenario) {
  const { error } = job;
  const findings = error?.findings ?? [];
  const step = (finding) => {
    const name = stepOf(finding);
    return link(`Go to ${titleOf(name)}`, `/scenarios/${scenario.id}/settings#${name}`, "small");
  };
  return [
    notice("bad", "The run could not be done.", { text: error?.message ?? "", actions: again(job) }),
    findings.length ? findingsTable(findings, { step, caption: "What is in the way" }) : null,
  ];
}
