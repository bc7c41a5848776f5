// What the service makes of the data sets, laid under what was said already.

import { post } from "../api.js";
import { allDatasets, idOf, refOf } from "../data/names.js";
import { copyOf, valueAt, withDataset } from "./document.js";

const ROLE_OF = [["units", "units.file"], ["accounts", "accounts.file"], ["reps", "reps.file"], ["map", "units.geography.file"]];
const FROM_DATA = new Set(["schema_version", "units", "accounts", "reps", "measures", "skills", "neighbours"]);

// Asks for a guess. Once columns were chosen (isMapped) only the files are taken from it.
export async function guess(wizard) {
  const { state } = wizard;
  const draft = await post("/v1/scenario-drafts", { datasets: state.datasets, name: state.document.name || "New scenario" });
  state.files = draft.files;
  state.datasets = draft.files.map((file) => ({ id: file.dataset_id, role: file.role }));
  state.recognised = { reps: { columns: draft.document.reps?.columns } }; // taken by their names where nothing else is said
  if (!state.isMapped) {
    state.findings = draft.findings;
    state.guessed = draft.guessed;
    state.document = laid(draft.document, state.document);
    state.isMapped = true;
  }
  wizard.changed();
}

// The guessed document with what was said about other things, and with the bands of measures that are still there.
function laid(guessed, said) {
  const rest = Object.fromEntries(Object.entries(said).filter(([name]) => !FROM_DATA.has(name)));
  const measures = Object.entries(guessed.measures ?? {}).map(([name, measure]) => [name, { ...measure, ...without(said.measures?.[name], "column") }]);
  const document = { ...guessed, ...rest, measures: Object.fromEntries(measures) };
  if (!said.name) delete document.name;
  return document;
}

const without = (part, name) => Object.fromEntries(Object.entries(part ?? {}).filter(([key]) => key !== name));

// A newer file in the place of one that is used; what was said about its columns stays.
export async function replace(wizard, before, after) {
  const { state } = wizard;
  state.datasets = state.datasets.map((dataset) => (dataset.id === before.id ? { ...dataset, id: after.id } : dataset)).filter((dataset, place, all) => all.findIndex((other) => other.id === dataset.id) === place);
  state.document = withDataset(copyOf(state.document), refOf(before.id), refOf(after.id));
  state.files = [];
  wizard.datasets = await allDatasets();
  wizard.changed();
  wizard.show();
}

// The data sets that a document names, with the parts they play.
export function datasetsOf(document) {
  const ids = [...new Set(JSON.stringify(document).match(/dataset:[0-9a-f]{32}\.[a-z]{1,12}/g) ?? [])].map(idOf);
  return ids.map((id) => ({ id, role: ROLE_OF.find(([, path]) => idOf(valueAt(document, path)) === id)?.[0] ?? "unused" }));
}
