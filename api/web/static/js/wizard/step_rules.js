// Step 4: what every plan has to keep, and rules on single places.

import { make } from "../dom.js";
import { setAt, valueAt } from "./document.js";
import { amountField, grid, more, oneOf, percentField, section, tick } from "./fields.js";
import { ruleList } from "./rule_list.js";

export async function rulesStep(wizard) {
  return [shape(wizard), change(wizard), lone(wizard)];
}

function set(wizard, path, value) {
  setAt(wizard.state.document, path, value);
  wizard.changed();
}

const at = (wizard, path, otherwise) => valueAt(wizard.state.document, path) ?? otherwise;

function shape(wizard) {
  const contiguity = at(wizard, "limits.contiguity", "required");
  return section("Shape of a territory", "",
    typeof contiguity === "string"
      ? oneOf("Connected", "", [
          ["required", "Must be in one piece", "Every territory can be driven without crossing another."],
          ["preferred", "Should be in one piece", "Gaps are allowed where they pay."],
          ["off", "May be scattered", "For named accounts or phone sales."],
        ], contiguity, (value) => set(wizard, "limits.contiguity", value))
      : make("p", { class: "hint" }, "Connectedness is set for each segment; the text view shows it."),
    tick("Link islands to the nearest shore", "Else a place without neighbours cannot join any territory. Every link is listed.", at(wizard, "neighbours.bridges", "none") === "nearest", (is) => set(wizard, "neighbours.bridges", is ? "nearest" : undefined)),
    tick("A territory holds the home of its rep", "Reps live where they sell.", at(wizard, "limits.home", "free") === "inside", (is) => set(wizard, "limits.home", is ? "inside" : undefined)),
    grid(amountField("Farthest place from the rep's home", "In a straight line; empty means no limit.", at(wizard, "limits.max_distance_km"), (value) => set(wizard, "limits.max_distance_km", value), { unit: "km" })),
    oneOf("Places too heavy for one rep", "A big city may outweigh a whole territory.", [
      ["refuse", "Keep them whole", "The check warns where that makes a fair plan impossible."],
      ["split", "Split them", "Into equal parts that several reps can share."],
      ["share", "Share them", "Several reps hold the place together."],
    ], at(wizard, "limits.oversize", "refuse"), (value) => set(wizard, "limits.oversize", value)),
    tick("A rep's selling hours cap the workload", "Uses the hours of the reps' file.", at(wizard, "limits.hours", "off") === "hard", (is) => set(wizard, "limits.hours", is ? "hard" : undefined)));
}

function change(wizard) {
  const budget = (name, words, hint) => percentField(words, hint, at(wizard, `limits.disruption.${name}`), (value) => set(wizard, `limits.disruption.${name}`, value));
  return section("Change against today", "Each customer who changes rep is at risk. What must move, because a rep leaves, is not counted.",
    grid(
      budget("potential", "Most of the potential that may change hands", "For example 20: at most a fifth of the money moves to another rep."),
      budget("units", "Most of the places that may change hands", "Counted by number.")),
    more("By accounts, sales or years",
      grid(
        budget("accounts", "Most of the accounts", "Counted by number."),
        budget("sales", "Most of the sales", "Needs a measure or column named sales."),
        budget("tenure", "Most of the years of relationship", "Needs the years with today's rep."))));
}

function lone(wizard) {
  return section("Rules on single places", "By the ID of the place and of the rep.",
    ruleList(wizard, "lock", "Stays with a rep", "A place that this rep keeps or gets in any case."),
    ruleList(wizard, "forbid", "Never with a rep", "A place that this rep must not have."),
    ruleList(wizard, "together", "Kept together", "Places that one rep must have."),
    ruleList(wizard, "apart", "Kept apart", "Places that must all have different reps."));
}
