// A form that takes long: a run makes it, its card says how far it is, and the file is saved once it is there.

import { call, get, newKey, post } from "../api.js";
import { fill, link } from "../dom.js";
import { save } from "../download.js";
import { number, seconds } from "../format.js";
import { isActive } from "../jobs.js";
import { toastProblem } from "../notice.js";

const LOOK_MS = 1000;
const wait = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

export const fileOf = (job) => `/v1/jobs/${job.id}/files/${encodeURIComponent(job.summary.file)}`;

export async function makeByRun(form, { scenario, plan }, name, words) {
  try {
    let job = await post("/v1/jobs", { kind: "export", scenario_id: scenario.id, plan_id: plan.id, form: form.name }, { key: newKey() });
    const runs = link("Runs", "/runs");
    while (isActive(job)) {
      fill(words, stateOf(job), " You can leave this page; ", runs, " has the file.");
      await wait();
      job = await get(`/v1/jobs/${job.id}`);
    }
    if (job.status !== "succeeded") {
      fill(words, job.error?.message ?? "It was cancelled.");
      return;
    }
    const { data } = await call("GET", fileOf(job), { as: "blob" });
    save(data, name);
    fill(words, "It is made; ", runs, " keeps it.");
  } catch (problem) {
    toastProblem(problem);
  }
}

function stateOf(job) {
  if (job.status === "queued") return job.ahead ? `Waiting; ${number(job.ahead)} before it.` : "Waiting; it is the next.";
  return `Making it for ${seconds((Date.now() - new Date(job.started_at)) / 1000)}.`;
}
