// Step 2: what each file is, and which column plays which part; the first rows stand under each.

import { idOf } from "../data/names.js";
import { firstRows } from "../data/first_rows.js";
import { findingsTable } from "../findings.js";
import { make } from "../dom.js";
import { notice } from "../notice.js";
import { plural } from "../format.js";
import { pickColumn } from "./columns.js";
import { valueAt } from "./document.js";
import { choice, grid, more, section } from "./fields.js";
import { amounts, measureFiles } from "./amounts.js";
import { placement } from "./placement.js";
import { ACCOUNT_FIELDS, FURTHER_REP_FIELDS, REP_FIELDS, ROLES, UNIT_FIELDS } from "./roles.js";

const FIELDS = { units: UNIT_FIELDS, accounts: ACCOUNT_FIELDS, reps: REP_FIELDS, map: [], unused: [] };
const TITLES = { units: "Places", accounts: "Accounts", reps: "Reps", map: "Map", unused: "Not needed" };
const ORDER = ["units", "accounts", "reps", "map", "unused"];

export async function columnsStep(wizard) {
  if (!wizard.state.datasets.length) return [notice("info", "No file is chosen yet.", { text: "Choose files in the first step.", actions: [wizard.goButton("data")] })];
  const files = [...wizard.state.files].sort((one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role));
  const errors = wizard.state.findings.filter((finding) => finding.level === "error");
  return [
    errors.length
      ? make("div", {}, notice("warn", "Some of it could not be guessed.", { text: "Choose the columns below, or say what each file is." }), findingsTable(errors, { datasets: wizard.datasets, caption: "What could not be guessed" }))
      : wizard.state.scenarioId
        ? notice("info", "These columns are used.", { text: "A newer file takes the place of one that is used in the step before." })
        : notice("info", "This was guessed from the names and the content of the columns.", { text: "Please look it over; what is marked “please check” deserves a second look." }),
    ...files.map((file) => fileCard(wizard, file)),
    amounts(wizard),
  ];
}

function fileCard(wizard, file) {
  const role = choice("This file holds", "", ROLES, file.role, async (chosen) => {
    wizard.state.datasets = wizard.state.datasets.map((dataset) => (dataset.id === file.dataset_id ? { id: dataset.id, role: chosen } : dataset));
    wizard.state.isMapped = false;
    await wizard.guess();
    wizard.show();
  });
  const fields = FIELDS[file.role].map((line) => pickColumn(wizard, file, ...line));
  const further = file.role === "reps" ? more("More about reps", grid(...FURTHER_REP_FIELDS.map((line) => pickColumn(wizard, file, ...line)))) : null;
  const caption = `First rows of ${file.name}`;
  return section(`${TITLES[file.role]}: ${file.name}`, `${plural(file.rows, file.is_map ? "shape" : "row")}, ${plural(file.columns.length, "column")}.`,
    grid(role, ...fields),
    further,
    file.role === "units" || file.role === "accounts" ? placement(wizard, file) : null,
    firstRows(file.columns.map((column) => column.name), file.first_rows, { caption, marked: partsOf(wizard.state, file) }));
}

// The words above each column of the preview that plays a part.
function partsOf({ document, recognised = {} }, file) {
  const marked = new Map();
  const say = (column, words) => column && marked.set(column, marked.has(column) ? `${marked.get(column)}, ${words}` : words);
  for (const [path, words] of [...FIELDS[file.role], ...(file.role === "reps" ? FURTHER_REP_FIELDS : [])]) say(valueAt(document, path) ?? valueAt(recognised, path), words);
  if (file.role === "units") {
    say(valueAt(document, "units.lat"), "Latitude");
    say(valueAt(document, "units.lon"), "Longitude");
    say(valueAt(document, "units.geography.key"), "Key to the map");
  }
  if (file.role === "map" && idOf(valueAt(document, "units.geography.file")) === file.dataset_id) say(valueAt(document, "units.geography.id"), "Key of the shapes");
  if (file.role === "accounts") {
    const place = valueAt(document, "accounts.geography");
    if (typeof place === "string") say(place, "Key to the place");
    else Object.entries(place ?? {}).forEach(([name, column]) => say(column, name === "lat" ? "Latitude" : "Longitude"));
  }
  if (measureFiles(file.role)) {
    for (const [name, measure] of Object.entries(document.measures ?? {})) {
      const column = measure?.column ?? name;
      if (file.columns.some((known) => known.name === column)) say(column, `Measure: ${name}`);
    }
  }
  return marked;
}
