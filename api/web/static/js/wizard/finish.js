// The end of the steps: a scenario is created or changed, and run.

import { call, newKey, post } from "../api.js";
import { dialog } from "../dialog.js";
import { button, make, whileBusy } from "../dom.js";
import { toast, toastProblem } from "../notice.js";
import { patchBetween, patched } from "./document.js";
import { forget } from "./state.js";

export function finishButtons(wizard) {
  const { scenarioId } = wizard.state;
  const does = (isRun) => async (event) => {
    await whileBusy(event.currentTarget, () => finish(wizard, isRun).catch((problem) => {
      toastProblem(problem);
      if (problem.code === "invalid-input") wizard.go("check");
    }));
  };
  return scenarioId
    ? [button("Save and run", does(true), "primary"), button("Save without running", does(false))]
    : [button("Create and run", does(true), "primary"), button("Create without running", does(false))];
}

async function finish(wizard, isRun) {
  if (!wizard.state.document.name) {
    toast("warn", "The scenario needs a name.");
    wizard.go("run");
    return;
  }
  const id = wizard.state.scenarioId ? await saved(wizard) : await created(wizard);
  if (!id) return;
  forget();
  if (isRun) await post("/v1/jobs", { scenario_id: id }, { key: newKey() });
  location.assign(isRun ? `/scenarios/${id}/run` : wizard.state.scenarioId ? `/scenarios/${id}` : "/");
}

const created = async (wizard) => (await post("/v1/scenarios", wizard.documentToSend(), { key: newKey() })).id;

// Returns the id, or nothing where somebody else was faster and the reader wants to look first.
async function saved(wizard) {
  const { state } = wizard;
  const patch = patchBetween(state.original, state.document);
  if (!Object.keys(patch).length) return state.scenarioId;
  try {
    await call("PATCH", `/v1/scenarios/${state.scenarioId}`, { body: patch, revision: state.revision, key: newKey() });
    return state.scenarioId;
  } catch (problem) {
    if (problem.code !== "stale") throw problem;
    return overtaken(wizard, patch);
  }
}

async function overtaken(wizard, patch) {
  const { state } = wizard;
  const newer = await call("GET", `/v1/scenarios/${state.scenarioId}`);
  const theirs = Object.keys(patchBetween(state.original, newer.data.document));
  const words = theirs.length ? `Changed meanwhile: ${theirs.join(", ")}.` : "Its plan or state changed, not its settings.";
  const answer = await dialog("Somebody changed this scenario meanwhile", make("p", {}, `${words} Your changes can be laid over the newer state, or dropped.`), (close) => [
    button("Back to the form", () => close("stay")),
    button("Drop mine and load theirs", () => close("theirs")),
    button("Lay mine over theirs", () => close("mine"), "primary"),
  ]);
  if (answer === "theirs") {
    forget();
    location.reload();
  }
  if (answer !== "mine") return null;
  Object.assign(state, { revision: newer.revision, original: newer.data.document, document: patched(newer.data.document, patch) });
  wizard.changed();
  return saved(wizard);
}
