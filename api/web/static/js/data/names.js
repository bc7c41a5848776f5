// Data sets under the names that people know them by.

import { all } from "../api.js";

const PREFIX = "dataset:";

export const refOf = (id) => `${PREFIX}${id}`;
export const idOf = (ref) => (typeof ref === "string" && ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : null);

// The data sets of the workspace, the last sent first.
export async function allDatasets() {
  const datasets = await all("/v1/datasets");
  return datasets.sort((one, other) => other.created_at.localeCompare(one.created_at));
}

// plainly(text, datasets): a text of the service with the names of files in place of their ids.
export function plainly(text, datasets) {
  return String(text).replace(/dataset:([0-9a-f]{32}\.[a-z]{1,12})/g, (whole, id) => datasets.find((dataset) => dataset.id === id)?.name ?? whole);
}
