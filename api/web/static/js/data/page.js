// The data of the workspace: what is there, what is in it, who uses it, and how more gets in.

import { get } from "../api.js";
import { button, byId, fill, link, make } from "../dom.js";
import { counted, findingsTable } from "../findings.js";
import { ago, moment, number } from "../format.js";
import { showProblem, toastProblem } from "../notice.js";
import { firstRows } from "./first_rows.js";
import { allDatasets } from "./names.js";
import { uploader } from "./upload.js";

const KIND = { map: "Map", table: "Table" };

async function load() {
  try {
    show(await allDatasets());
  } catch (problem) {
    showProblem(byId("list"), problem, [button("Try again", load)]);
  }
  byId("list").removeAttribute("aria-busy");
  document.documentElement.dataset.ready = "yes";
}

function show(datasets) {
  fill(byId("list"), datasets.length ? table(datasets) : empty());
  byId("wanted").hidden = !datasets.length;
}

function empty() {
  return make("div", { class: "card empty" },
    make("h2", {}, "No data yet"),
    make("p", { class: "soft" }, "Upload the files you plan with: places or accounts with their workload and potential, your reps, and a map if you have one."),
    make("div", { class: "actions" }, link("Start with a sample instead", "/new?sample", "")));
}

function table(datasets) {
  const heads = ["File", "Kind", ["Rows", "number"], ["Columns", "number"], "Findings", "Used by", "Uploaded", "More"];
  return make("div", { class: "table-frame" },
    make("table", {},
      make("caption", { class: "unseen" }, "Data sets, the last uploaded first"),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col", class: Array.isArray(head) ? head[1] : null }, [head].flat()[0])))),
      make("tbody", {}, datasets.flatMap(rows))));
}

function rows(dataset) {
  const detail = make("tr", { class: "detail", hidden: true, id: `rows-${dataset.id}` }, make("td", { colspan: "8" }));
  const more = button("First rows", () => toggle(dataset, more, detail), "small", { "aria-expanded": "false", "aria-controls": detail.id, "aria-label": `First rows of ${dataset.name}` });
  const line = make("tr", {},
    make("th", { scope: "row" }, dataset.name),
    make("td", {}, KIND[dataset.kind]),
    make("td", { class: "number" }, number(dataset.rows)),
    make("td", { class: "number" }, number(dataset.columns.length)),
    make("td", {}, state(dataset)),
    make("td", {}, uses(dataset.scenarios)),
    make("td", {}, make("time", { datetime: dataset.created_at, title: moment(dataset.created_at) }, ago(dataset.created_at))),
    make("td", {}, more));
  return [line, detail];
}

function state(dataset) {
  const doubts = counted(dataset.findings);
  return make("span", { class: `badge ${doubts ? "warn" : "good"}` }, make("span", { "aria-hidden": "true" }, doubts ? "!" : "✓"), doubts || "none");
}

function uses(scenarios) {
  if (!scenarios.length) return make("span", { class: "soft" }, "no scenario yet");
  const shown = scenarios.slice(0, 3).map((scenario) => make("div", {}, link(scenario.name, `/scenarios/${scenario.id}`)));
  return scenarios.length > 3 ? [...shown, make("div", { class: "soft" }, `and ${number(scenarios.length - 3)} more`)] : shown;
}

async function toggle(dataset, control, detail) {
  const isOpen = control.getAttribute("aria-expanded") === "true";
  control.setAttribute("aria-expanded", String(!isOpen));
  detail.hidden = isOpen;
  if (isOpen || detail.dataset.read) return;
  fill(detail.firstChild, make("p", { class: "soft" }, "Reading …"));
  try {
    const first = await get(`/v1/datasets/${dataset.id}/rows?limit=12`);
    detail.dataset.read = "yes";
    fill(detail.firstChild,
      firstRows(first.columns, first.rows, { caption: `First rows of ${dataset.name}` }),
      dataset.findings.length ? findingsTable(dataset.findings, { datasets: [dataset], caption: `Findings in ${dataset.name}` }) : null);
  } catch (problem) {
    toastProblem(problem);
  }
}

byId("upload").append(uploader(load));
load();
