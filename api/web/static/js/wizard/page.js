// A scenario from data to run, step by step; and the settings of one that is there, with the same forms.

import { call } from "../api.js";
import { allDatasets } from "../data/names.js";
import { button, byId, fill, link, make } from "../dom.js";
import { confirmed } from "../dialog.js";
import { problemNotice, toastProblem } from "../notice.js";
import { copyOf } from "./document.js";
import { finishButtons } from "./finish.js";
import { datasetsOf, guess, replace } from "./guess.js";
import { redrawn } from "./redraw.js";
import { aimsStep } from "./step_aims.js";
import { checkStep } from "./step_check.js";
import { columnsStep } from "./step_columns.js";
import { dataStep } from "./step_data.js";
import { rulesStep } from "./step_rules.js";
import { runStep } from "./step_run.js";
import { emptyState, forget, keep, scenarioId, storedState } from "./state.js";
import { STEPS, placeOf } from "./steps.js";
import { textView } from "./text_view.js";

const DRAW = { data: dataStep, columns: columnsStep, aims: aimsStep, rules: rulesStep, check: checkStep, run: runStep };
const UNNAMED = "New scenario";

const wizard = {
  state: storedState() ?? emptyState(),
  datasets: [],
  checked: null,
  isText: false,
  changed() {
    wizard.checked = null;
    keep(wizard.state);
  },
  documentToSend: () => ({ name: UNNAMED, ...copyOf(wizard.state.document) }),
  take(document) {
    wizard.state.document = document;
    wizard.state.datasets = datasetsOf(document);
    wizard.state.files = [];
    wizard.changed();
    wizard.showState();
  },
  guess: () => guess(wizard),
  replace: (before, after) => replace(wizard, before, after),
  go,
  goButton: (name, kind = "", words = `Go to ${STEPS[placeOf(name)].title}`) => button(words, () => go(name), kind),
  openText: () => showText(true),
  closeText: () => showText(false),
  show,
  showState,
  finishButtons: () => finishButtons(wizard),
};

async function begin() {
  try {
    wizard.datasets = await allDatasets();
    if (scenarioId && !wizard.state.scenarioId) await readScenario();
    const wanted = placeOf(location.hash.slice(1));
    if (wanted >= 0) wizard.state.step = wanted;
    byId("text-view").addEventListener("click", () => showText(!wizard.isText));
    byId("over").addEventListener("click", startOver);
    byId("over").textContent = scenarioId ? "Drop my changes" : "Start over";
    addEventListener("hashchange", () => placeOf(location.hash.slice(1)) >= 0 && go(location.hash.slice(1)));
    await show();
  } catch (problem) {
    fill(byId("panel"), problemNotice(problem, [link("Go to the scenarios", "/"), button("Try again", () => location.reload())]));
    document.documentElement.dataset.ready = "yes";
  }
}

async function readScenario() {
  const { data, revision } = await call("GET", `/v1/scenarios/${scenarioId}`);
  wizard.state = { ...emptyState(), scenarioId, revision, name: data.name, original: data.document, document: copyOf(data.document), datasets: datasetsOf(data.document), isMapped: true, step: placeOf("aims") };
}

async function startOver() {
  const words = scenarioId ? ["Drop your changes?", "The scenario stays as it was saved last."] : ["Start over?", "What was said so far is forgotten. The files stay."];
  if (!(await confirmed(words[0], words[1], scenarioId ? "Drop them" : "Start over", "danger"))) return;
  forget();
  location.hash = "";
  location.reload();
}

function go(name) {
  wizard.state.step = placeOf(name);
  wizard.isText = false;
  keep(wizard.state);
  history.replaceState(null, "", `#${name}`);
  show().then(() => byId("step-title").focus());
}

function showText(is) {
  wizard.isText = is;
  show().then(() => byId("step-title").focus());
}

// Draws the present step anew; what has the focus or is folded out stays so.
async function show(openPart = "") {
  wizard.openPart = openPart;
  const step = STEPS[wizard.state.step];
  showState();
  byId("step-title").textContent = wizard.isText ? "As text" : step.title;
  byId("step-lead").textContent = wizard.isText ? "" : step.lead;
  document.documentElement.removeAttribute("data-ready");
  try {
    if (step.name !== "data" && wizard.state.datasets.length && !wizard.state.files.length) await wizard.guess();
    const parts = wizard.isText ? [await textView(wizard)] : await DRAW[step.name](wizard);
    redrawn(byId("panel"), parts);
  } catch (problem) {
    fill(byId("panel"), problemNotice(problem, [button("Try again", () => show())]));
  }
  fill(byId("turns"), wizard.isText ? [] : turns());
  if (step.name !== "check" || wizard.isText) document.documentElement.dataset.ready = "yes";
}

function turns() {
  const { step } = wizard.state;
  const back = STEPS[step - 1];
  const next = STEPS[step + 1];
  const isStuck = step === 0 && !wizard.state.datasets.length;
  return [
    back ? button(`Back to ${back.title}`, () => go(back.name)) : null,
    next ? button(`Next: ${next.title}`, () => go(next.name), "primary", { disabled: isStuck }) : null,
    isStuck ? make("span", { class: "hint" }, "Choose at least one file first.") : null,
  ];
}

// The steps with where one is and how each stands.
function showState() {
  const { state } = wizard;
  byId("title").textContent = state.scenarioId ? state.document.name ?? state.name : state.document.name || UNNAMED;
  byId("back").href = state.scenarioId ? `/scenarios/${state.scenarioId}` : "/";
  byId("back").textContent = state.scenarioId ? "Back to the scenario" : "Back to the scenarios";
  fill(byId("steps"), STEPS.map((step, place) => make("li", {},
    make("button", { type: "button", class: "step", "aria-current": place === state.step && !wizard.isText ? "step" : null, onclick: () => go(step.name) },
      make("span", { class: "step-number", "aria-hidden": "true" }, String(place + 1)),
      make("span", {}, step.title, make("span", { class: "step-state" }, stateOf(step.name)))))));
  byId("text-view").setAttribute("aria-pressed", String(wizard.isText));
  fill(byId("turns"), wizard.isText ? [] : turns());
}

function stateOf(name) {
  const { state, checked } = wizard;
  if (name === "data") return state.datasets.length ? `${state.datasets.length} chosen` : "nothing chosen yet";
  if (name === "columns") return state.guessed.some((guessed) => guessed.is_doubtful) ? "please check" : "";
  if (name === "check" && checked) return checked.usable ? "can run" : "to be mended";
  return "";
}

window.addEventListener("unhandledrejection", (event) => toastProblem(event.reason));
begin();
