// Managers' packs: sent out, read back as staged changes, accepted or dropped, and applied.

import { call, get } from "../api.js";
import { button, byId, fill, link, make } from "../dom.js";
import { saveButton, slug } from "../download.js";
import { notice, showProblem } from "../notice.js";
import { isEditable, may, openScenario, placeOf, ready } from "../scenario/head.js";
import { showRequests } from "./requests.js";

async function load() {
  try {
    const opened = await openScenario("/pack");
    const { scenario, plan } = opened;
    if (plan) {
      const teams = await get(`/v1/scenarios/${scenario.id}/packs`);
      fill(byId("teams"), sending(teams, scenario));
      fill(byId("upload"), reading(opened, teams));
      byId("pack").hidden = false;
    } else {
      fill(byId("notice"), notice("info", "There is no plan to send yet.", { text: "Run the scenario first.", actions: [link("Open it", placeOf(scenario.id), "small")] }));
    }
  } catch (problem) {
    showProblem(byId("notice"), problem, [link("Back to the scenarios", "/", "small")]);
  }
  ready();
}

function sending(teams, scenario) {
  if (!teams.length) {
    return notice("info", "The list of reps names no managers or regions.", { text: "Add a column “manager” or “region” to it and send it again; then there is a pack for each." });
  }
  const rows = teams.map((team) => make("tr", {},
    make("th", { scope: "row" }, team.name),
    make("td", { class: "number" }, String(team.territories.length)),
    make("td", {}, saveButton(`/v1/scenarios/${scenario.id}/pack?team=${encodeURIComponent(team.name)}`, `${slug(scenario.name)}-${team.file}`, `the pack of ${team.name}`))));
  return [
    make("p", { class: "soft" }, "A pack has the team’s map and a workbook with two open columns: requested rep and reason. Nothing in it tells of other teams."),
    make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": "Packs" }, make("table", { class: "tight" },
      make("caption", { class: "unseen" }, "Packs"),
      make("thead", {}, make("tr", {}, [teams[0].kind === "manager" ? "Manager" : "Region", "Territories", "Pack"].map((words, at) => make("th", { scope: "col", class: at === 1 ? "number" : null }, words)))),
      make("tbody", {}, rows))),
  ];
}

function reading(opened, teams) {
  const { scenario, who } = opened;
  if (!may(who, "planner")) return notice("info", "Planners read what comes back.", { text: "Send your filled workbook to one of them." });
  if (!isEditable(scenario)) return notice("info", `The scenario is ${scenario.status}, so nothing can be changed.`, { text: "Make a copy and read the workbooks there." });
  if (!teams.length) return make("p", { class: "soft" }, "There are no packs to read back.");
  const files = make("input", { id: "books", type: "file", multiple: true, accept: ".xlsx", "aria-describedby": "books-hint" });
  const send = button("Read them", () => read(opened, files), "primary");
  return make("div", { class: "form" },
    make("div", { class: "field" }, make("label", { for: "books" }, "Filled workbooks"), files,
      make("p", { class: "hint", id: "books-hint" }, "One or several requests.xlsx as they came back. Nothing changes until you apply what you accept.")),
    make("div", { class: "actions" }, send));
}

async function read(opened, input) {
  fill(byId("notice"));
  if (!input.files.length) {
    input.setAttribute("aria-invalid", "true");
    return input.focus();
  }
  input.setAttribute("aria-invalid", "false");
  const body = new FormData();
  // Workbooks of several managers often have one name.
  const names = new Set();
  for (const file of input.files) {
    let name = file.name;
    for (let number = 2; names.has(name); number += 1) name = `${number}-${file.name}`;
    names.add(name);
    body.append("files", file, name);
  }
  try {
    const { data } = await call("POST", `/v1/scenarios/${opened.scenario.id}/pack-requests`, { body });
    showRequests(byId("requests"), data, opened);
    byId("requests").scrollIntoView({ block: "start" });
  } catch (problem) {
    showProblem(byId("notice"), problem);
  }
}

load();
