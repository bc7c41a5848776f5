// Who did what to a scenario: filtered, in plain words, and with the way back where there is one.

import { all, call, get } from "../api.js";
import { button, byId, fill, link, make } from "../dom.js";
import { ago, moment, valueWords } from "../format.js";
import { showProblem, toast, toastProblem } from "../notice.js";
import { isEditable, may, openScenario, placeOf, ready, scenarioId } from "../scenario/head.js";
import { KINDS, differences, moveLines, wordsOf } from "./words.js";

const wanted = { kind: "", user: "", words: "" };

async function load() {
  try {
    const opened = await openScenario("/history");
    const id = scenarioId();
    const [events, moves] = await Promise.all([all(`/v1/scenarios/${id}/history`), all(`/v1/scenarios/${id}/moves`)]);
    const told = events.map((event) => ({ ...event, ...wordsOf(event) })).reverse();
    const state = { ...opened, told, moves: new Map(moves.map((move) => [move.id, move])) };
    byId("filters").hidden = !told.length;
    showFilters(state);
    showEvents(state);
    byId("history").hidden = false;
  } catch (problem) {
    showProblem(byId("notice"), problem, [link("Back to the scenarios", "/", "small")]);
  }
  ready();
}

function showFilters(state) {
  const people = [...new Set(state.told.map((event) => event.user))].sort();
  const kinds = Object.entries(KINDS).map(([value, words]) => [value, words]);
  fill(byId("filters"),
    choice("What", "kind", [["", "Everything"], ...kinds], state),
    choice("Who", "user", [["", "Everybody"], ...people.map((name) => [name, name])], state),
    make("div", { class: "field" }, make("label", { for: "words" }, "Search"),
      make("input", { id: "words", type: "search", value: wanted.words, placeholder: "unit, rep, words", oninput: (event) => narrow("words", event.target.value, state) })));
}

function choice(label, name, options, state) {
  const select = make("select", { id: name, onchange: (event) => narrow(name, event.target.value, state) }, options.map(([value, words]) => make("option", { value }, words)));
  select.value = wanted[name];
  return make("div", { class: "field" }, make("label", { for: name }, label), select);
}

function narrow(name, value, state) {
  wanted[name] = value;
  showEvents(state);
}

function showEvents(state) {
  const words = wanted.words.trim().toLowerCase();
  const fits = (event) =>
    (!wanted.kind || event.kind === wanted.kind) && (!wanted.user || event.user === wanted.user) &&
    (!words || [event.words, event.detail.said, ...lines(event, state)].join(" ").toLowerCase().includes(words));
  const shown = state.told.filter(fits);
  fill(byId("events"), shown.length ? table(shown, state) : make("p", { class: "card soft" }, state.told.length ? "Nothing fits the filters. Choose “Everything” and “Everybody” to see all." : "Nobody has changed anything here yet. Moves, locks, comments and decisions will be listed."));
}

function table(events, state) {
  const head = ["When", "Who", "What", "Step"].map((words) => make("th", { scope: "col" }, words));
  const rows = events.map((event) => make("tr", {},
    make("td", {}, make("time", { datetime: event.created_at, title: moment(event.created_at) }, ago(event.created_at))),
    make("td", {}, event.user),
    make("td", {}, make("p", {}, event.words), event.detail.said ? make("p", { class: "soft" }, `“${event.detail.said}”`) : null, more(event, state)),
    make("td", {}, step(event, state))));
  return make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": "Events" }, make("table", { class: "events" },
    make("caption", { class: "unseen" }, "History, the last first"),
    make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows)));
}

const moveOf = (event, { moves }) => moves.get(event.detail.move);

const lines = (event, state) => moveLines(moveOf(event, state)?.changes ?? []);

function more(event, state) {
  if (event.action === "scenario.change") return versions(event.detail.version);
  const told = lines(event, state);
  return told.length ? make("ul", { class: "small" }, told.map((line) => make("li", {}, line))) : null;
}

// What a version changed is read only when somebody asks for it.
function versions(version) {
  const place = make("ul", { class: "small" });
  const read = async (event) => {
    if (!event.target.open || place.childElementCount) return;
    const path = `/v1/scenarios/${scenarioId()}/versions`;
    try {
      const [before, after] = await Promise.all([get(`${path}/${version - 1}`), get(`${path}/${version}`)]);
      const found = differences(before, after).map(([field, old, fresh]) => `${field}: ${valueWords(old)} → ${valueWords(fresh)}`);
      fill(place, (found.length ? found : ["Nothing differs."]).map((line) => make("li", {}, line)));
    } catch (problem) {
      toastProblem(problem);
    }
  };
  return make("details", { class: "small", ontoggle: read }, make("summary", {}, "What changed"), place);
}

function step(event, state) {
  const move = moveOf(event, state);
  if (event.action === "scenario.move" && move) return undoing(move, state);
  if (event.action.startsWith("comment.")) return link("See the comments", placeOf(state.scenario.id, "/review"));
  return null;
}

function undoing(move, state) {
  if (move.undone_by) return make("span", { class: "soft small" }, "taken back");
  const { scenario, who } = state;
  const isLast = move.after_plan_id === scenario.plan_id && [...state.moves.values()].every((one) => one.undoes || one.undone_by || one.number <= move.number);
  if (!may(who, "planner") || !isEditable(scenario)) return null;
  if (!isLast) return make("span", { class: "soft small" }, "Undo later changes first");
  return button("Undo", () => undo(state), "small");
}

async function undo({ scenario, revision }) {
  try {
    await call("POST", `/v1/scenarios/${scenario.id}/undo`, { revision });
    toast("good", "The change was taken back.", { text: "The plan and its figures are as before." });
  } catch (problem) {
    toastProblem(problem);
  }
  await load();
}

load();
