// The curve as a table: when the plan or its proof got better.

import { make } from "../dom.js";
import { amount, gapPercent, number } from "../format.js";
import { gapOf, phaseWords } from "./curve.js";

const MOST = 40;

export function curveTable(curve) {
  const steps = curve.steps();
  if (!steps.length) return make("p", { class: "soft" }, "Nothing yet.");
  const heads = [["After", "number"], ["What went on"], ["Value", "number"], ["Bound", "number"], ["Gap", "number"], ["Bands"]];
  return make("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Value and bound over time" },
    make("table", { class: "tight" },
      make("caption", { class: "unseen" }, "Value and bound over time, the newest first"),
      make("thead", {}, make("tr", {}, heads.map(([words, kind]) => make("th", { scope: "col", class: kind }, words)))),
      make("tbody", {}, steps.slice(-MOST).reverse().map(row))));
}

const row = (point) => make("tr", {},
  make("td", { class: "number" }, `${number(point.seconds, 1)} s`),
  make("td", {}, phaseWords(point.phase)),
  make("td", { class: "number" }, amount(point.value)),
  make("td", { class: "number" }, amount(point.bound)),
  make("td", { class: "number" }, gapPercent(gapOf(point))),
  make("td", {}, point.value === null ? "–" : point.violation > 0 ? "not kept yet" : "kept"));
