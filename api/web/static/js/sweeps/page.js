// Many what-ifs of a scenario at once: started here, followed while they run, and then a front to choose from.

import { all, get, newKey, post } from "../api.js";
import { button, byId, fill, link, make, whileBusy } from "../dom.js";
import { ago, plural } from "../format.js";
import { follow, isActive } from "../jobs.js";
import { notice, showProblem, toastProblem } from "../notice.js";
import { may, openScenario, ready } from "../scenario/head.js";
import { showFront } from "./front.js";

let stop = () => {};

async function load() {
  try {
    const opened = await openScenario("/sweeps");
    const jobs = await all(`/v1/jobs?scenario_id=${opened.scenario.id}`);
    const sweeps = jobs.filter((job) => job.kind === "sweep").sort((one, other) => other.created_at.localeCompare(one.created_at));
    fill(byId("start"), start(opened));
    byId("sweeps").hidden = false;
    if (sweeps.length) await show(sweeps[0], sweeps, opened);
  } catch (problem) {
    showProblem(byId("notice"), problem, [link("Back to the scenarios", "/", "small")]);
  }
  ready();
}

const PROPOSALS = [[3, "3, a quick look"], [5, "5"], [7, "7, a thorough look"]];
const SECONDS = [[5, "5 seconds"], [12, "12 seconds"], [60, "a minute"]];

function start({ scenario, who }) {
  const about = make("p", { class: "soft" }, "The service solves many variants: shorter travel, better balance, less disruption. It then proposes a few plans that are worth a discussion.");
  if (!may(who, "planner")) return [about, notice("info", "Planners start what-ifs.", { text: "You can look at those that are there." })];
  const count = select("proposals", PROPOSALS, 5);
  const time = select("seconds", SECONDS, 12);
  const run = button("Explore", async () => {
    const body = { kind: "sweep", scenario_id: scenario.id, proposals: Number(count.value), options: { time_limit_s: Number(time.value) } };
    await whileBusy(run, () => post("/v1/jobs", body, { key: newKey() }).then(load, toastProblem));
  }, "primary");
  return [about, make("div", { class: "row start" }, labelled("Proposals at most", count), labelled("Time for each what-if", time), run),
    make("p", { class: "hint" }, "Usually about twenty what-ifs are solved. They run in the background: close the page and come back.")];
}

function select(id, options, value) {
  const element = make("select", { id }, options.map(([key, words]) => make("option", { value: key }, words)));
  element.value = value;
  return element;
}

const labelled = (words, control) => make("div", { class: "field" }, make("label", { for: control.id }, words), control);

async function show(job, sweeps, opened) {
  stop();
  const place = byId("sweep");
  const others = sweeps.length > 1 ? choice(job, sweeps, opened) : null;
  const body = make("div");
  fill(place, make("div", { class: "section-head row" }, make("h2", {}, `What-ifs, ${ago(job.created_at)}`), others), body);
  if (isActive(job)) return watch(job, body, opened);
  if (job.status !== "succeeded") return fill(body, notice("bad", "These what-ifs did not end well.", { text: job.error?.message ?? "They were cancelled. Start them again." }));
  return showFront(body, { job, result: await get(`/v1/jobs/${job.id}/result`), ...opened, mayOpen: may(opened.who, "planner") });
}

function choice(job, sweeps, opened) {
  const element = select("which", sweeps.map((one) => [one.id, `${ago(one.created_at)}${isActive(one) ? ", running" : ""}`]), job.id);
  element.addEventListener("change", () => show(sweeps.find((one) => one.id === element.value), sweeps, opened).catch(toastProblem));
  return labelled("Earlier ones", element);
}

function watch(job, body, { who }) {
  const words = make("p", {}, "Waiting for a worker …");
  const bar = make("progress", { max: 1, "aria-label": "What-ifs solved" });
  const tell = async () => {
    const points = await get(`/v1/jobs/${job.id}/points`).catch(() => []);
    const done = points.filter((point) => point.summary || point.error).length;
    if (!points.length) return;
    bar.value = done / points.length;
    words.textContent = `${done} of ${plural(points.length, "what-if")} solved. You can leave this page; nothing is lost.`;
  };
  const end = button("End now, keep what is there", () => post(`/v1/jobs/${job.id}/stop`).catch(toastProblem), "small");
  fill(body, make("div", { class: "card" }, words, bar, may(who, "planner") ? make("div", { class: "actions" }, end) : null));
  tell();
  stop = follow(job.id, { points: tell, point: tell, end: load });
}

load();
