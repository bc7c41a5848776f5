// A comparison too large to wait for: a run makes it, is followed here, and can be come back to by its address.

import { call, get, newKey, post } from "../api.js";
import { button, fill, make } from "../dom.js";
import { number, seconds } from "../format.js";
import { follow, isActive } from "../jobs.js";
import { toastProblem } from "../notice.js";

const LOOK_MS = 1000;

export const comparisonOf = (job) => `/compare?${new URLSearchParams([...job.task.scenarios.map((id) => ["scenario", id]), ["job", job.id]])}`;

// Submits the job and goes to the address that shows it.
export async function begin([first, ...against]) {
  const job = await post("/v1/jobs", { kind: "compare", scenario_id: first, against }, { key: newKey() });
  location.replace(comparisonOf(job));
}

// Shows how far the job is until it is over; returns it.
export async function waited(place, jobId) {
  const words = make("p", { role: "status" });
  const cancel = button("Cancel", () => call("POST", `/v1/jobs/${jobId}/cancel`).catch(toastProblem), "small");
  let job = await get(`/v1/jobs/${jobId}`);
  if (!isActive(job)) return job;
  fill(place, make("div", { class: "card stack" },
    make("h2", {}, "These plans are large: a run compares them"), words,
    make("progress", { "aria-label": "The comparison is being made" }),
    make("p", { class: "hint" }, "You can leave this page: its address shows the comparison, and Runs lists it."),
    make("div", { class: "actions" }, cancel)));
  document.documentElement.dataset.ready = "yes";
  const over = new Promise((resolve) => follow(jobId, { end: resolve }));
  const look = async () => {
    job = await get(`/v1/jobs/${jobId}`).catch(() => job);
    words.textContent = stateOf(job);
  };
  await look();
  const looking = setInterval(look, LOOK_MS);
  await over;
  clearInterval(looking);
  fill(place);
  return get(`/v1/jobs/${jobId}`);
}

function stateOf(job) {
  if (job.status === "queued") return job.ahead ? `Waiting; ${number(job.ahead)} before it.` : "Waiting; it is the next.";
  return `Comparing for ${seconds((Date.now() - new Date(job.started_at)) / 1000)}.`;
}
