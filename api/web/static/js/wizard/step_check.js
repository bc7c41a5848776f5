// Step 5: what the service finds when it reads all of it; each finding leads to the step that mends it.

import { call } from "../api.js";
import { button, fill, make } from "../dom.js";
import { countOf, findingsTable } from "../findings.js";
import { amount, plural } from "../format.js";
import { notice, problemNotice } from "../notice.js";
import { measureTitle } from "./amounts.js";
import { stepOf, titleOf } from "./steps.js";

export async function checkStep(wizard) {
  const place = make("div", {}, make("p", { class: "loading" }, "Reading the data and looking for mistakes …"));
  check(wizard, place);
  return [place];
}

async function check(wizard, place) {
  try {
    const checked = (await call("POST", "/v1/scenario-checks", { body: wizard.documentToSend() })).data;
    for (const finding of checked.findings) if (!finding.file) finding.row = null; // lines of a text that nobody sees here
    wizard.checked = checked;
    wizard.showState();
    fill(place, verdict(wizard, checked), ...parts(wizard, checked));
  } catch (problem) {
    fill(place, problemNotice(problem, [button("Try again", () => wizard.show())]));
  }
  document.documentElement.dataset.ready = "yes";
}

function verdict(wizard, checked) {
  const errors = countOf(checked.findings, "error");
  if (!checked.usable) {
    return notice("bad", `${plural(errors, "thing")} must be mended before it can run.`, { text: "Each leads to the place where that is done.", actions: [wizard.goButton(stepOf(checked.findings.find((finding) => finding.level === "error") ?? {}), "primary")] });
  }
  const doubts = countOf(checked.findings, "warning");
  return notice(doubts ? "warn" : "good", doubts ? `It can run; ${plural(doubts, "thing")} may not be meant so.` : "Everything is there.", { text: size(checked), actions: [wizard.goButton("run", "primary", "Go on to the run")] });
}

function size(checked) {
  const totals = Object.entries(checked.totals).map(([name, total]) => `${measureTitle(name).toLowerCase()} ${amount(total)} in all, ${amount(total / checked.territories)} a territory`);
  return `${plural(checked.units, "place")} for ${plural(checked.territories, "territory", "territories")}; ${totals.join("; ")}.`;
}

const PARTS = [
  ["error", "To be mended"],
  ["warning", "Worth a look"],
  ["note", "Good to know"],
];

function parts(wizard, checked) {
  return PARTS.map(([level, title]) => {
    const findings = checked.findings.filter((finding) => finding.level === level);
    if (!findings.length) return null;
    const step = (finding) => {
      const name = stepOf(finding);
      return name === "check" ? button("Edit the text", () => wizard.openText(), "small") : button(`Go to ${titleOf(name)}`, () => wizard.go(name), "small");
    };
    return make("section", { class: "card" }, make("h2", {}, `${title} (${findings.length})`), findingsTable(findings, { datasets: wizard.datasets, step: level === "note" ? null : step, caption: title }));
  });
}
