// The key figures above the map: as saved, and what the staged changes make of them.

import { byId, fill, make } from "../dom.js";
import { gapPercent, km, number, percent } from "../format.js";
import { term } from "../glossary.js";

export function figuresStrip(desk) {
  const draw = () => {
    const { plan, report, saved } = desk;
    const [kept, banded] = plan.bandCount();
    const today = report.today?.territories;
    const parts = [
      banded ? figure(term("in band", "territories in band"), `${kept} of ${banded}`, saved.inBand !== kept ? `was ${saved.inBand}` : todayBand(report)) : null,
      today ? figure("units change hands", number(plan.changes.units), plan.changes.units !== saved.changes.units ? `was ${number(saved.changes.units)}` : `of ${number(plan.changes.withRep)}`) : null,
      today ? figure(term("disruption", "of potential changes hands"), percent(plan.changes.percent), Math.abs(plan.changes.percent - saved.changes.percent) > 0.05 ? `was ${percent(saved.changes.percent)}` : "") : null,
      figure(term("compactness", "mean distance to the rep"), km(plan.meanKm()), km(plan.meanKm()) !== km(saved.meanKm) ? `was ${km(saved.meanKm)}` : ""),
      report.gap === null ? null : figure(term("gap", "proven gap"), gapPercent(report.gap), plan.changes !== saved.changes ? "as saved" : ""),
    ];
    fill(byId("figures"), parts.filter(Boolean));
  };
  desk.on("plan", draw);
  draw();
}

function todayBand({ today }) {
  if (!today) return "";
  const kept = today.territories.filter(({ loads }) => {
    const flags = Object.values(loads).map((load) => load.in_band).filter((flag) => flag !== null);
    return flags.length && flags.every(Boolean);
  });
  return `today ${kept.length}`;
}

function figure(label, value, note) {
  return make("div", { class: "figure" }, make("dt", {}, label), make("dd", {}, value, note ? make("span", { class: "note" }, ` ${note}`) : null));
}
