// The measures: which column holds the workload, which the potential, and further ones.

import { button, make } from "../dom.js";
import { toast } from "../notice.js";
import { beSure, doubt, examplesOf, pickColumn } from "./columns.js";
import { setAt, valueAt } from "./document.js";
import { choice, grid, oneOf, section, text } from "./fields.js";

const HINTS = {
  workload: "Hours a year that a place or account takes. Every territory is to have its fair share of it.",
  potential: "Money a year that could be sold there.",
};
const TITLES = { workload: "Workload", potential: "Potential" };
const NOT_MEASURES = new Set(["id", "lat", "lon"]);

export const measureFiles = (role) => role === "units" || role === "accounts";

export const measureTitle = (name) => TITLES[name] ?? name;

export function amounts(wizard) {
  const { document, files } = wizard.state;
  const holders = files.filter((file) => measureFiles(file.role));
  document.measures ??= {};
  document.measures.workload ??= {};
  const names = [...new Set(["workload", "potential", ...Object.keys(document.measures)])];
  const accounts = files.find((file) => file.role === "accounts");
  return section("Amounts to be shared out", "Numbers that add up over the places of a territory.",
    accounts ? buildUp(wizard, accounts) : null,
    grid(...names.filter((name) => name !== "workload" || !document.accounts?.workload).map((name) => measureField(wizard, holders, name))),
    adding(wizard, holders, names));
}

function measureField(wizard, holders, name) {
  const { document } = wizard.state;
  const path = ["measures", name, "column"];
  const value = name in document.measures ? document.measures[name]?.column ?? (hasColumn(holders, name) ? name : "") : "";
  const changed = (column) => {
    if (column) setAt(document, path, column);
    else if (name === "workload") document.measures.workload = {};
    else delete document.measures[name];
    beSure(wizard, path);
    wizard.changed();
    wizard.show();
  };
  const hint = [HINTS[name] ?? "A further amount.", examplesOf(holders.flatMap((file) => file.columns), value)].filter(Boolean).join(" ");
  return choice(measureTitle(name), hint, numbers(holders), value, changed, { none: name === "workload" ? "please choose" : "not measured", after: doubt(wizard, path) });
}

const hasColumn = (holders, name) => holders.some((file) => file.columns.some((column) => column.name === name));

function numbers(holders) {
  const found = new Map();
  for (const file of holders) {
    for (const column of file.columns) if (column.is_number && !NOT_MEASURES.has(column.name)) found.set(column.name, holders.length > 1 ? `${column.name} (${file.name})` : column.name);
  }
  return [...found];
}

function adding(wizard, holders, names) {
  const taken = new Set(names.map((name) => wizard.state.document.measures[name]?.column ?? name));
  const ids = new Set(holders.flatMap((file) => file.columns).filter((column) => column.is_unique).map((column) => column.name));
  const free = numbers(holders).filter(([column]) => !taken.has(column) && !ids.has(column));
  if (!free.length) return null;
  let chosen = free[0][0];
  const field = choice("A further measure", "For example visits, customers or square metres: it can then be balanced and limited too.", free, chosen, (column) => { chosen = column; }, {
    after: [button("Add it", () => {
      if (names.includes(chosen)) return toast("warn", `There is a measure ${chosen} already.`);
      wizard.state.document.measures[chosen] = { column: chosen };
      wizard.changed();
      wizard.show();
    }, "small")],
  });
  return make("div", { class: "adding" }, field);
}

// Workload of accounts: a column, or calls a year x (length of a call + travel).
function buildUp(wizard, accounts) {
  const { document } = wizard.state;
  const isBuilt = Boolean(document.accounts?.workload);
  const fields = isBuilt
    ? grid(
        pickColumn(wizard, accounts, "accounts.workload.calls", "Calls a year", "How often an account is visited.", true),
        text("Hours a call", "A number such as 0.75, or the name of a column.", valueAt(document, "accounts.workload.call_h"), (value) => {
          setAt(document, "accounts.workload.call_h", value);
          wizard.changed();
        }),
        text("Travel a call, in hours", "Added to each call.", valueAt(document, "accounts.workload.travel_h"), (value) => {
          setAt(document, "accounts.workload.travel_h", value === "" ? undefined : Number(value));
          wizard.changed();
        }, { inputmode: "decimal" }))
    : null;
  const changed = (how) => {
    if (how === "calls") {
      document.accounts.workload = { call_h: "1", travel_h: 0.5 };
      delete document.measures.workload.column;
    } else delete document.accounts.workload;
    wizard.changed();
    wizard.show();
  };
  return make("div", { class: "stack" }, oneOf("Workload of an account", "", [
    ["column", "Stands in a column", "Hours a year of each account."],
    ["calls", "Is made of calls", "Calls a year x (hours a call + travel), as planners usually do."],
  ], isBuilt ? "calls" : "column", changed), fields);
}
