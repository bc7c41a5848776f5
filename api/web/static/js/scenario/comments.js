// What people say about the scenario and its places: marks on the map and in the lists, and a tab to read and write it.

import { all, newKey, post } from "../api.js";
import { button, fill, link, make } from "../dom.js";
import { ago, moment, plural } from "../format.js";
import { problemNotice, toast, toastProblem } from "../notice.js";
import { placeOf } from "./places.js";

// A count of comments as a small bubble; nothing where there is none.
export const bubble = (count) => (count ? make("span", { class: "said", title: plural(count, "open comment") }, make("span", { "aria-hidden": "true" }, String(count)), make("span", { class: "unseen" }, ` ${plural(count, "open comment")}`)) : null);

// Reads the open comments; `desk.said` counts them by row and by territory.
export async function readComments(desk) {
  const comments = await all(`/v1/scenarios/${desk.scenario.id}/comments`);
  desk.comments = comments.filter((comment) => !comment.resolved_at);
  desk.said = { rows: new Map(), territories: new Map() };
  for (const comment of desk.comments) {
    const { kind, at } = spot(desk, comment);
    if (kind) desk.said[kind].set(at, (desk.said[kind].get(at) ?? 0) + 1);
  }
  desk.tell("comments");
}

// Where a comment belongs on the map; of accounts and of what is gone it is not known.
function spot(desk, { about, subject }) {
  const at = about === "unit" ? (desk.units.rowOf.get(subject) ?? -1) : about === "territory" ? desk.plan.territories.findIndex(({ code }) => code === subject) : -1;
  return at < 0 ? {} : { kind: about === "unit" ? "rows" : "territories", at };
}

// The tab of the comments; write() leads to its form, which is about the place that is selected.
export function commentsTab(desk, planMap) {
  const list = make("div");
  const trouble = make("div");
  const about = make("select", { id: "about" });
  const text = make("textarea", { id: "comment", rows: "3", maxlength: "4000" });
  let label = null;

  function show(panel, count) {
    label = count;
    fill(panel,
      make("form", { class: "pad form-comment", onsubmit: send, novalidate: true }, trouble,
        make("div", { class: "field" }, make("label", { for: "about" }, "About"), about),
        make("div", { class: "field" }, make("label", { for: "comment" }, "Your comment"), text),
        make("div", { class: "actions" }, make("button", { type: "submit", class: "button primary small" }, "Add comment"), link("All comments, and the decision", placeOf(desk.scenario.id, "/review")))),
      list);
    desk.on("comments", draw);
    desk.on("selection", () => panel.hidden || offer());
  }

  function offer() {
    const places = [...subjects(desk), ["scenario", "", "The scenario as a whole"]];
    fill(about, places.map(([kind, subject, words]) => make("option", { value: JSON.stringify([kind, subject]) }, words)));
  }

  function draw() {
    label(desk.comments.length);
    fill(list, desk.comments.length ? make("ol", { class: "changes" }, desk.comments.toReversed().map(line)) : make("p", { class: "pad soft" }, "No open comment. Select a unit or a territory to say something about it."));
  }

  function line(comment) {
    const { kind, at } = spot(desk, comment);
    const name = kind === "rows" ? desk.nameOf(at) : kind === "territories" ? desk.territoryName(at) : comment.about === "scenario" ? "The scenario" : `${comment.about} ${comment.subject}`;
    return make("li", {},
      make("div", {},
        make("strong", {}, name), make("p", { class: "said-text" }, comment.text),
        make("span", { class: "soft small" }, `${comment.author}, `, make("time", { datetime: comment.created_at, title: moment(comment.created_at) }, ago(comment.created_at)))),
      kind ? button("Show", () => point(kind, at), "small plain", { "aria-label": `Show on the map: ${name}` }) : null);
  }

  function point(kind, at) {
    const rows = kind === "rows" ? [at] : desk.plan.figures[at].rows;
    desk.select(rows);
    planMap.showRows(rows);
  }

  async function send(event) {
    event.preventDefault();
    const [kind, subject] = JSON.parse(about.value);
    const said = text.value.trim();
    text.toggleAttribute("aria-invalid", !said);
    if (!said) return text.focus();
    try {
      await post(`/v1/scenarios/${desk.scenario.id}/comments`, { about: kind, subject, text: said }, { key: newKey() });
      text.value = "";
      fill(trouble);
      toast("good", "Your comment is added.", { text: "It stands in the review too." });
      await readComments(desk);
    } catch (problem) {
      fill(trouble, problemNotice(problem));
    }
  }

  function opened() {
    offer();
    readComments(desk).catch(toastProblem);
  }

  return { id: "comments", words: "Comments", show, opened, write: () => text.focus() };
}

// [kind, subject, words] of what is selected: a unit and its territory, or the one territory of several units.
function subjects(desk) {
  const rows = [...desk.selected];
  const seats = new Set(rows.flatMap((row) => desk.plan.holders(row).map(([territory]) => territory)));
  const found = rows.length === 1 ? [["unit", desk.units.id[rows[0]], `Unit ${desk.nameOf(rows[0])}`]] : [];
  if (seats.size === 1) found.push(...[...seats].map((at) => ["territory", desk.plan.territories[at].code, `Territory ${desk.territoryName(at)}`]));
  return found;
}
