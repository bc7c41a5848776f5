// Solve again around the changes made by hand: they stay, the rest of the plan gets as good as it can.

import { call, get, newKey, post } from "../api.js";
import { button, fill, make } from "../dom.js";
import { gapPercent, number } from "../format.js";
import { notice, problemNotice } from "../notice.js";
import { progressLine } from "../scenarios/progress.js";
import { save } from "./save.js";

const TIMES_S = [10, 30, 60, 300];

export function reoptimiser(desk, edits) {
  const body = make("div", { "aria-live": "polite" });
  const time = make("select", { class: "small-field" }, TIMES_S.map((seconds) => make("option", { value: String(seconds) }, seconds < 60 ? `${seconds} seconds` : `${seconds / 60} min`)));
  const keeps = make("input", { type: "checkbox", checked: true });
  const start = button("Re-optimise", () => run(), "");
  const element = make("div", { class: "pad" },
    make("h2", {}, "Re-optimise around the changes"),
    make("p", { class: "soft small" }, "What is staged is saved first; then the rest of the plan is improved. You see the new plan before it is used."),
    make("div", { class: "row" }, make("label", {}, keeps, " Keep what I moved (lock it)"), make("label", {}, "for ", time), start),
    body);

  async function run() {
    start.disabled = true;
    try {
      if (keeps.checked) edits.lock(movedByHand());
      if (!(await edits.accept())) return;
      const job = await post("/v1/jobs", { scenario_id: desk.scenario.id, from_plan_id: desk.scenario.plan_id, options: { time_limit_s: Number(time.value) } }, { key: newKey() });
      await ended(job.id);
    } catch (problem) {
      fill(body, problemNotice(problem));
    } finally {
      start.disabled = false;
    }
  }

  // Units whose last staged change is a move, and those moved by hand before.
  const movedByHand = () => [...new Set(edits.steps.filter((step) => step.kind === "move").flatMap((step) => step.rows))];

  function ended(jobId) {
    return new Promise((resolve) => {
      const line = progressLine(jobId, async () => {
        await offer(jobId).catch((problem) => fill(body, problemNotice(problem)));
        resolve();
      });
      const ask = (what) => call("POST", `/v1/jobs/${jobId}/${what}`).catch((problem) => fill(body, problemNotice(problem)));
      fill(body, line.element, make("div", { class: "actions" }, button("Stop and keep the best", () => ask("stop"), "small"), button("Cancel", () => ask("cancel"), "small")));
    });
  }

  async function offer(jobId) {
    const job = await get(`/v1/jobs/${jobId}`);
    if (job.status !== "succeeded") {
      fill(body, notice(job.status === "cancelled" ? "info" : "bad", job.status === "cancelled" ? "The run was cancelled; your plan is as it was." : job.error?.message ?? "The run failed."));
      return;
    }
    const [before, after] = await Promise.all([desk.scenario.plan_id, job.plan_id].map((id) => get(`/v1/plans/${id}`)));
    const rules = after.summary.broken ? `It breaks ${after.summary.broken} rule(s).` : "It keeps every rule.";
    const text = `Value ${number(after.summary.value, 2)} against ${number(before.summary.value, 2)} with your changes (less is better), gap ${gapPercent(after.summary.gap)}. ${rules}`;
    fill(body, notice(after.summary.broken ? "warn" : "good", "A new plan is ready.", { text, actions: [button("Use it", () => use(job.plan_id), "primary small"), button("Keep mine", () => fill(body), "small")] }));
  }

  async function use(planId) {
    try {
      const { data } = await call("PUT", `/v1/scenarios/${desk.scenario.id}/plan`, { body: { plan_id: planId }, revision: desk.scenario.revision });
      desk.scenario.revision = data.revision;
      await save.refresh(desk, { isOurs: true });
      fill(body, notice("good", "The new plan is in use."));
    } catch (problem) {
      fill(body, problemNotice(problem));
    }
  }

  return { element };
}
