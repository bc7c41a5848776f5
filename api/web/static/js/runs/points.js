// The what-ifs of a sweep as they come.

import { get, newKey, post } from "../api.js";
import { button, make } from "../dom.js";
import { amount, gapPercent, plural } from "../format.js";
import { toastProblem } from "../notice.js";
import { settingWords } from "../setting_words.js";

const STATES = {
  queued: ["", "waits"],
  running: ["info", "running"],
  stopping: ["info", "stopping"],
  failed: ["bad", "failed"],
  cancelled: ["warn", "cancelled"],
};
const SOLUTIONS = { optimal: ["good", "best plan"], feasible: ["good", "keeps every rule"], infeasible: ["bad", "not possible"], unknown: ["warn", "none found"], refused: ["bad", "makes no sense"] };

export async function pointsTable(job) {
  const points = await get(`/v1/jobs/${job.id}/points`);
  if (!points.length) return make("p", { class: "soft" }, "The first what-ifs are being chosen.");
  const done = points.filter((point) => !["queued", "running", "stopping"].includes(point.status)).length;
  return make("div", { class: "stack" },
    make("p", { class: "soft" }, `${done} of ${plural(points.length, "what-if")} done.`, make("progress", { max: points.length, value: done, "aria-label": "What-ifs that are done" })),
    make("div", { class: "table-frame" },
      make("table", { class: "tight" },
        make("caption", { class: "unseen" }, "What-ifs of the sweep"),
        make("thead", {}, make("tr", {}, ["What-if", "What for", "What differs", "State", "Value", "Gap", "Next step"].map((words, place) => make("th", { scope: "col", class: place === 4 || place === 5 ? "number" : null }, words)))),
        make("tbody", {}, points.map((point) => row(job, point))))));
}

function row(job, point) {
  const [kind, words] = (point.status === "succeeded" ? SOLUTIONS[point.summary?.status] : STATES[point.status]) ?? ["", point.status];
  const values = Object.entries(point.values).map(([path, value]) => make("div", {}, settingWords(path, value)));
  return make("tr", {},
    make("th", { scope: "row" }, nameOf(point)),
    make("td", {}, point.why || "–"),
    make("td", {}, values.length ? values : "as it is"),
    make("td", {}, make("span", { class: `badge ${kind}`.trim() }, words)),
    make("td", { class: "number" }, amount(point.summary?.value)),
    make("td", { class: "number" }, gapPercent(point.summary?.gap)),
    make("td", {}, ["optimal", "feasible"].includes(point.summary?.status) ? button("Make it a scenario", () => adopt(job, point), "small", { "aria-label": `Make ${nameOf(point)} a scenario` }) : null));
}

// P07 is what files call it.
export const nameOf = ({ point }) => `What-if ${point.replace(/^P0*/, "")}`;

async function adopt(job, point) {
  try {
    const scenario = await post(`/v1/jobs/${job.id}/points/${point.point}/scenario`, {}, { key: newKey() });
    location.assign(`/scenarios/${scenario.id}`);
  } catch (problem) {
    toastProblem(problem);
  }
}
