// Between the page and the service: staged changes are sent, newer states are fetched.

import { call, get, newKey } from "../api.js";
import { toast, toastProblem } from "../notice.js";
import { readPlan } from "./load.js";

// Sends the staged steps: first what is unlocked, then the moves as one step, then what is locked.
async function accept(desk, steps) {
  const path = `/v1/scenarios/${desk.scenario.id}`;
  const unlocked = touched(desk, steps, "unlock").filter((row) => desk.saved.locked[row] >= 0);
  const locked = touched(desk, steps, "lock").filter((row) => desk.plan.locked[row] >= 0 && desk.saved.locked[row] !== desk.plan.locked[row]);
  const moves = movesOf(desk, steps);
  const ids = (rows) => rows.map((row) => desk.units.id[row]);
  const change = async (place, body) => {
    const { data, revision } = await call("POST", `${path}/${place}`, { body, revision: desk.scenario.revision, key: newKey() });
    desk.scenario.revision = data.revision ?? revision;
  };
  if (unlocked.length) await change("locks", { unlock: ids(unlocked) });
  if (moves.length) await change("moves", { moves });
  if (locked.length) await change("locks", { lock: locked.map((row) => ({ unit: desk.units.id[row], rep: desk.plan.territories[desk.plan.locked[row]].rep })) });
  await refresh(desk, { isOurs: true });
}

const touched = (desk, steps, kind) => [...new Set(steps.filter((step) => step.kind === kind).flatMap((step) => step.rows))];

// Where each moved unit ends, by territory.
function movesOf(desk, steps) {
  const byTerritory = new Map();
  for (const row of touched(desk, steps, "move")) {
    const territory = desk.plan.owner[row];
    if (territory < 0 || desk.saved.owner[row] === territory) continue;
    if (!byTerritory.has(territory)) byTerritory.set(territory, []);
    byTerritory.get(territory).push(desk.units.id[row]);
  }
  return [...byTerritory].map(([territory, units]) => ({ units, territory: desk.plan.territories[territory].code }));
}

// Takes the last saved move back, or makes it again.
const undoSaved = (desk) => (desk.mayUndo ? step(desk, "undo", "The last saved change is undone.") : toast("info", "There is nothing to undo."));
const redoSaved = (desk) => (desk.mayRedo ? step(desk, "redo", "The saved change is made again.") : toast("info", "There is nothing to do again."));

async function step(desk, way, words) {
  try {
    const { data } = await call("POST", `/v1/scenarios/${desk.scenario.id}/${way}`, { revision: desk.scenario.revision, key: newKey() });
    desk.scenario.revision = data.revision;
    await refresh(desk, { isOurs: true });
    toast("good", words);
  } catch (problem) {
    if (problem.code === "stale") await refresh(desk);
    else toastProblem(problem);
  }
}

// Reads the scenario anew; what is staged stays staged.
async function refresh(desk, { isOurs = false } = {}) {
  const before = desk.saved;
  const scenario = await get(`/v1/scenarios/${desk.scenario.id}`);
  if (scenario.plan_id !== desk.scenario.plan_id || scenario.version !== desk.scenario.version || isOurs) {
    await readPlan(desk, scenario);
    desk.tell("saved");
  } else {
    desk.scenario = scenario;
  }
  if (!isOurs) {
    const moved = before.owner.reduce((count, owner, row) => count + (owner !== desk.saved.owner[row]), 0);
    const what = moved ? `${moved === 1 ? "1 unit has" : `${moved} units have`} moved.` : "Its document or state has changed.";
    toast("info", "Somebody else changed this scenario.", { text: `${what} You see the newer state; your staged changes are kept.`, stays: true });
  }
}

const LOOK_MS = 4000;

// Looks now and then whether somebody else changed the scenario.
function watch(desk) {
  const look = async () => {
    if (!document.hidden && !desk.busy) {
      const answer = await fetch(`/v1/scenarios/${desk.scenario.id}`, { cache: "no-store", headers: { "If-None-Match": `"${desk.scenario.revision}"` } }).catch(() => null);
      if (answer?.ok) {
        const { revision } = await answer.json();
        if (revision > desk.scenario.revision && !desk.busy) await refresh(desk).catch(toastProblem);
      }
    }
    setTimeout(look, LOOK_MS);
  };
  setTimeout(look, LOOK_MS);
}

export const save = { accept, undoSaved, redoSaved, refresh, watch };
