// What people say about a scenario and its parts: write, read, resolve, open again.

import { newKey, post } from "../api.js";
import { button, fill, make } from "../dom.js";
import { ago, moment } from "../format.js";
import { showProblem, toastProblem } from "../notice.js";
import { may, scenarioId } from "../scenario/head.js";

const ABOUT = { scenario: "The scenario as a whole", territory: "A territory", unit: "A unit", account: "An account" };
const NAMED = { territory: "Code of the territory", unit: "Id of the unit", account: "Id of the account" };
let showsAll = false;

export function showComments(place, state) {
  const open = state.comments.filter((comment) => !comment.resolved_at);
  const shown = showsAll ? state.comments : open;
  const kinds = [[`Open (${open.length})`, false], [`All (${state.comments.length})`, true]];
  const switches = kinds.map(([words, value]) => button(words, () => { showsAll = value; showComments(place, state); }, "small", { "aria-pressed": String(showsAll === value) }));
  fill(place,
    write(state),
    make("div", { class: "actions", role: "group", "aria-label": "Which comments" }, switches),
    shown.length ? make("ol", { class: "comments" }, [...shown].reverse().map((comment) => item(comment, state))) : make("p", { class: "soft" }, state.comments.length ? "No open comment." : "Nobody has said anything yet. Be the first."));
}

// The place a comment is about, given in the address as ?about=unit&subject=48201, is filled in.
function write({ scenario, again }) {
  const asked = new URLSearchParams(location.search);
  const trouble = make("div");
  const about = make("select", { id: "about" }, Object.entries(ABOUT).map(([value, words]) => make("option", { value }, words)));
  const subject = make("input", { id: "subject", maxlength: 500, autocomplete: "off", spellcheck: "false" });
  const label = make("label", { for: "subject" });
  const named = make("div", { class: "field" }, label, subject);
  const text = make("textarea", { id: "comment", maxlength: 4000 });
  const follow = () => {
    named.hidden = about.value === "scenario";
    label.textContent = NAMED[about.value] ?? "";
  };
  about.addEventListener("change", follow);
  if (ABOUT[asked.get("about")]) [about.value, subject.value] = [asked.get("about"), asked.get("subject") ?? ""];
  follow();
  const key = newKey();
  const send = async (event) => {
    event.preventDefault();
    const body = { about: about.value, subject: about.value === "scenario" ? "" : subject.value.trim(), text: text.value.trim() };
    const missing = !body.text ? text : about.value !== "scenario" && !body.subject ? subject : null;
    if (missing) {
      missing.setAttribute("aria-invalid", "true");
      return missing.focus();
    }
    try {
      await post(`/v1/scenarios/${scenario.id}/comments`, body, { key });
      await again();
    } catch (problem) {
      showProblem(trouble, problem);
    }
  };
  return make("form", { class: "write", onsubmit: send, novalidate: true },
    trouble,
    make("div", { class: "about" }, make("div", { class: "field" }, make("label", { for: "about" }, "About"), about), named),
    make("div", { class: "field" }, make("label", { for: "comment" }, "Your comment"), text),
    make("div", { class: "actions" }, make("button", { type: "submit", class: "button primary" }, "Add comment")));
}

function item(comment, { who, again }) {
  const path = `/v1/scenarios/${scenarioId()}/comments/${comment.id}`;
  const mark = (name) => post(`${path}/${name}`).then(again, toastProblem);
  const isMine = comment.created_by === who.user_id || may(who, "planner");
  const action = comment.resolved_at ? button("Open again", () => mark("reopen"), "plain small") : button("Resolve", () => mark("resolve"), "small");
  const subject = comment.about === "scenario" ? "scenario" : `${comment.about} ${comment.subject}`;
  return make("li", { class: `comment ${comment.resolved_at ? "resolved" : ""}`.trim() },
    make("div", { class: "row" },
      make("span", {}, make("strong", {}, comment.author), " on ", make("span", { class: "badge" }, subject)),
      make("time", { class: "small soft", datetime: comment.created_at, title: moment(comment.created_at) }, ago(comment.created_at))),
    make("p", { class: "said" }, comment.text),
    comment.resolved_at ? make("p", { class: "small soft" }, `Resolved by ${comment.resolver ?? "somebody"}, ${ago(comment.resolved_at)}`) : null,
    isMine ? make("div", { class: "actions" }, action) : null);
}
