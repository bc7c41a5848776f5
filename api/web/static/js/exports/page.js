// Every form of a plan in one menu: what it is for, what it needs, and the file.

import { all, get } from "../api.js";
import { byId, fill, link, make } from "../dom.js";
import { slug } from "../download.js";
import { notice, showProblem } from "../notice.js";
import { openScenario, placeOf, ready } from "../scenario/head.js";
import { formCard, plainCard } from "./card.js";

// What is there at once: [title, what it is for, file].
const EVERYDAY = [
  ["Map", "One page that opens in any browser without a network: to mail, or to show.", "map.html"],
  ["Workbook", "Summary, territories, units, accounts and moves for Excel.", "plan.xlsx"],
  ["Who has which unit", "A row a unit, with its rep of today and of this plan: for spreadsheets and other programs.", "plan.csv"],
  ["Territories", "A row a territory: loads, targets, index, distance.", "territories.csv"],
  ["Report", "Every figure and the proof behind them, for programs.", "report.json"],
];

const GROUPS = {
  "pictures and maps": "Pictures and maps",
  "slides and packs": "People and slides",
  CRM: "CRM",
  analysis: "Analysis",
  "map layers": "Layers for map programs",
};

async function load() {
  try {
    const { scenario, plan, who } = await openScenario("/exports");
    if (!plan) {
      fill(byId("notice"), notice("info", "There is no plan to export yet.", { text: "Run the scenario first.", actions: [link("Open it", placeOf(scenario.id), "small")] }));
      return ready();
    }
    const [forms, scenarios] = await Promise.all([get(`/v1/scenarios/${scenario.id}/exports`), all("/v1/scenarios")]);
    const state = { scenario, plan, who, name: slug(scenario.name), earlier: scenarios.filter((one) => one.plan_id && one.plan_id !== plan.id) };
    const names = [...new Set(forms.map((form) => form.group))];
    fill(byId("forms"),
      group("Every day", EVERYDAY.map((row) => plainCard(row, state))),
      names.map((name) => group(GROUPS[name] ?? name, forms.filter((form) => form.group === name).map((form) => formCard(form, state)))));
    byId("exports").hidden = false;
  } catch (problem) {
    showProblem(byId("notice"), problem, [link("Back to the scenarios", "/", "small")]);
  }
  ready();
}

const group = (title, cards) => make("section", { class: "form-group" }, make("h3", {}, title), make("ul", { class: "forms" }, cards));

load();
