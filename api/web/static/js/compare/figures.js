// Key figures of every plan with their differences, to the plan or day that the reader chooses.

import { button, fill, make } from "../dom.js";
import { number, signed } from "../format.js";
import { TODAY, hasToday, namesOf } from "./names.js";

// What leaders ask for first; the rest is one click away.
const FIRST = ["broken", "in_band", "contribution_total", "mean_km", "workload_spread", "potential_spread", "fit", "moved", "moved_potential", "moved_accounts", "people", "gap"];

export function showFigures(place, comparison, base = comparison.plans.length > 1 ? "A" : TODAY) {
  const names = namesOf(comparison);
  const bases = [...names].filter(([key]) => key !== TODAY || hasToday(comparison));
  const switches = bases.map(([key, name]) => button(key === TODAY ? name : `Plan ${key}`, () => showFigures(place, comparison, key), "small", { "aria-pressed": String(key === base), title: name }));
  const shown = [...names.keys()].filter((key) => key !== TODAY || hasToday(comparison));
  const state = { comparison, names, shown, base };
  const { figures } = comparison;
  const rest = figures.filter((figure) => !isFirst(figure));
  fill(place,
    make("div", { class: "section-head" }, make("h2", {}, "Key figures"),
      make("div", { class: "actions", role: "group", "aria-label": "Differences against" }, make("span", { class: "small soft" }, "Differences against"), switches)),
    table("Key figures", figures.filter(isFirst), state),
    rest.length ? make("details", { class: "more" }, make("summary", {}, `All other figures (${rest.length})`), table("Other figures", rest, state)) : null);
}

const isFirst = ({ name }) => FIRST.includes(name);

function table(caption, figures, { comparison, names, shown, base }) {
  const best = new Set(comparison.verdict.best);
  const head = shown.map((key) => make("th", { scope: "col", class: "number" }, make("span", { class: "plan-name", title: names.get(key) }, names.get(key)),
    comparison.plans.length > 1 && best.has(key) ? make("span", { class: "badge good" }, best.size > 1 ? "ties" : "best") : null));
  const rows = figures.map((figure) => make("tr", {},
    make("th", { scope: "row" }, sentence(figure.label), figure.unit ? make("span", { class: "soft" }, `, ${figure.unit}`) : null),
    shown.map((key) => make("td", { class: "number" }, number(amountOf(figure, key), figure.decimals), key === base ? null : delta(figure, key, base)))));
  return make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": caption },
    make("table", { class: "key-figures tight" }, make("caption", { class: "unseen" }, `${caption} of each plan`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Figure"), head)), make("tbody", {}, rows)));
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const amountOf = (figure, key) => (key === TODAY ? figure.today : figure.amounts[key]);

// The difference says in words, not only in colour, whether it is for the better.
function delta(figure, key, base) {
  const [amount, other] = [amountOf(figure, key), amountOf(figure, base)];
  if (amount === null || other === null || amount === undefined || other === undefined) return null;
  const difference = Number((amount - other).toFixed(figure.decimals));
  if (difference === 0) return make("span", { class: "delta soft" }, "same");
  if (!figure.better) return make("span", { class: "delta soft" }, signed(difference, figure.decimals));
  const isBetter = (difference > 0) === (figure.better === "higher");
  return make("span", { class: `delta ${isBetter ? "up" : "down"}` }, `${signed(difference, figure.decimals)} ${isBetter ? "better" : "worse"}`);
}
