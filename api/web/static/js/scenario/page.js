// The page of one scenario: its plan on the map, in figures and as a table; edited by hand.

import { get, whoami } from "../api.js";
import { byId, fill, link } from "../dom.js";
import { plural } from "../format.js";
import { isActive } from "../jobs.js";
import { notice, showProblem, toastProblem } from "../notice.js";
import { progressLine } from "../scenarios/progress.js";
import { badge, stateOf } from "../scenarios/state.js";
import { tabs } from "../tabs.js";
import { checks } from "./checks.js";
import { commentsTab, readComments } from "./comments.js";
import { Edits, changesTab } from "./edits.js";
import { figuresStrip } from "./figures.js";
import { findingsTab } from "./findings.js";
import { gridTab } from "./grid.js";
import { ready } from "./head.js";
import { readDesk } from "./load.js";
import { PlanMap } from "./map.js";
import { Pointer } from "./pointer.js";
import { reoptimiser } from "./reoptimise.js";
import { save } from "./save.js";
import { seatsTab } from "./seats.js";
import { selectionCard } from "./selection.js";
import { legend, toolbar } from "./toolbar.js";

const id = location.pathname.split("/")[2];

async function open() {
  try {
    const [scenario, who] = await Promise.all([get(`/v1/scenarios/${id}`), whoami()]);
    head(scenario);
    if (scenario.plan_id) show(await readDesk(scenario, who));
    else await waiting(scenario);
  } catch (problem) {
    fill(byId("waiting"));
    showProblem(byId("notice"), problem, [link("Go to the scenarios", "/", "small")]);
  }
  requestAnimationFrame(() => setTimeout(ready));
}

function head(scenario) {
  byId("name").textContent = scenario.name;
  document.title = `${scenario.name} · Territory Optimizer`;
}

// A scenario without a plan: its run in progress, or how to begin one.
async function waiting(scenario) {
  const jobs = (await get(`/v1/jobs?scenario_id=${id}&limit=500`)).items.filter((job) => job.scenario_id === id);
  const job = jobs.at(-1);
  fill(byId("state"), badge(stateOf({ ...scenario, summary: null, job })));
  if (isActive(job)) {
    const line = progressLine(job.id, () => location.reload());
    fill(byId("waiting"), notice("info", "This scenario is being solved.", { text: "Its map appears here as soon as there is a plan." }), line.element);
  } else {
    fill(byId("waiting"), notice("info", "This scenario has no plan yet.", { text: job?.error?.message ?? "Run it to get one.", actions: [link("Go to the scenarios", "/", "small")] }));
  }
}

function show(desk) {
  byId("waiting").remove();
  byId("desk").hidden = false;
  const edits = new Edits(desk);
  // The strip and the tools take their room first, so that the map is drawn once, in its size.
  figuresStrip(desk);
  toolbar(desk, () => planMap.showAll(), (tool) => pointer.use(tool));
  legend(desk);
  const planMap = new PlanMap(byId("map"), desk);
  const pointer = new Pointer(desk, planMap);
  const comments = commentsTab(desk, planMap);
  selectionCard(desk, planMap, edits, () => {
    openTab("comments");
    comments.write();
  });
  const openTab = tabs(byId("tabs"), byId("tab-body"), [
    seatsTab(desk, planMap),
    gridTab(desk, planMap),
    changesTab(desk, edits, reoptimiser(desk, edits)),
    findingsTab(desk, planMap),
    comments,
  ]);
  desk.on("offender", ({ rows }) => {
    desk.mark(rows);
    planMap.showRows(rows);
  });
  desk.on("saved", () => edits.rebase());
  document.addEventListener("theme", () => {
    desk.colouring.readTheme();
    desk.tell("colours");
  });
  const state = () => fill(byId("state"), badge(edits.steps.length ? unsaved(desk) : saved(desk)));
  desk.on("plan", state);
  state();
  showAsked(desk, planMap);
  readComments(desk).catch(toastProblem);
  save.watch(desk);
  window.addEventListener("beforeunload", (event) => edits.steps.length && event.preventDefault());
}

// A unit or territory that the address names, as in ?unit=48201, is shown.
function showAsked(desk, planMap) {
  const asked = new URLSearchParams(location.search);
  const seat = desk.plan.territories.findIndex(({ code }) => code === asked.get("territory"));
  const rows = seat < 0 ? [desk.units.rowOf.get(asked.get("unit"))].filter((row) => row !== undefined) : desk.plan.figures[seat].rows;
  if (!rows.length) return;
  desk.select(rows);
  planMap.showRows(rows);
}

const saved = (desk) => stateOf({ ...desk.scenario, summary: desk.who.region ? {} : { ...desk.report, broken: desk.report.broken.length }, job: null });

function unsaved(desk) {
  const broken = checks(desk).length;
  return broken ? ["bad", `Not saved yet: breaks ${plural(broken, "rule")}`] : ["info", "Not saved yet: keeps every rule"];
}

open();
