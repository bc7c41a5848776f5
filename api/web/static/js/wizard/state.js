// What has been said so far. It is kept in the browser until the scenario is, so that a reload loses nothing.

import { copyOf } from "./document.js";

const KEY = "territory-wizard";

// { scenarioId, revision, original, datasets: [{ id, role }], files, guessed, findings, document, step }
// `files` and `guessed` are what the service said of the data sets; `original` is the document before the changes.
const EMPTY = { datasets: [], files: [], guessed: [], findings: [], document: { schema_version: 1 }, original: null, step: 0 };

export const scenarioId = /^\/scenarios\/([^/]+)\/settings$/.exec(location.pathname)?.[1] ?? null;
const place = scenarioId ? `${KEY}-${scenarioId}` : KEY;

export function storedState() {
  try {
    const stored = JSON.parse(localStorage.getItem(place));
    return stored?.document ? { ...copyOf(EMPTY), ...stored } : null;
  } catch {
    return null;
  }
}

export const emptyState = () => copyOf(EMPTY);

export function keep(state) {
  try {
    localStorage.setItem(place, JSON.stringify(state));
  } catch {
    // A full store only means that a reload begins anew.
  }
}

export const forget = () => localStorage.removeItem(place);
