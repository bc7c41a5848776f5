// What to know about the plan: rules it breaks, why no better one was found, and what was found in the data.

import { button, fill, make } from "../dom.js";
import { checks } from "./checks.js";

const LEVELS = { error: ["bad", "Error"], warning: ["warn", "Warning"], note: ["info", "Note"] };

export function findingsTab(desk, planMap) {
  let broken = null;
  let label = null;

  function show(panel, count) {
    label = count;
    broken = make("ul", { class: "checks" });
    fill(panel, make("h2", { class: "unseen" }, "Rules and findings"), broken, make("ul", { class: "checks" }, [...reasons(), ...desk.report.findings.map(finding)]));
    desk.on("plan", draw);
    draw();
  }

  function draw() {
    const found = checks(desk);
    const items = found.map((one) => {
      const isNew = !desk.saved.broken.has(one.key);
      return item("bad", isNew ? "Broken by your changes" : "Broken rule", one.text, button("Show", () => point(one), "small", { "aria-label": `Show on the map: ${one.text}` }));
    });
    if (desk.who.region) items.push(item("info", "Not told for one region", "Rules hold for the whole plan. Ask a planner what it breaks.", null));
    else if (!found.length) items.push(item("good", "Every rule is kept", "The plan on the screen breaks none of the rules.", null));
    fill(broken, items);
    label(found.length);
  }

  function point(one) {
    desk.mark(one.rows);
    planMap.showRows(one.rows);
  }

  const reasons = () => desk.report.reasons.map((reason) => item("warn", reason.kind === "conflict" ? "In conflict" : "What would help", reason.text, null));

  return { id: "findings", words: "Checks", show };
}

function finding(one) {
  const [kind, words] = LEVELS[one.level] ?? LEVELS.note;
  const place = [one.file, one.row ? `row ${one.row}` : "", one.field].filter(Boolean).join(", ");
  return item(kind, place ? `${words} in ${place}` : words, `${one.message} ${one.hint}`, null);
}

function item(kind, title, text, action) {
  return make("li", {}, make("span", { class: `badge ${kind}` }, { bad: "✕", warn: "!", good: "✓", info: "i" }[kind]), make("div", {}, make("strong", {}, title), make("div", { class: "small" }, text)), action);
}
