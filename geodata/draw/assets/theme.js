// Colours and words for what is shown: which fill a unit has, and the legend that explains it.

const state = { side: "proposed", colour: "territory", segment: -1, printing: false };
const places = { proposed: placeOfLabel("proposed"), today: placeOfLabel("today") };

const BALANCE_WORDS = ["far below", "below", "in band", "above", "far above"];
const FIT_EDGES = [0.2, 0.4, 0.6, 0.8];
const DEFAULT_BAND = 10;

// The alignment whose territories are drawn: the difference is shown on the proposal.
const shownSide = () => (state.side === "today" ? "today" : "proposed");

// Colours of the drawing that follow light and dark; page.css holds them.
const THEME_NAMES = ["ground", "seam", "outline", "before", "kept", "accent", "mark", "halo"];
let theme = {};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  theme = Object.fromEntries(THEME_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const labelColour = (label) => (label < 0 ? data.colours.nobody : data.colours.territories[data.labelColour[label]]);

const classOf = (edges, value) => edges.filter((edge) => value > edge).length;

function bandOf(measure) {
  return measure.tolerance === null ? DEFAULT_BAND : measure.tolerance * 100;
}

// 0 .. 4 as in BALANCE_WORDS; null where the index is unknown.
function balanceClass(measure, figures) {
  const [, , index, inBand] = figures;
  if (index === null) return null;
  const off = index - 100;
  const band = bandOf(measure);
  if (inBand === null ? Math.abs(off) <= band : inBand) return 2;
  if (off < 0) return off < -2 * band ? 0 : 1;
  return off > 2 * band ? 4 : 3;
}

function loadsOf(side, label) {
  const place = label < 0 ? -1 : places[side][label];
  return place < 0 ? null : data[side].loads[place];
}

function fillOfLabel(label) {
  const [kind, measure] = state.colour.split(":");
  if (kind !== "balance") return labelColour(label);
  const loads = loadsOf(shownSide(), label);
  const found = loads ? balanceClass(data.measures[measure], loads[measure]) : null;
  return found === null ? data.colours.nobody : data.colours.balance[found];
}

function fillOfRow(row) {
  const [kind, measure] = state.colour.split(":");
  if (state.side === "difference") {
    return data.units.change[row] === "k" ? theme.kept : labelColour(data.units.proposed[row]);
  }
  if (kind === "amount") {
    return scaleColour(classOf(data.measures[measure].edges, data.units.amounts[measure][row]));
  }
  if (kind === "fit") {
    const fit = data.units.fit[row];
    return fit === null ? data.colours.nobody : scaleColour(classOf(FIT_EDGES, fit));
  }
  return fillOfLabel(data.units[shownSide()][row]);
}

const scaleColour = (step) => data.colours.amount[step];

// What can be chosen under "Colour by": [value, words].
function colourings() {
  const list = [["territory", "Territory"]];
  data.measures.forEach((measure, m) => list.push([`balance:${m}`, `Balance of ${measure.name}`]));
  if (data.units) {
    data.measures.forEach((measure, m) => list.push([`amount:${m}`, `${capital(measure.name)} of each unit`]));
    if (data.units.fit) list.push(["fit", "Skill fit"]);
  }
  return list;
}

// The legend of what is shown: [colour, words].
function legendEntries() {
  const [kind, measure] = state.colour.split(":");
  if (state.side === "difference") {
    return [[null, "Changes hands (colour of the new territory)"], [theme.kept, "Stays with its territory"]];
  }
  if (kind === "balance") return balanceLegend(data.measures[measure]);
  if (kind === "amount") return scaleLegend(data.measures[measure].edges, data.measures[measure].unit);
  if (kind === "fit") return scaleLegend(FIT_EDGES, "");
  return [[null, "One colour a territory; neighbours differ"]];
}

function balanceLegend(measure) {
  const band = bandOf(measure);
  const ranges = [
    `under ${number(100 - 2 * band, 1)}`,
    `${number(100 - 2 * band, 1)} to ${number(100 - band, 1)}`,
    `${number(100 - band, 1)} to ${number(100 + band, 1)}`,
    `${number(100 + band, 1)} to ${number(100 + 2 * band, 1)}`,
    `over ${number(100 + 2 * band, 1)}`,
  ];
  return BALANCE_WORDS.map((words, step) => [data.colours.balance[step], `${capital(words)}: index ${ranges[step]}`]);
}

function scaleLegend(edges, unit) {
  const suffix = unit ? ` ${unit}` : "";
  const steps = [...new Set(edges)];
  if (!steps.length) return [];
  return data.colours.amount.flatMap((colour, step) => {
    if (step === 0) return [[colour, `up to ${figure(edges[0])}${suffix}`]];
    if (step < edges.length && edges[step] === edges[step - 1]) return [];
    const top = step < edges.length ? ` to ${figure(edges[step])}` : "";
    return [[colour, `${top ? "" : "over "}${figure(edges[step - 1])}${top}${suffix}`]];
  });
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const FORMATS = [0, 1, 2].map((digits) => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));

const number = (value, digits) => (value === null ? "–" : FORMATS[digits].format(value));

// An amount with three or four digits that matter.
function figure(value) {
  const size = Math.abs(value ?? 0);
  return number(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

const percent = (share) => (share === null ? "–" : `${number(share * 100, 0)} %`);
