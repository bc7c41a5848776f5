// The list of scenarios: where each stands, its key figures, and the next step.

import { all } from "../api.js";
import { button, byId, fill, link, make } from "../dom.js";
import { ago, gapPercent, km, moment, percent } from "../format.js";
import { term } from "../glossary.js";
import { isActive } from "../jobs.js";
import { showProblem } from "../notice.js";
import { progressLine } from "./progress.js";
import { badge, nextStep, stateOf } from "./state.js";

const LOOK_MS = 2000;
const lines = new Map(); // progress lines by job
let shown = "";

async function load() {
  try {
    const scenarios = (await all("/v1/scenarios")).filter((scenario) => scenario.status !== "archived");
    show(scenarios.sort((one, other) => other.updated_at.localeCompare(one.updated_at)));
    if (scenarios.some((scenario) => isActive(scenario.job))) setTimeout(load, LOOK_MS);
  } catch (problem) {
    showProblem(byId("list"), problem, [button("Try again", load)]);
    byId("list").removeAttribute("aria-busy");
  }
}

function show(scenarios) {
  const state = JSON.stringify(scenarios);
  if (state === shown) return;
  shown = state;
  forgetEnded(scenarios);
  fill(byId("list"), scenarios.length ? table(scenarios) : empty());
  byId("list").removeAttribute("aria-busy");
  document.documentElement.dataset.ready = "yes";
}

function empty() {
  return make("div", { class: "card empty" },
    make("h2", {}, "No scenario yet"),
    make("p", { class: "soft" }, "Make one of your own data, or begin with one of the samples."),
    make("div", { class: "actions" }, link("New scenario", "/new", "primary")));
}

const HEADINGS = [
  ["Scenario"],
  ["State"],
  ["In band", "in band", "number"],
  ["Changes hands", "disruption", "number"],
  ["Mean distance", "compactness", "number"],
  ["Proven gap", "gap", "number"],
  ["Changed"],
  ["Next step"],
];

function table(scenarios) {
  const head = HEADINGS.map(([words, word, kind]) => make("th", { scope: "col", class: kind }, word ? term(word, words) : words));
  return make("div", { class: "table-frame" },
    make("table", {},
      make("caption", { class: "unseen" }, "Scenarios, the last changed first"),
      make("thead", {}, make("tr", {}, head)),
      make("tbody", {}, scenarios.map(row))));
}

function row(scenario) {
  const [words, address] = nextStep(scenario);
  const cells = [
    make("th", { scope: "row" }, link(scenario.name, `/scenarios/${scenario.id}`)),
    make("td", {}, badge(stateOf(scenario)), running(scenario)),
    ...figures(scenario.summary),
    make("td", {}, make("time", { datetime: scenario.updated_at, title: moment(scenario.updated_at) }, ago(scenario.updated_at))),
    make("td", {}, make("a", { class: "button small", href: address, "aria-label": `${words}: ${scenario.name}` }, words)),
  ];
  return make("tr", {}, cells);
}

function figures(summary) {
  const texts = summary
    ? [
        summary.banded ? `${summary.in_band} of ${summary.banded}` : "–",
        percent(summary.moved_potential_percent),
        km(summary.mean_km),
        gapPercent(summary.gap),
      ]
    : ["–", "–", "–", "–"];
  return texts.map((text) => make("td", { class: "number" }, text));
}

// A browser keeps few connections to one place: only what runs is followed, what waits is looked at now and then.
function running({ job }) {
  if (!isActive(job) || job.status === "queued") return null;
  if (!lines.has(job.id)) lines.set(job.id, progressLine(job.id, load));
  return lines.get(job.id).element;
}

function forgetEnded(scenarios) {
  const active = new Set(scenarios.filter((scenario) => isActive(scenario.job)).map((scenario) => scenario.job.id));
  for (const [id, line] of lines) {
    if (!active.has(id)) {
      line.stop();
      lines.delete(id);
    }
  }
}

load();
