// Where a scenario stands on its way to approval, and the buttons of whoever may go on.

import { call } from "../api.js";
import { button, fill, link, make } from "../dom.js";
import { gapPercent, km, moment, percent, plural } from "../format.js";
import { term } from "../glossary.js";
import { notice, showProblem, toast } from "../notice.js";
import { isEditable, may, placeOf } from "../scenario/head.js";

const STEPS = {
  "scenario.create": ["done", "wrote the scenario"],
  "scenario.fork": ["done", "made this copy"],
  "scenario.adopt": ["done", "made it of a what-if"],
  "scenario.submitted": ["done", "asked for approval"],
  "scenario.approved": ["done", "approved the plan"],
  "scenario.rejected": ["refused", "sent it back"],
  "scenario.archived": ["", "closed the scenario"],
};

const NEXT = {
  draft: "Next: somebody submits the plan for approval.",
  rejected: "Next: the plan is reworked and submitted again.",
  submitted: "Next: an approver who did not submit it approves it or sends it back.",
};

export function showDecision(place, state) {
  fill(place, figures(state.plan), steps(state), choice(state));
}

function figures(plan) {
  if (!plan || plan.summary.territories === undefined) return null;
  const { summary } = plan;
  const told = [
    [summary.banded ? `${summary.in_band} of ${summary.banded}` : "–", ["territories ", term("in band")]],
    [percent(summary.moved_potential_percent), [term("disruption", "of potential changes hands")]],
    [km(summary.mean_km), [term("compactness", "mean distance")]],
    [gapPercent(summary.gap), [term("gap", "proven gap")]],
    [String(summary.broken), [term("broken rule", "hard rules broken")]],
  ];
  return make("dl", { class: "figures" }, told.map(([value, words]) => make("div", { class: "figure" }, make("dt", {}, words), make("dd", {}, value))));
}

function steps({ scenario, history }) {
  const past = history.filter((event) => STEPS[event.action]);
  const items = past.map((event) => {
    const [kind, words] = STEPS[event.action];
    return make("li", { class: kind },
      make("p", {}, make("strong", {}, event.user), ` ${words}`),
      make("p", { class: "small soft" }, moment(event.created_at)),
      event.detail.said ? make("q", {}, event.detail.said) : null);
  });
  if (NEXT[scenario.status]) items.push(make("li", { class: "now" }, make("p", { class: "soft" }, NEXT[scenario.status])));
  return make("ol", { class: "steps" }, items);
}

function choice(state) {
  const { scenario, who } = state;
  if (scenario.status === "submitted") return may(who, "approver") ? decide(state) : said("An approver decides.", "You can still comment.");
  if (isEditable(scenario)) return may(who, "planner") ? submit(state) : said("A planner submits the plan.", "You can comment on it here.");
  if (scenario.status === "approved") return approved(scenario);
  return said("This scenario is closed.", "It stays readable; make a copy to go on.");
}

const said = (title, text) => notice("info", title, { text });

function approved(scenario) {
  return notice("good", "The plan is approved.", {
    text: "Nobody can edit it any more; a copy can be edited.",
    actions: [link("Export it", placeOf(scenario.id, "/exports"), "primary small"), link("Send packs to managers", placeOf(scenario.id, "/pack"), "small")],
  });
}

function submit(state) {
  if (!state.scenario.plan_id) {
    return notice("warn", "There is no plan to submit yet.", { text: "Run the scenario first.", actions: [link("Open it", placeOf(state.scenario.id), "small")] });
  }
  const words = words_("Note for the approver", "Optional: what is new, what to look at.");
  const send = button("Submit for approval", () => step(state, "submit", words.field.value, "Submitted. It cannot be edited until somebody decides."), "primary");
  return make("div", { class: "form" }, words.element, openNote(state.open), make("div", { class: "actions" }, send));
}

function decide(state) {
  const isOwn = state.scenario.submitted_by === state.who.user_id;
  const words = words_("Your reasons", "Needed to send it back; kept with an approval too.");
  const why = isOwn ? notice("warn", "You submitted this yourself.", { text: "Nobody approves their own submission: ask another approver." }) : null;
  if (why) why.id = "own-submission";
  const more = isOwn ? { "aria-disabled": "true", "aria-describedby": "own-submission" } : {};
  const ask = (name, text) => () => !isOwn && step(state, name, words.field.value, text);
  const approve = button("Approve", ask("approve", "Approved."), "primary", more);
  const reject = button("Send back", () => {
    if (isOwn) return;
    if (!words.field.value.trim()) return words.complain("Say what has to change, so that the planner can act on it.");
    step(state, "reject", words.field.value, "Sent back to be reworked.");
  }, "danger", more);
  return make("div", { class: "form" }, why, isOwn ? null : words.element, openNote(state.open), make("div", { class: "actions" }, approve, reject));
}

const openNote = (count) => (count ? make("p", { class: "hint" }, `${plural(count, "comment is", "comments are")} still open.`) : null);

// A field for several lines: { element, field, complain(text) }.
function words_(label, hint) {
  const field = make("textarea", { id: "decision-words", maxlength: 4000, "aria-describedby": "decision-hint" });
  const under = make("p", { class: "hint", id: "decision-hint" }, hint);
  const complain = (text) => {
    under.textContent = text;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };
  return { element: make("div", { class: "field" }, make("label", { for: "decision-words" }, label), field, under), field, complain };
}

async function step(state, name, comment, done) {
  try {
    await call("POST", `/v1/scenarios/${state.scenario.id}/${name}`, { body: { comment: comment.trim() }, revision: state.revision });
    toast("good", done);
    await state.again();
  } catch (problem) {
    if (problem.code === "stale" || problem.code === "wrong-state") await state.again();
    showProblem(document.getElementById("notice"), problem);
  }
}
