// Reads a scenario with its present plan, and what follows from them.

import { all, get } from "../api.js";
import { readAlignment, readCells } from "../map/files.js";
import { checks } from "./checks.js";
import { Colouring } from "./colouring.js";
import { Desk } from "./desk.js";
import { Plan } from "./plan.js";
import { Units } from "./units.js";

const EDITABLE = ["draft", "rejected"];

// `who` looks at the scenario; who is limited to a region gets its units alone.
export async function readDesk(scenario, who) {
  const [cells, alignment, report, moves, locks] = await Promise.all([readCells(scenario.plan_id), ...ofPlan(scenario, who)]);
  const units = new Units(cells);
  const plan = new Plan(units, alignment);
  relock(plan, locks);
  const desk = new Desk(units, plan, new Colouring(plan, alignment));
  desk.who = who;
  keep(desk, scenario, report, moves);
  return desk;
}

// Reads the plan of a desk's scenario anew; colours and what is selected stay.
export async function readPlan(desk, scenario) {
  const [alignment, report, moves, locks] = await Promise.all(ofPlan(scenario, desk.who));
  const { mode, segment } = desk.colouring;
  const colour = new Map(desk.plan.territories.map((one) => [one.code, one.colour]));
  for (const one of alignment.territories) one.colour = colour.get(one.code) ?? one.colour;
  desk.plan = new Plan(desk.units, alignment);
  relock(desk.plan, locks);
  desk.colouring = Object.assign(new Colouring(desk.plan, alignment), { mode, segment });
  keep(desk, scenario, report, moves);
}

const UNTOLD = { broken: [], reasons: [], findings: [], gap: null, today: null }; // what speaks of all regions
const ofPlan = (scenario, who) => [readAlignment(scenario.plan_id), who.region ? UNTOLD : get(`/v1/plans/${scenario.plan_id}/files/report.json`), movesOf(scenario), locksSince(scenario)];
const movesOf = ({ id }) => all(`/v1/scenarios/${id}/moves?changes=false`);

// The locks of the document, where it is newer than the plan; null where the plan has them.
async function locksSince(scenario) {
  const plan = await get(`/v1/plans/${scenario.plan_id}`);
  return plan.scenario_version === scenario.version ? null : get(`/v1/scenarios/${scenario.id}/locks`);
}

// Lays the locks on single units onto a plan; those that are written for many units at once stay as the plan has them.
function relock(plan, locks) {
  if (!locks) return;
  if (locks.every((rule) => rule.unit !== null)) plan.locked.fill(-1);
  const rules = locks.filter((rule) => plan.units.rowOf.has(rule.unit));
  plan.lock(rules.map((rule) => plan.units.rowOf.get(rule.unit)), rules.map((rule) => plan.territories.findIndex((one) => one.rep === rule.rep)));
  for (const rule of rules) plan.reasons[plan.units.rowOf.get(rule.unit)] = rule.reason;
}

// Remembers what is saved, so that staged changes can be told from it.
function keep(desk, scenario, report, moves) {
  desk.scenario = scenario;
  desk.report = report;
  const standing = moves.filter((move) => !move.undone_by);
  const isUndo = ({ undoes }) => moves.some((move) => move.id === undoes && !move.undoes);
  const led = (move) => move?.after_plan_id === scenario.plan_id;
  desk.mayUndo = led(standing.findLast((move) => !move.undoes));
  desk.mayRedo = led(standing.findLast(isUndo));
  const isViewer = desk.who.role === "viewer";
  desk.mayEdit = EDITABLE.includes(scenario.status) && !isViewer;
  desk.closedWhy = isViewer
    ? { title: "You may look, not edit.", text: "Ask an administrator for the role planner to edit." }
    : { title: `This scenario is ${scenario.status}.`, text: "Make a copy to edit: the copy is a new draft." };
  const [inBand] = desk.plan.bandCount();
  desk.saved = {
    owner: desk.plan.owner.slice(),
    locked: desk.plan.locked.slice(),
    changes: desk.plan.changes,
    meanKm: desk.plan.meanKm(),
    inBand,
    broken: new Set(checks(desk).map(({ key }) => key)),
  };
}
