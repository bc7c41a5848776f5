// The run of a scenario as it happens: how good its plan is by now, where, and how long still.

import { all, get, newKey, post } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, byId, fill, link, make } from "../dom.js";
import { amount, gapPercent, number, seconds } from "../format.js";
import { term } from "../glossary.js";
import { isActive, stateOfJob } from "../jobs.js";
import { notice, problemNotice, toastProblem } from "../notice.js";
import { badge } from "../scenarios/state.js";
import { chart } from "./chart.js";
import { Curve, gapOf, phaseWords } from "./curve.js";
import { LiveMap } from "./live_map.js";
import { outcome } from "./outcome.js";
import { pointsTable } from "./points.js";
import { curveTable } from "./curve_table.js";
import { watch } from "./watch.js";
import { stateOfRun } from "./words.js";

const scenarioId = /^\/scenarios\/([^/]+)\/run$/.exec(location.pathname)[1];
const DEFAULT_LIMIT_S = 60;
const TICK_MS = 1000;
const WIDE_PX = 1800; // from here on there is room for the table beside the curve
const run = { job: null, scenario: null, curve: new Curve(), phase: "", startedAt: null, isDrawn: true, made: null };

async function begin() {
  try {
    run.scenario = await get(`/v1/scenarios/${scenarioId}`);
    byId("title").textContent = run.scenario.name;
    byId("back").href = `/scenarios/${scenarioId}`;
    const wanted = new URLSearchParams(location.search).get("job");
    run.job = wanted ? await get(`/v1/jobs/${encodeURIComponent(wanted)}`) : (await get(`/v1/jobs?scenario_id=${scenarioId}&order=newest&limit=1`)).items[0] ?? null;
    if (run.job) await show();
    else fill(byId("outcome"), notRun());
    if (run.job && run.job.scenario_id !== scenarioId) location.replace(`/scenarios/${run.job.scenario_id}/run?job=${run.job.id}`);
  } catch (problem) {
    fill(byId("outcome"), problemNotice(problem, [link("Go to the scenarios", "/", "primary"), button("Try again", () => location.reload())]));
  }
  document.documentElement.dataset.ready = "yes";
}

function notRun() {
  const start = (kind) => async () => {
    try {
      const job = await post("/v1/jobs", { scenario_id: scenarioId, kind }, { key: newKey() });
      location.assign(`/scenarios/${scenarioId}/run?job=${job.id}`);
    } catch (problem) {
      toastProblem(problem);
    }
  };
  return make("div", { class: "card empty" },
    make("h2", {}, "It was not run yet"),
    make("p", { class: "soft" }, "A run makes the best plan it can find in the time given."),
    make("div", { class: "actions" }, button("Run it", start("solve"), "primary"), button("Try many variants", start("sweep"))));
}

async function show() {
  byId("board").hidden = false;
  const isSolve = run.job.kind === "solve";
  byId("chart-card").hidden = !isSolve;
  byId("map-card").hidden = !isSolve;
  byId("points-card").hidden = run.job.kind !== "sweep";
  byId("steps").parentElement.open = innerWidth >= WIDE_PX;
  if (isSolve) {
    run.chart = chart(run.curve, limitOf());
    fill(byId("chart"), run.chart.element);
    run.map = new LiveMap(byId("map"), byId("map-words"), run.job);
  }
  run.stop = watch(run.job.id, told, ended);
  state();
  drawing();
  if (isActive(run.job)) ticking();
}

// The time that the solve may take; null where it goes by work.
function limitOf() {
  const { options } = run.job;
  const { solve = {} } = run.scenario.document;
  if (options.effort || (solve.effort && !options.time_limit_s)) return null;
  return options.time_limit_s ?? solve.time_limit_s ?? DEFAULT_LIMIT_S;
}

function told(kind, data) {
  if (kind === "away") return;
  if (kind === "running" && data.at && !run.startedAt) run.startedAt = new Date(data.at);
  if (kind === "running" || kind === "stopping") {
    if (run.job.status === "queued" || kind === "stopping") run.job.status = isActive(run.job) ? kind : run.job.status;
  }
  if (kind === "progress") {
    run.curve.add(data);
    run.phase = data.phase;
    if (data.at) run.clock = { at: Date.now(), seconds: data.seconds };
  }
  if (kind === "point" || kind === "points") run.arePointsOld = true;
  run.isDrawn = false;
}

// Many events come at once where a reader comes back: they are drawn together.
function drawing() {
  if (!run.isDrawn) {
    run.isDrawn = true;
    state();
    run.chart?.update();
    fill(byId("steps"), curveTable(run.curve));
    if (run.curve.hasPlan && isActive(run.job)) run.map?.refresh();
  }
  if (run.arePointsOld || (run.job.kind === "sweep" && !run.hasPoints)) {
    run.arePointsOld = false;
    run.hasPoints = true;
    pointsTable(run.job).then((table) => fill(byId("points"), table)).catch(toastProblem);
  }
  requestAnimationFrame(() => setTimeout(drawing, 150));
}

// What changes without an event: the clock, and the place among those that wait.
function ticking() {
  const tick = async () => {
    if (!isActive(run.job)) return;
    try {
      if (run.job.status === "queued") Object.assign(run.job, await get(`/v1/jobs/${run.job.id}`));
      state();
      await others();
    } catch {
      // The stream tells when the service is back.
    }
    setTimeout(tick, TICK_MS * (run.job.status === "queued" ? 2 : 1));
  };
  tick();
}

function state() {
  const { job, curve } = run;
  const newest = run.made?.summary ?? curve.last; // the plan's own figures are later than the last event
  fill(byId("state"), badge(stateOfRun(job)));
  fill(byId("actions"), actions());
  const waits = job.status === "queued";
  const figures = [
    ["Now", waits ? waiting() : isActive(job) ? phaseWords(run.phase) : "Ended"],
    [isActive(job) ? (job.kind === "solve" ? "Time left" : "Time so far") : "Took", timeWords()],
    [term("value", "Value"), newest ? amount(newest.value) : "–"],
    [term("bound", "Proven bound"), newest ? amount(newest.bound) : "–"],
    [term("gap", "Proven gap"), gapWords(newest)],
  ];
  fill(byId("figures"), (job.kind === "solve" ? figures : figures.slice(0, 2)).map(([words, value]) => make("div", { class: "figure" }, make("dt", {}, words), make("dd", {}, value))));
}

const waiting = () => (run.job.ahead ? `Waits; ${number(run.job.ahead)} before it` : "Waits; it is the next");

function gapWords(newest) {
  if (newest && newest.violation > 0) return isActive(run.job) ? "bands not kept yet" : "not all bands kept";
  return gapPercent(gapOf(newest));
}

function timeWords() {
  const limit = limitOf();
  if (run.job.status === "queued") return limit ? `${seconds(limit)} once it starts` : "–";
  if (!isActive(run.job)) return run.job.ended_at && run.job.started_at ? seconds((new Date(run.job.ended_at) - new Date(run.job.started_at)) / 1000) : "–";
  const used = usedSeconds();
  if (run.job.kind !== "solve") return seconds(used);
  if (!run.curve.last) return "reading the data";
  return limit === null ? `${seconds(used)} used` : `at most ${seconds(Math.max(0, limit - used))}`;
}

function usedSeconds() {
  if (run.clock) return run.clock.seconds + (Date.now() - run.clock.at) / 1000;
  return run.startedAt ? (Date.now() - run.startedAt) / 1000 : 0;
}

function actions() {
  if (!isActive(run.job)) return [];
  const stop = button("Stop and keep the best", () => ask("stop"), "primary", { disabled: run.job.status === "stopping" || (run.job.kind === "solve" && !run.curve.hasPlan) });
  const cancel = button("Cancel", async () => {
    if (await confirmed("Cancel the run?", "What it found so far is dropped; the scenario stays as it is.", "Cancel the run", "danger")) ask("cancel");
  }, "danger");
  return [stop, cancel];
}

async function ask(wish) {
  try {
    Object.assign(run.job, await post(`/v1/jobs/${run.job.id}/${wish}`));
    state();
  } catch (problem) {
    toastProblem(problem);
  }
}

async function ended() {
  try {
    run.job = await get(`/v1/jobs/${run.job.id}`);
    run.scenario = await get(`/v1/scenarios/${scenarioId}`);
    run.made = run.job.kind === "solve" && run.job.plan_id ? await get(`/v1/plans/${run.job.plan_id}`) : null;
    run.isDrawn = false;
    state();
    byId("map-title").textContent = "The plan";
    fill(byId("outcome"), ...(await outcome(run.job, run.scenario, run.made)));
    if (run.curve.hasPlan) await run.map?.end();
    byId("queue").hidden = true;
    if (run.job.kind === "sweep") run.arePointsOld = true;
  } catch (problem) {
    fill(byId("outcome"), problemNotice(problem, [button("Try again", ended)]));
  }
  document.documentElement.dataset.over = "yes";
}

// The other runs that wait or go on, so that nobody wonders why nothing happens.
async function others() {
  if (run.job.status !== "queued") {
    byId("queue").hidden = true;
    return;
  }
  const [jobs, scenarios] = await Promise.all([get("/v1/jobs?order=newest&limit=50"), all("/v1/scenarios")]);
  const active = jobs.items.filter((job) => isActive(job) && job.id !== run.job.id);
  byId("queue").hidden = !active.length;
  fill(byId("queue"), active.length
    ? notice("info", `${number(active.length)} other ${active.length === 1 ? "run waits or goes" : "runs wait or go"} on.`, {
        items: active.slice(0, 8).map((job) => make("span", {}, make("a", { href: `/scenarios/${job.scenario_id}/run?job=${job.id}` }, scenarios.find((one) => one.id === job.scenario_id)?.name ?? "a scenario"), ` – ${stateOfJob(job)[1].toLowerCase()}`)),
      })
    : []);
}

begin();
