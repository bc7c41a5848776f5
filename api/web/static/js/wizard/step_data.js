// Step 1: data sets that are here, new files, or a sample.

import { get, newKey, post } from "../api.js";
import { allDatasets } from "../data/names.js";
import { uploader } from "../data/upload.js";
import { button, fill, make } from "../dom.js";
import { ago, number } from "../format.js";
import { showProblem, toast, toastProblem } from "../notice.js";
import { section } from "./fields.js";

const KIND = { map: "Map", table: "Table" };

export async function dataStep(wizard) {
  const list = make("div", {});
  const refresh = async () => {
    wizard.datasets = await allDatasets();
    fill(list, wizard.datasets.length ? table(wizard) : make("p", { class: "soft" }, "No file is here yet. Upload some above, or begin with a sample below."));
  };
  const sent = async (dataset) => {
    pick(wizard, dataset.id, true);
    await refresh().catch(toastProblem);
    wizard.showState();
  };
  await refresh();
  return [
    section("Upload new files", "Places or accounts with their workload and potential, your reps, and a map of the places if you have one.", uploader(sent)),
    section("Files for this scenario", "Tick those that belong to it. What each of them is will be guessed in the next step.", list),
    wizard.state.scenarioId ? null : await samples(),
  ];
}

export function pick(wizard, id, is) {
  const others = wizard.state.datasets.filter((dataset) => dataset.id !== id);
  wizard.state.datasets = is ? [...others, { id, role: null }] : others;
  wizard.state.files = [];
  wizard.state.isMapped = false;
  wizard.changed();
}

function table(wizard) {
  const chosen = new Set(wizard.state.datasets.map((dataset) => dataset.id));
  const sorted = [...wizard.datasets].sort((one, other) => chosen.has(other.id) - chosen.has(one.id));
  const heads = [["Use it"], ["File"], ["Kind"], ["Rows", "number"], ["Columns"], ["Used by"], ["Uploaded"], ["Newer file"]];
  return make("div", { class: "table-frame choose" },
    make("table", { class: "tight" },
      make("caption", { class: "unseen" }, "Files in this workspace"),
      make("thead", {}, make("tr", {}, heads.map(([words, kind]) => make("th", { scope: "col", class: kind }, words)))),
      make("tbody", {}, sorted.map((dataset) => row(wizard, dataset, chosen.has(dataset.id))))));
}

function row(wizard, dataset, isChosen) {
  const newer = replacing(wizard, dataset);
  newer.hidden = !isChosen;
  const box = make("input", { type: "checkbox", "aria-label": `Use ${dataset.name}`, onchange: () => {
    pick(wizard, dataset.id, box.checked);
    newer.hidden = !box.checked;
    wizard.showState();
  } });
  box.checked = isChosen;
  return make("tr", {},
    make("td", {}, box),
    make("th", { scope: "row" }, dataset.name),
    make("td", {}, KIND[dataset.kind]),
    make("td", { class: "number" }, number(dataset.rows)),
    make("td", { class: "columns" }, clipped(dataset.columns.join(", "))),
    make("td", { class: "used" }, usedBy(dataset.scenarios)),
    make("td", { class: "when" }, ago(dataset.created_at)),
    make("td", {}, newer));
}

// Files of one name are told apart by the scenarios that have them.
function usedBy(scenarios) {
  const names = scenarios.slice(0, 2).map((scenario) => scenario.name).join(", ");
  return scenarios.length > 2 ? `${names} and ${number(scenarios.length - 2)} more` : names || "–";
}

const clipped = (text) => (text.length > 90 ? `${text.slice(0, 89)}…` : text);

// A repaired or newer file in the place of one that is used: all that was said about the columns stays.
function replacing(wizard, dataset) {
  const control = button("Replace …", () => {
    const box = make("div", { class: "card" },
      make("h3", {}, `A newer file for ${dataset.name}`),
      make("p", { class: "soft" }, "Everything that was said about its columns stays as it is."),
      uploader((newer) => {
        wizard.replace(dataset, newer);
        toast("good", `${newer.name} takes the place of ${dataset.name}.`);
      }),
      button("Close", () => box.remove(), "plain"));
    control.closest(".table-frame").before(box);
    box.querySelector("button").focus();
  }, "small", { "aria-label": `Replace ${dataset.name} by a newer file` });
  return control;
}

async function samples() {
  const place = make("div", { class: "samples" });
  try {
    fill(place, (await get("/v1/samples")).map(sample));
  } catch (problem) {
    showProblem(place, problem);
  }
  return section("Or begin with a sample", "Real maps, made-up companies: complete scenarios to look around in and to change.", place);
}

function sample({ name, title, about }) {
  const control = button("Take this one", async () => {
    control.disabled = true;
    try {
      const scenario = await post(`/v1/samples/${encodeURIComponent(name)}`, undefined, { key: newKey() });
      location.assign(`/scenarios/${scenario.id}/settings#run`);
    } catch (problem) {
      control.disabled = false;
      toastProblem(problem);
    }
  }, "small", { "aria-label": `Take the sample ${title}` });
  return make("article", { class: "sample" }, make("h3", {}, title), make("p", { class: "small soft" }, firstSentence(about)), control);
}

const firstSentence = (text) => `${text.split(". ")[0].replace(/\.$/, "")}.`;
