// Rules of one kind as a short table, to which lines are added and from which they are removed.

import { plainly } from "../data/names.js";
import { button, make } from "../dom.js";
import { toast } from "../notice.js";
import { plural } from "../format.js";
import { setAt, valueAt } from "./document.js";
import { grid, more, text } from "./fields.js";

const PAIRS = new Set(["lock", "forbid"]);
const MOST = 50;

export function ruleList(wizard, kind, title, hint) {
  const rules = valueAt(wizard.state.document, `rules.${kind}`);
  const words = `${title}${Array.isArray(rules) && rules.length ? ` (${rules.length})` : ""}`;
  if (rules !== undefined && !Array.isArray(rules)) {
    return more(words, make("p", { class: "hint" }, typeof rules === "string" ? `These rules stand in ${plainly(rules, wizard.datasets ?? [])}.` : `Places with the same ${rules.column} stay together.`, " The text view changes that."));
  }
  const list = rules ?? [];
  const changed = (next) => {
    setAt(wizard.state.document, `rules.${kind}`, next.length ? next : undefined);
    wizard.changed();
    wizard.show(`rule-${kind}`);
  };
  const box = more(words, make("p", { class: "hint" }, hint), list.length ? table(kind, title, list, changed) : null, PAIRS.has(kind) ? pairForm(list, changed) : groupForm(list, changed));
  box.id = `rule-${kind}`;
  box.open = wizard.openPart === box.id;
  return box;
}

function table(kind, title, list, changed) {
  const heads = PAIRS.has(kind) ? ["Place", "Rep", "Why", ""] : ["Places", "Why", ""];
  const row = (rule, place) => make("tr", {},
    make("td", {}, make("span", { class: "id" }, placesOf(rule))),
    PAIRS.has(kind) ? make("td", {}, make("span", { class: "id" }, rule.rep)) : null,
    make("td", {}, rule.reason ?? ""),
    make("td", {}, button("Remove", () => changed(list.filter((_, i) => i !== place)), "small", { "aria-label": `Remove ${placesOf(rule)}` })));
  return make("div", { class: "table-frame" },
    make("table", { class: "tight" },
      make("caption", { class: "unseen" }, title),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head || make("span", { class: "unseen" }, "Remove"))))),
      make("tbody", {}, list.slice(0, MOST).map(row))),
    list.length > MOST ? make("p", { class: "hint" }, `and ${plural(list.length - MOST, "more rule")}; the text view has them all`) : null);
}

function placesOf(rule) {
  if (rule.where) return Object.entries(rule.where).map(([column, value]) => `${column} = ${value}`).join(", ");
  if (rule.column) return `same ${rule.column}`;
  return rule.unit ?? rule.units.join(", ");
}

function pairForm(list, changed) {
  const rule = {};
  return make("div", { class: "line" },
    grid(
      text("ID of the place", "", "", (value) => { rule.unit = value; }),
      text("ID of the rep", "", "", (value) => { rule.rep = value; }),
      text("Why", "For the report.", "", (value) => { rule.reason = value; })),
    button("Add the rule", () => {
      if (!rule.unit || !rule.rep) return toast("warn", "A place and a rep are needed.");
      changed([...list, { unit: rule.unit, rep: rule.rep, ...(rule.reason ? { reason: rule.reason } : {}) }]);
    }, "small"));
}

function groupForm(list, changed) {
  let units = [];
  return make("div", { class: "line" },
    grid(text("IDs of the places", "At least two, with commas between them.", "", (value) => { units = value.split(",").map((unit) => unit.trim()).filter(Boolean); })),
    button("Add the rule", () => {
      if (units.length < 2) return toast("warn", "At least two places are needed.");
      changed([...list, { units }]);
    }, "small"));
}
