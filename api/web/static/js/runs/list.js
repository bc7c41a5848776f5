// All runs of the workspace, the last one first.

import { all, get, newKey, post } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, byId, fill, link, make } from "../dom.js";
import { ago, gapPercent, moment, number, seconds } from "../format.js";
import { isActive } from "../jobs.js";
import { showProblem, toastProblem } from "../notice.js";
import { badge } from "../scenarios/state.js";
import { stateOfRun } from "./words.js";

const LOOK_MS = 2000;
const MOST = 100;
const KINDS = { solve: "Plan", sweep: "What-ifs", compare: "Comparison", export: "Export" };
let shown = "";

async function load() {
  try {
    const [jobs, scenarios] = await Promise.all([get(`/v1/jobs?order=newest&limit=${MOST}`), all("/v1/scenarios")]);
    show(jobs.items, new Map(scenarios.map((scenario) => [scenario.id, scenario])));
    if (jobs.items.some(isActive)) setTimeout(load, LOOK_MS);
  } catch (problem) {
    showProblem(byId("list"), problem, [button("Try again", load)]);
  }
  byId("list").removeAttribute("aria-busy");
  document.documentElement.dataset.ready = "yes";
}

function show(jobs, scenarios) {
  const state = JSON.stringify(jobs);
  if (state === shown) return;
  shown = state;
  fill(byId("list"), jobs.length ? table(jobs, scenarios) : empty());
}

const empty = () => make("div", { class: "card empty" },
  make("h2", {}, "Nothing was run yet"),
  make("p", { class: "soft" }, "Runs make the plans of your scenarios; they go on when you close this page."),
  make("div", { class: "actions" }, link("Go to the scenarios", "/", "primary")));

function table(jobs, scenarios) {
  const heads = [["Scenario"], ["Kind"], ["State"], ["Proven gap", "number"], ["Took", "number"], ["Started"], ["Next step"]];
  return make("div", { class: "table-frame" },
    make("table", {},
      make("caption", { class: "unseen" }, "Runs, the last started first"),
      make("thead", {}, make("tr", {}, heads.map(([words, kind]) => make("th", { scope: "col", class: kind }, words)))),
      make("tbody", {}, jobs.map((job) => row(job, scenarios.get(job.scenario_id))))));
}

function row(job, scenario) {
  const name = scenario?.name ?? "a scenario";
  const took = job.started_at && job.ended_at ? seconds((new Date(job.ended_at) - new Date(job.started_at)) / 1000) : "–";
  const gap = scenario?.plan_id && scenario.plan_id === job.plan_id ? gapPercent(scenario.summary?.gap) : "–";
  return make("tr", {},
    make("th", { scope: "row" }, link(name, `/scenarios/${job.scenario_id}/run?job=${job.id}`)),
    make("td", {}, KINDS[job.kind] ?? job.kind),
    make("td", {}, badge(stateOfRun(job)), job.status === "queued" ? make("div", { class: "hint" }, job.ahead ? `${number(job.ahead)} before it` : "the next") : null),
    make("td", { class: "number" }, gap),
    make("td", { class: "number" }, took),
    make("td", {}, make("time", { datetime: job.created_at, title: moment(job.created_at) }, ago(job.created_at))),
    make("td", {}, make("div", { class: "actions" }, controls(job, name))));
}

function controls(job, name) {
  if (!isActive(job)) {
    return [
      make("a", { class: "button small", href: `/scenarios/${job.scenario_id}/run?job=${job.id}`, "aria-label": `See the run of ${name}` }, "See it"),
      button("Run again", () => ask(job, "retry"), "small", { "aria-label": `Run ${name} again` }),
    ];
  }
  return [
    make("a", { class: "button small", href: `/scenarios/${job.scenario_id}/run?job=${job.id}`, "aria-label": `Watch the run of ${name}` }, "Watch"),
    job.status === "running" ? button("Stop", () => ask(job, "stop"), "small", { "aria-label": `Stop the run of ${name} and keep its best plan` }) : null,
    button("Cancel", async () => {
      if (await confirmed("Cancel the run?", "What it found so far is dropped.", "Cancel the run", "danger")) ask(job, "cancel");
    }, "small danger", { "aria-label": `Cancel the run of ${name}` }),
  ];
}

async function ask(job, wish) {
  try {
    await post(`/v1/jobs/${job.id}/${wish}`, undefined, wish === "retry" ? { key: newKey() } : {});
    load();
  } catch (problem) {
    toastProblem(problem);
  }
}

load();
