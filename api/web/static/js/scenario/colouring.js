// Which colour each unit has, and the legend that says what it means.

import { amount, number } from "../format.js";
import { striped } from "../map/painter.js";
import { NOBODY } from "./plan.js";

const FIT_EDGES = [0.2, 0.4, 0.6, 0.8];
const DEFAULT_BAND = 10;
const MOST_STRIPES = 4;

export class Colouring {
  constructor(plan, alignment) {
    this.plan = plan;
    this.units = plan.units;
    this.colours = alignment.colours;
    this.currency = alignment.currency;
    this.tolerances = plan.units.measures.map((name) => alignment.tolerances[name] ?? null);
    this.mode = "territory";
    this.segment = -1;
    this.edges = plan.units.amounts.map(quintiles);
    this.todayColour = plan.units.owners.map((_, owner) => {
      const territory = plan.territories.find((one) => one.owner === owner);
      return territory ? this.colours.territories[territory.colour] : this.colours.nobody;
    });
    this.readTheme();
  }

  readTheme() {
    const style = getComputedStyle(document.documentElement);
    this.theme = Object.fromEntries(
      ["ground", "line", "seam", "kept", "mark", "halo", "bad"].map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
    this.theme.accent = style.getPropertyValue("--accent").trim();
    this.theme.accentInk = style.getPropertyValue("--accent-ink").trim();
  }

  // [value, words] of what units can be coloured by.
  modes() {
    const names = this.units.measures;
    return [
      ["territory", "Territory"],
      ["moved", "What changes hands"],
      ["today", "Today's owner"],
      ...names.map((name, measure) => [`balance:${measure}`, `Balance of ${name}`]),
      ...names.map((name, measure) => [`amount:${measure}`, `${capital(name)} of each unit`]),
      ...(this.plan.fit || this.plan.fitNow ? [["fit", "Skill fit"]] : []),
    ];
  }

  // The rows of a cell that are shown.
  rows(cell) {
    const rows = this.units.rowsOfCell[cell];
    if (this.segment < 0) return rows;
    const { kind } = this.units.segment;
    return rows.filter((row) => kind[row] === this.segment);
  }

  fillOfCell(cell) {
    const rows = this.rows(cell);
    if (rows.length === 1 && this.plan.owner[rows[0]] >= 0) return this.fillOfRow(rows[0], this.plan.owner[rows[0]]);
    if (!rows.length) return null;
    const fills = new Set();
    for (const row of rows) {
      const held = this.plan.holders(row);
      if (!held.length) fills.add(this.fillOfRow(row, NOBODY));
      for (const [territory] of held) fills.add(this.fillOfRow(row, territory));
    }
    return fills.size === 1 ? [...fills][0] : striped([...fills].slice(0, MOST_STRIPES));
  }

  fillOfRow(row, territory) {
    const [kind, which] = this.mode.split(":");
    if (kind === "amount") return this.colours.amount[classOf(this.edges[which], this.units.amounts[which][row])];
    if (kind === "today") return this.units.today[row] < 0 ? this.colours.nobody : this.todayColour[this.units.today[row]];
    if (territory === NOBODY) return this.colours.nobody;
    if (kind === "fit") {
      const fit = this.plan.fitOf(row, territory);
      return fit === null ? this.colours.nobody : this.colours.amount[classOf(FIT_EDGES, fit)];
    }
    if (kind === "balance") return this.colours.balance[this.balanceClass(territory, Number(which))] ?? this.colours.nobody;
    if (kind === "moved" && !this.plan.isMoved(row)) return this.theme.kept;
    return this.colours.territories[this.plan.territories[territory].colour];
  }

  bandOf(measure) {
    const tolerance = this.tolerances[measure];
    return tolerance === null ? DEFAULT_BAND : 100 * tolerance;
  }

  // 0 far below, 1 below, 2 in band, 3 above, 4 far above; null where there is no target.
  balanceClass(territory, measure) {
    const index = this.plan.index(territory, measure);
    if (index === null) return null;
    const band = this.bandOf(measure);
    const off = index - 100;
    if (this.plan.inBand(territory, measure) ?? Math.abs(off) <= band) return 2;
    if (off < 0) return off < -2 * band ? 0 : 1;
    return off > 2 * band ? 4 : 3;
  }

  // Who holds a cell, as one number: the outlines run where it changes.
  holderOfCell(cell) {
    const rows = this.rows(cell);
    if (rows.length === 1 && this.plan.owner[rows[0]] >= NOBODY) return this.plan.owner[rows[0]];
    if (!rows.length) return -3;
    const held = new Set(rows.flatMap((row) => this.plan.holders(row).map(([territory]) => territory)));
    if (held.size === 1) return [...held][0];
    return this.#mixed([...held].sort((one, other) => one - other).join());
  }

  #mixed(key) {
    this.mixes ??= new Map();
    if (!this.mixes.has(key)) this.mixes.set(key, -10 - this.mixes.size);
    return this.mixes.get(key);
  }

  unitOf(measure) {
    return this.units.measures[measure] === "potential" ? this.currency : this.units.measures[measure] === "workload" ? "h" : "";
  }

  // [colour, words] of each sign.
  legend() {
    const [kind, which] = this.mode.split(":");
    if (kind === "balance") return this.#balanceLegend(Number(which));
    if (kind === "amount") return scale(this.colours.amount, this.edges[which], this.unitOf(Number(which)));
    if (kind === "fit") return scale(this.colours.amount, FIT_EDGES, "");
    if (kind === "moved") return [[this.theme.kept, "Stays with its rep"], [null, "Changes hands: colour of the new territory"]];
    if (kind === "today") return [[null, "Colour of the territory whose rep has it today"], [this.colours.nobody, "Nobody who stays"]];
    return [[null, "One colour a territory; neighbours differ"]];
  }

  #balanceLegend(measure) {
    const band = this.bandOf(measure);
    const edge = (off) => number(100 + off, Number.isInteger(off) ? 0 : 1);
    const words = [
      `Far below: index under ${edge(-2 * band)}`,
      `Below: ${edge(-2 * band)} to ${edge(-band)}`,
      `In band: ${edge(-band)} to ${edge(band)}`,
      `Above: ${edge(band)} to ${edge(2 * band)}`,
      `Far above: over ${edge(2 * band)}`,
    ];
    return words.map((text, step) => [this.colours.balance[step], text]);
  }
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const classOf = (edges, value) => edges.reduce((step, edge) => step + (value > edge), 0);

function quintiles(values) {
  const sorted = Float64Array.from(values).sort();
  return [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
}

function scale(colours, edges, unit) {
  return colours.map((colour, step) => {
    if (step === 0) return [colour, `up to ${amount(edges[0], unit)}`];
    if (step === edges.length) return [colour, `over ${amount(edges[step - 1], unit)}`];
    return [colour, `${amount(edges[step - 1])} to ${amount(edges[step], unit)}`];
  });
}
