// What people did, in plain words. Each kind is one of the choices of the page's filter.

import { plural } from "../format.js";

export const KINDS = {
  plan: "Moves and plans",
  review: "Review and comments",
  run: "Runs",
  input: "Scenario and locks",
};

const subject = ({ about, on }) => (about === "scenario" ? "the scenario" : `the ${about} ${on}`);
const units = ({ units: count }) => plural(count ?? 1, "unit");

// By action: [kind, words of its detail].
const ACTIONS = {
  "scenario.create": ["input", () => "wrote the scenario"],
  "scenario.fork": ["input", () => "made this scenario as a copy of another"],
  "scenario.change": ["input", ({ version }) => `changed the scenario: version ${version}`],
  "scenario.rebase": ["input", ({ version }) => `carried the scenario to newer data: version ${version}`],
  "scenario.adopt": ["input", ({ point }) => `made this scenario of the what-if ${point}`],
  "scenario.lock": ["input", (detail) => `locked ${units(detail)}`],
  "scenario.unlock": ["input", (detail) => `unlocked ${units(detail)}`],
  "scenario.move": ["plan", (detail) => `moved ${units(detail)}`],
  "scenario.undo": ["plan", () => "took back a change"],
  "scenario.redo": ["plan", () => "made a change again that was taken back"],
  "scenario.choose-plan": ["plan", () => "chose the plan that counts"],
  "plan.add": ["plan", () => "added a plan made by hand"],
  "job.submit": ["run", () => "started a run"],
  "job.stop": ["run", () => "ended a run and kept its best plan"],
  "job.cancel": ["run", () => "cancelled a run"],
  "scenario.submitted": ["review", () => "asked for approval"],
  "scenario.approved": ["review", () => "approved the plan"],
  "scenario.rejected": ["review", () => "sent the plan back"],
  "scenario.archived": ["review", () => "closed the scenario"],
  "comment.add": ["review", (detail) => `commented on ${subject(detail)}`],
  "comment.resolve": ["review", (detail) => `resolved a comment on ${subject(detail)}`],
  "comment.reopen": ["review", (detail) => `opened a comment on ${subject(detail)} again`],
};

export function wordsOf(event) {
  const [kind, tell] = ACTIONS[event.action] ?? ["input", () => event.action.replaceAll(/[.-]/g, " ")];
  return { kind, words: tell(event.detail) };
}

// A move: who loses how many units to whom.
export function moveLines(changes) {
  const lines = new Map();
  for (const { unit, before, after } of changes) {
    const way = `${before.join(" and ") || "nobody"} → ${after.join(" and ") || "nobody"}`;
    lines.set(way, [...(lines.get(way) ?? []), unit]);
  }
  return [...lines].map(([way, moved]) => `${way}: ${moved.slice(0, 12).join(", ")}${moved.length > 12 ? ` and ${moved.length - 12} more` : ""}`);
}

// What differs between two documents: [field, before, after] by dotted field.
export function differences(before, after, place = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const isTree = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isTree(before) || !isTree(after)) return [[place, before, after]];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differences(before[name], after[name], place ? `${place}.${name}` : name));
}
