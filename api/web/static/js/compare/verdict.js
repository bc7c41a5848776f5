// Which plan is better, in a sentence, and the figures that leaders ask for first.

import { fill, make } from "../dom.js";
import { plural } from "../format.js";
import { TODAY } from "./names.js";

export function showVerdict(place, comparison) {
  const { verdict } = comparison;
  fill(place,
    make("div", { class: "card verdict" },
      make("h2", {}, headline(comparison)),
      make("p", { class: "lead" }, verdict.text),
      comparison.notes.length ? make("ul", { class: "small soft" }, comparison.notes.map((note) => make("li", {}, note))) : null));
}

// One plan alone is held against today: better in what, worse in what.
function headline(comparison) {
  if (comparison.plans.length > 1) return comparison.verdict.headline;
  const [plan] = comparison.plans;
  const known = comparison.figures.filter((figure) => figure.better && figure.today !== null && rounded(figure, figure.from_today[plan.key]) !== 0);
  const better = known.filter((figure) => (figure.from_today[plan.key] > 0) === (figure.better === "higher"));
  const shift = comparison.shifts.find((one) => one.before === TODAY);
  if (!shift) return `Nobody owns anything today that ${plan.name} could be held against.`;
  const told = known.length ? `Against today, ${plan.name} is better in ${better.length} of ${known.length} figures.` : `${plan.name} is as good as today in every figure.`;
  return `${told} ${plural(shift.moved_units, "unit changes", "units change")} hands.`;
}

const rounded = (figure, amount) => (amount === null ? 0 : Number(amount.toFixed(figure.decimals)));

