// A choice among the columns of a file for a field of the document.

import { refOf } from "../data/names.js";
import { make } from "../dom.js";
import { setAt, valueAt } from "./document.js";
import { choice } from "./fields.js";

export function pickColumn(wizard, file, path, words, hint, isNeeded = false) {
  const value = valueAt(wizard.state.document, path) ?? valueAt(wizard.state.recognised ?? {}, path);
  const changed = (name) => {
    setAt(wizard.state.document, path, name);
    if (file.role !== "map") setAt(wizard.state.document, `${file.role}.file`, refOf(file.dataset_id));
    beSure(wizard, path);
    wizard.changed();
    wizard.show();
  };
  const options = file.columns.map((column) => [column.name, column.name]);
  return choice(words, [hint, examplesOf(file.columns, value)].filter(Boolean).join(" "), options, value, changed, {
    none: isNeeded ? "please choose" : "not in this file",
    after: doubt(wizard, path),
  });
}

export function examplesOf(columns, name) {
  const examples = columns.find((column) => column.name === name)?.examples.join(" · ");
  return examples ? `Here: ${examples}` : "";
}

// What was chosen by a person is not doubted any more.
export function beSure(wizard, path) {
  const field = [path].flat().join(".");
  wizard.state.guessed = wizard.state.guessed.filter((guessed) => guessed.field !== field);
}

export function doubt(wizard, path) {
  const field = [path].flat().join(".");
  const guessed = wizard.state.guessed.find((one) => one.field === field && one.is_doubtful);
  return guessed ? [make("span", { class: "badge warn" }, guessed.why)] : [];
}
