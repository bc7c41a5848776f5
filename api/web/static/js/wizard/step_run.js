// Step 6: a name, the time it may take, and off it goes.

import { make } from "../dom.js";
import { setAt, valueAt } from "./document.js";
import { amountField, grid, oneOf, section, text } from "./fields.js";

const TIMES = [
  ["20", "A quick look", "20 seconds: to see whether it is on the right way."],
  ["60", "A good plan", "A minute: enough for most."],
  ["300", "A thorough plan", "Five minutes: for many places, or before it is decided."],
];

export async function runStep(wizard) {
  const { document, scenarioId } = wizard.state;
  const effort = valueAt(document, "solve.effort");
  const seconds = effort === undefined ? valueAt(document, "solve.time_limit_s") ?? 60 : undefined;
  const choices = effort === undefined ? TIMES : [...TIMES, ["effort", "A fixed amount of work", `Effort ${effort}: the same plan on every machine, however long it takes.`]];
  const isOther = seconds !== undefined && !TIMES.some(([known]) => Number(known) === seconds);
  const setTime = (value) => {
    if (value === "effort") return;
    setAt(document, "solve.effort", undefined);
    setAt(document, "solve.time_limit_s", Number(value));
    wizard.changed();
    wizard.show();
  };
  return [
    section("Name", "",
      grid(text("Name of the scenario", "How it stands in lists and exports, such as “2027, 32 reps”.", document.name ?? "", (value) => {
        setAt(document, "name", value);
        wizard.changed();
        wizard.showState();
      }, { maxlength: 200, required: true }))),
    section("Time", "It may end sooner, when no better plan is possible; you can stop it at any moment and keep the best plan.",
      oneOf("How long it may take", "", choices, effort === undefined ? String(seconds) : "effort", setTime),
      grid(amountField("Another time", "", isOther ? seconds : undefined, (value) => value && setTime(value), { unit: "seconds", min: 1, none: "seconds" }))),
    make("div", { class: "actions" }, ...wizard.finishButtons(Boolean(scenarioId))),
  ];
}
