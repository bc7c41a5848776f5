// The list of territories: who has them, and a bar for each measure against its band.

import { fill, make } from "../dom.js";
import { amount, km, number, percent, plural } from "../format.js";
import { term } from "../glossary.js";
import { notice } from "../notice.js";
import { capital } from "./colouring.js";
import { bubble } from "./comments.js";

const ORDERS = {
  code: ["Name", (desk, one, other) => desk.territoryName(one).localeCompare(desk.territoryName(other))],
  off: ["Furthest from the band", (desk, one, other) => worst(desk, other) - worst(desk, one)],
  moved: ["Most units that change hands", (desk, one, other) => desk.plan.figures[other].moved - desk.plan.figures[one].moved],
  km: ["Longest way to the rep", (desk, one, other) => (desk.plan.figures[other].meanKm ?? 0) - (desk.plan.figures[one].meanKm ?? 0)],
};

const regionNotice = ({ field, values }) =>
  make("div", { class: "pad" }, notice("info", `You see ${field} ${values.join(", ")}.`, { text: "Units elsewhere are not shown. A territory that holds some of those has no target and no distances here." }));

const worst = (desk, territory) =>
  Math.max(0, ...desk.units.measures.map((_, measure) => Math.abs((desk.plan.index(territory, measure) ?? 100) - 100) / desk.colouring.bandOf(measure)));

export function seatsTab(desk, planMap) {
  let order = "code";
  let list = null;

  function show(panel) {
    const select = make("select", { class: "small-field", onchange: () => { order = select.value; draw(); } },
      Object.entries(ORDERS).map(([value, [words]]) => make("option", { value }, words)));
    list = make("ul", { class: "seats" });
    fill(panel, desk.who.region ? regionNotice(desk.who.region) : null, make("div", { class: "sort-row" }, make("label", {}, "Sort by ", select), make("span", { class: "soft" }, "Band in green, target as a line; ", term("balance index"))), list);
    desk.on("plan", (touched) => (touched && order === "code" ? renew(touched) : draw()));
    desk.on("colours", () => draw());
    desk.on("comments", () => draw());
    desk.on("selection", press);
    draw();
  }

  function draw() {
    const all = [...desk.plan.territories.keys()].sort((one, other) => ORDERS[order][1](desk, one, other) || one - other);
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.territory : null;
    fill(list, all.map((territory) => seat(desk, planMap, territory)));
    press();
    if (focused !== null) list.querySelector(`[data-territory="${focused}"]`)?.focus();
  }

  function renew(touched) {
    for (const territory of touched) {
      const old = list.querySelector(`[data-territory="${territory}"]`);
      old.parentElement.replaceWith(seat(desk, planMap, territory));
    }
    press();
  }

  // A territory is pressed when exactly its units are selected.
  function press() {
    const { selected, plan } = desk;
    for (const one of list.querySelectorAll(".seat")) {
      const { rows } = plan.figures[Number(one.dataset.territory)];
      one.setAttribute("aria-pressed", String(rows.length > 0 && rows.length === selected.size && rows.every((row) => selected.has(row))));
    }
  }

  return { id: "territories", words: "Territories", show };
}

function seat(desk, planMap, territory) {
  const { plan, colouring } = desk;
  const figures = plan.figures[territory];
  const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.background = colouring.colours.territories[plan.territories[territory].colour];
  const notes = [
    plan.parts[territory] ? `${plural(figures.units, "unit")} of yours, others elsewhere` : plural(figures.units, "unit"),
    figures.meanKm === null ? null : `${km(figures.meanKm)} on average`,
    figures.meanFit === null ? null : `fit ${percent(100 * figures.meanFit, 0)}`,
    figures.moved ? `${number(figures.moved)} from other reps` : null,
    figures.pieces > 1 ? `⚠ ${figures.pieces} pieces` : null,
  ];
  return make("li", {},
    make("button", { type: "button", class: "seat", dataset: { territory }, onclick: () => choose(desk, planMap, territory), "aria-pressed": "false" },
      swatch,
      make("span", { class: "seat-name", title: desk.territoryName(territory) }, bubble(desk.said.territories.get(territory)), desk.territoryName(territory)),
      make("span", { class: "number small soft" }, statusWords(plan.territories[territory].status)),
      make("span", { class: "bars" }, desk.units.measures.map((name, measure) => bar(desk, territory, measure, name))),
      make("span", { class: "seat-note" }, notes.filter(Boolean).join(" · "))));
}

const statusWords = (status) => (status === "active" ? "" : status === "open" ? "no rep yet" : status);

function choose(desk, planMap, territory) {
  const { rows } = desk.plan.figures[territory];
  desk.select(rows);
  if (rows.length) planMap.showRows(rows);
}

function bar(desk, territory, measure, name) {
  const { plan, colouring } = desk;
  const load = plan.figures[territory].loads[measure];
  const target = plan.target(territory, measure);
  const band = plan.band(territory, measure);
  const index = plan.index(territory, measure);
  const isKept = plan.inBand(territory, measure);
  const full = Math.max(load, (target ?? 0) * 1.3, band?.high ?? 0) || 1;
  const track = make("span", { class: `bar${isKept === false ? " out" : ""}`, "aria-hidden": "true" });
  const put = (kind, from, to) => {
    const part = make("span", { class: kind });
    part.style.left = `${(100 * from) / full}%`;
    if (to !== undefined) part.style.width = `${(100 * (to - from)) / full}%`;
    track.append(part);
  };
  if (band) put("band", band.low, band.high);
  put("load", 0, load);
  if (target > 0) put("goal", target);
  const state = isKept === null ? "" : isKept ? " ✓" : load > (band?.high ?? 0) ? " ▲" : " ▼";
  const spoken = isKept === null ? "" : isKept ? ", in band" : ", out of band";
  return make("span", { class: "bar-row" },
    make("span", { class: "soft" }, capital(name)),
    track,
    make("span", { class: "number" }, amount(load, colouring.unitOf(measure)), make("span", { "aria-hidden": "true" }, index === null ? "" : ` · ${number(index)}${state}`), make("span", { class: "unseen" }, index === null ? "" : `, index ${number(index)}${spoken}`)));
}
