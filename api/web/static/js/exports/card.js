// One form of the menu: its line, its button, and what has to be given with it.

import { button, make } from "../dom.js";
import { making, saveAnswer, saveButton } from "../download.js";
import { toastProblem } from "../notice.js";
import { may } from "../scenario/head.js";
import { showChanges } from "./changes.js";
import { makeByRun } from "./making.js";

// What a plan may lack for a form, and what to do about it.
const LACKS = {
  accounts: "Needs accounts: give the scenario a list of accounts and run it again.",
  today: "Needs today’s reps: name the column of today’s rep of each unit and run it again.",
  managers: "Needs managers: add a column “manager” or “region” to the list of reps and run it again.",
};

// Forms that change records of the CRM: nobody downloads them without having seen what they do.
const CHANGES = new Set(["owners", "territory2-delta"]);

export function plainCard([title, about, file], { plan, name }) {
  return card(title, about, file, saveButton(`/v1/plans/${plan.id}/files/${file}`, `${name}-${file}`, title));
}

export function formCard(form, state) {
  const file = form.file.endsWith("/") ? `${form.file.slice(0, -1)}.zip` : form.file;
  const missing = form.needs.filter((need) => LACKS[need]);
  if (missing.length) return card(form.title, form.about, file, null, missing.map((need) => make("p", { class: "hint" }, LACKS[need])));
  const extras = given(form, state);
  const path = `/v1/scenarios/${state.scenario.id}/exports`;
  const take = (run) => async (event) => {
    const control = event.target;
    const body = await extras.read();
    if (!body) return;
    await making(control, () => run({ form: form.name, ...body }).catch(toastProblem));
  };
  const name = `${state.name}-${file}`;
  const words = make("p", { class: "hint", role: "status" }, "Takes a while for a plan of this size.");
  const action = form.is_slow && may(state.who, "planner")
    ? button("Make it", () => makeByRun(form, state, name, words), "small", { "aria-label": `Make ${form.title}` })
    : CHANGES.has(form.name)
    ? button("See what changes", take((body) => showChanges(form, path, body, name)), "small", { "aria-label": `See what ${form.title} change` })
    : button("Download", take((body) => saveAnswer(path, body, name)), "small", { "aria-label": `Download ${form.title}` });
  return card(form.title, form.about, file, action, [extras.element, form.is_slow ? words : null]);
}

function card(title, about, file, actions, more = []) {
  return make("li", { class: "card form-card" },
    make("h4", {}, title),
    make("p", {}, about),
    ...[more].flat(),
    make("div", { class: "row foot" }, make("code", { class: "small soft" }, file), actions ? make("div", { class: "actions" }, actions) : make("span", { class: "badge" }, "Not for this plan")));
}

// Fields for what goes along with a form: { element, read() }; read gives the body, or nothing where something is missing.
function given(form, { earlier }) {
  const wants = (name) => form.needs.includes(name) || form.takes.includes(name);
  const parts = [];
  const readers = [];
  if (wants("earlier")) {
    const id = `earlier-${form.name}`;
    const select = make("select", { id, class: "small-field" },
      make("option", { value: "" }, form.needs.includes("earlier") ? "Choose a plan" : "None"),
      earlier.map((one) => make("option", { value: one.plan_id }, one.name)));
    parts.push(field(id, "Plan in force now", select));
    readers.push(() => required(select, form.needs.includes("earlier")) && { ...(select.value && { earlier_plan_id: select.value }) });
  }
  if (wants("mapping")) {
    const id = `mapping-${form.name}`;
    const input = make("input", { id, type: "file", class: "small-field", accept: ".yaml,.yml" });
    parts.push(field(id, "Mapping document", input));
    readers.push(async () => required(input, true) && { mapping: await input.files[0].text() });
  }
  return { element: parts.length ? make("div", { class: "stack" }, parts) : null, read: () => (readers.length ? collected(readers) : {}) };
}

const field = (id, label, control) => make("div", { class: "field" }, make("label", { for: id, class: "small" }, label), control);

function required(control, isNeeded) {
  const isMissing = isNeeded && !control.value;
  control.setAttribute("aria-invalid", String(isMissing));
  if (isMissing) control.focus();
  return !isMissing;
}

function collected(readers) {
  return Promise.all(readers.map((read) => read())).then((found) => (found.every(Boolean) ? Object.assign({}, ...found) : null));
}
