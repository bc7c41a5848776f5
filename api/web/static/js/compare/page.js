// Plans side by side: chosen in the address, so that a comparison can be sent as a link.

import { all, get } from "../api.js";
import { byId, fill, link, make } from "../dom.js";
import { notice, showProblem } from "../notice.js";
import { showChoice } from "./choice.js";
import { showChanges } from "./changes.js";
import { showFigures } from "./figures.js";
import { showInputs } from "./inputs.js";
import { showMaps } from "./maps.js";
import { showVerdict } from "./verdict.js";

const asked = new URLSearchParams(location.search);
const chosen = asked.getAll("scenario");
const plans = asked.getAll("plan");
const query = [...chosen.map((id) => `scenario=${encodeURIComponent(id)}`), ...plans.map((id) => `plan=${encodeURIComponent(id)}`)].join("&");

async function load() {
  try {
    const scenarios = (await all("/v1/scenarios")).filter((scenario) => scenario.status !== "archived" && scenario.plan_id);
    showChoice(byId("choice"), scenarios, chosen, plans);
    if (query) await show(await get(`/v1/comparisons?${query}`));
    else if (!scenarios.length) fill(byId("notice"), notice("info", "No scenario has a plan yet.", { text: "Run one first; then it can be compared.", actions: [link("Go to the scenarios", "/", "small")] }));
  } catch (problem) {
    showProblem(byId("notice"), problem, [link("Choose again", "/compare", "small")]);
  }
  document.documentElement.dataset.ready = "yes";
}

async function show(comparison) {
  const forms = [["Page to send", "html"], ["Workbook", "xlsx"]];
  fill(byId("actions"), forms.map(([words, form]) => make("a", { class: "button", href: `/v1/comparisons?${query}&format=${form}`, download: `comparison.${form}` }, words)));
  const places = ["verdict", "figures", "maps", "changes", "inputs"].map((name) => make("section", { id: name }));
  fill(byId("comparison"), places);
  const [verdict, figures, maps, changes, inputs] = places;
  showVerdict(verdict, comparison);
  showFigures(figures, comparison);
  showChanges(changes, comparison);
  showInputs(inputs, comparison);
  await showMaps(maps, comparison);
}

load();
