// Findings: what is wrong or doubtful, where it stands, and what to do about it.

import { plainly } from "./data/names.js";
import { button, make } from "./dom.js";
import { number, plural } from "./format.js";
import { inFormWords } from "./hints.js";

const LEVELS = { error: ["bad", "✕", "Error"], warning: ["warn", "!", "Warning"], note: ["info", "i", "Note"] };
const ORDER = ["error", "warning", "note"];
const MOST = 200;
const ALIKE = 4; // of one kind that are shown at once

export const countOf = (findings, level) => findings.filter((finding) => finding.level === level).length;

// "2 errors, 1 warning", or "" for none.
export function counted(findings) {
  return ORDER.map((level) => [countOf(findings, level), level]).filter(([count]) => count).map(([count, level]) => plural(count, level)).join(", ");
}

// A table of findings; `datasets` give files their names, `step(finding)` may return a button that leads to its remedy.
export function findingsTable(findings, { datasets = [], step = null, caption = "Findings" } = {}) {
  const sorted = ORDER.flatMap((level) => findings.filter((finding) => finding.level === level));
  const heads = ["Kind", "What and what to do", "Where", "Value", ...(step ? [""] : [])];
  return make("div", { class: "table-frame findings" },
    make("table", { class: "tight" },
      make("caption", { class: "unseen" }, caption),
      make("thead", {}, make("tr", {}, heads.map((words) => make("th", { scope: "col" }, words || make("span", { class: "unseen" }, "Next step"))))),
      make("tbody", {}, rows(sorted.slice(0, MOST), datasets, step))),
    sorted.length > MOST ? make("p", { class: "hint more" }, `and ${plural(sorted.length - MOST, "more finding")}`) : null);
}

// Findings of one kind stand together; where there are many, the rest comes at a press.
function rows(findings, datasets, step) {
  const kinds = new Map();
  for (const finding of findings) {
    const key = `${finding.level} ${finding.code}`;
    if (!kinds.has(key)) kinds.set(key, []);
    kinds.get(key).push(row(finding, datasets, step));
  }
  return [...kinds.values()].flatMap((lines) => (lines.length > ALIKE + 1 ? folded(lines) : lines));
}

function folded(lines) {
  const rest = lines.slice(ALIKE);
  for (const line of rest) line.hidden = true;
  const unfold = () => {
    for (const line of rest) line.hidden = false;
    more.remove();
    rest[0].querySelector("button")?.focus();
  };
  const more = make("tr", {}, make("td", { colspan: "5" }, button(`Show ${rest.length} more like these`, unfold, "small")));
  return [...lines, more];
}

function row(finding, datasets, step) {
  const [kind, sign, words] = LEVELS[finding.level] ?? LEVELS.note;
  return make("tr", {},
    make("td", {}, make("span", { class: `badge ${kind}` }, make("span", { "aria-hidden": "true" }, sign), words)),
    make("td", {}, plainly(finding.message, datasets), finding.hint ? make("div", { class: "hint" }, inFormWords(plainly(finding.hint, datasets))) : null),
    make("td", {}, place(finding, datasets)),
    make("td", { class: "cell" }, finding.value ? make("span", { class: "id" }, plainly(clipped(finding.value), datasets)) : "–"),
    step ? make("td", {}, step(finding)) : null);
}

const clipped = (text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

function place(finding, datasets) {
  const parts = [];
  if (finding.file) parts.push(make("div", {}, plainly(finding.file, datasets)));
  if (finding.row) parts.push(make("div", { class: "row-number" }, `${finding.file ? "row" : "line"} ${number(finding.row)}`));
  if (finding.field) parts.push(make("div", { class: "id" }, finding.field));
  return parts.length ? parts : "the whole scenario";
}
