// The files that maps are drawn from, as scenarios/workspace writes them.

import { get, problemOf } from "../api.js";

const FORMAT = 1; // the newest form that this page knows

export const readCells = async (plan) => known(await get(`/v1/plans/${plan}/files/cells.json`));
export const readAlignment = async (plan) => known(await get(`/v1/plans/${plan}/files/alignment.json`));

// A page that was loaded before the service was updated must not draw what it does not understand.
export function known(file) {
  if (file.format > FORMAT) throw problemOf({ code: "outdated-page", detail: "The service was updated since this page was loaded." }, 0);
  return file;
}
