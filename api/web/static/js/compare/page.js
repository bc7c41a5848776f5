// Plans side by side: chosen in the address, so that a comparison can be sent as a link.

import { all, get } from "../api.js";
import { button, byId, fill, link, make } from "../dom.js";
import { notice, showProblem, toastProblem } from "../notice.js";
import { showChoice } from "./choice.js";
import { showChanges } from "./changes.js";
import { showFigures } from "./figures.js";
import { showInputs } from "./inputs.js";
import { begin, waited } from "./job.js";
import { showMaps } from "./maps.js";
import { showVerdict } from "./verdict.js";

const asked = new URLSearchParams(location.search);
const plans = asked.getAll("plan");
const jobId = asked.get("job");
const FORMS = [["Page to send", "html"], ["Workbook", "xlsx"]];

async function load() {
  try {
    const scenarios = (await all("/v1/scenarios")).filter((scenario) => scenario.status !== "archived" && scenario.plan_id);
    const chosen = asked.getAll("scenario").filter((id) => scenarios.some((scenario) => scenario.id === id));
    showChoice(byId("choice"), scenarios, chosen, plans);
    if (chosen.length < asked.getAll("scenario").length) fill(byId("notice"), notice("warn", "Not every plan of this address is there.", { text: "A scenario was removed, or has no plan yet. The others are compared." }));
    if (jobId) await showJob();
    else if (chosen.length || plans.length) await showAtOnce(chosen);
    else if (!scenarios.length) fill(byId("notice"), notice("info", "No scenario has a plan yet.", { text: "Run one first; then it can be compared.", actions: [link("Go to the scenarios", "/", "small")] }));
  } catch (problem) {
    fill(byId("comparison"));
    showProblem(byId("notice"), problem, [link("Choose again", "/compare", "small")]);
  }
  document.documentElement.dataset.ready = "yes";
}

async function showAtOnce(chosen) {
  const query = new URLSearchParams([...chosen.map((id) => ["scenario", id]), ...plans.map((id) => ["plan", id])]);
  fill(byId("comparison"), make("p", { class: "loading" }, "Comparing …"));
  try {
    await show(await get(`/v1/comparisons?${query}`), (form) => `/v1/comparisons?${query}&format=${form}`);
  } catch (problem) {
    if (problem.code !== "needs-job" || plans.length) throw problem;
    await begin(chosen);
  }
}

async function showJob() {
  const job = await waited(byId("comparison"), jobId);
  if (job.status === "succeeded") return show(await get(`/v1/jobs/${jobId}/result`), (form) => `/v1/jobs/${jobId}/files/comparison.${form}`);
  const again = button("Compare again", () => begin(job.task.scenarios).catch(toastProblem), "primary small");
  const text = job.status === "cancelled" ? "It was cancelled." : job.error?.message ?? "";
  return fill(byId("notice"), notice("bad", "The comparison was not made.", { text, actions: [again] }));
}

async function show(comparison, addressOf) {
  fill(byId("actions"), FORMS.map(([words, form]) => make("a", { class: "button", href: addressOf(form), download: `comparison.${form}` }, words)));
  const places = ["verdict", "figures", "maps", "changes", "inputs"].map((name) => make("section", { id: name }));
  fill(byId("comparison"), places);
  const [verdict, figures, maps, changes, inputs] = places;
  showVerdict(verdict, comparison);
  showFigures(figures, comparison);
  showChanges(changes, comparison);
  await Promise.all([showInputs(inputs, comparison), showMaps(maps, comparison)]);
}

load();
