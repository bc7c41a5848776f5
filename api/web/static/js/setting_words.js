// What a field of the scenario is called and set to, as a person would say it; a field without words of its own is
// named as it is in the document.

import { amount, number, valueWords } from "./format.js";

const GOALS = { travel: "short trips", balance: "fair shares", disruption: "few changes", fit: "right skills" };
const title = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
const percent = (share) => `${Number((share * 100).toFixed(2))} %`;
const list = (parts) => Object.entries(parts).map(([name, value]) => `${GOALS[name] ?? name} ${value}`).join(", ");

const MEASURES = {
  tolerance: ["band that must be kept", percent],
  aim: ["close enough within", percent],
  target: ["fair share", (value) => ({ capacity: "by capacity", equal: "all the same" })[value] ?? `column ${value}`],
  column: ["column", String],
  min: ["smallest amount", number],
  max: ["largest amount", number],
};

const FIELDS = {
  goals: ["What counts", list],
  "reps.count": ["Number of territories", number],
  "limits.contiguity": ["Connected", (value) => ({ required: "must be in one piece", preferred: "should be in one piece", off: "may be scattered" })[value] ?? valueWords(value)],
  "limits.home": ["A territory holds the home of its rep", (value) => (value === "inside" ? "yes" : "no")],
  "limits.hours": ["Selling hours cap the workload", (value) => (value === "hard" ? "yes" : "no")],
  "limits.max_distance_km": ["Farthest place from the rep's home", (value) => `${number(value)} km`],
  "limits.disruption": ["Most that may change hands", (value) => Object.entries(value).map(([name, share]) => `${name} ${percent(share)}`).join(", ")],
  "limits.disruption.potential": ["Most of the potential that may change hands", percent],
  "limits.disruption.units": ["Most of the places that may change hands", percent],
  "limits.oversize": ["Places too heavy for one rep", (value) => ({ refuse: "kept whole", split: "split", share: "shared" })[value] ?? value],
  "economics.objective": ["Made for the best", String],
  "solve.time_limit_s": ["Time for a run", (value) => `${number(value)} s`],
  "units.current": ["Column of today's rep", String],
  workload: ["Workload in all", (value) => amount(Number(value))],
  potential: ["Potential in all", (value) => amount(Number(value))],
};

function wordsOf(path) {
  const [part, name, field] = path.split(".");
  if (part === "goals" && name) return [title(GOALS[name] ?? name), (value) => `counts ${value}`];
  if (part === "measures" && MEASURES[field]) return [`${title(name)}: ${MEASURES[field][0]}`, MEASURES[field][1]];
  return FIELDS[path] ?? [path, valueWords];
}

export const fieldWords = (path) => wordsOf(path)[0];

export const valueOfField = (path, value) => (value === null || value === undefined ? "–" : wordsOf(path)[1](value));

export const settingWords = (path, value) => `${fieldWords(path)}: ${valueOfField(path, value)}`;
