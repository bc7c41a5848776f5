// The whole document as text, for experts: everything that the forms cannot say.

import { call } from "../api.js";
import { button, fill, make } from "../dom.js";
import { counted, findingsTable } from "../findings.js";
import { plural } from "../format.js";
import { notice, problemNotice } from "../notice.js";

export async function textView(wizard) {
  const area = make("textarea", { id: "text", class: "source", spellcheck: "false", autocomplete: "off", wrap: "off", "aria-describedby": "text-hint" });
  const gutter = make("div", { class: "gutter", "aria-hidden": "true" });
  const told = make("div", { class: "stack", "aria-live": "polite" });
  const number = () => fill(gutter, Array.from({ length: area.value.split("\n").length }, (_, line) => make("div", { dataset: { line: String(line + 1) } }, String(line + 1))));
  area.addEventListener("input", number);
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  area.value = await textOf(wizard);
  number();
  const apply = async () => {
    try {
      const checked = (await call("POST", "/v1/scenario-checks", { body: area.value, type: "application/yaml" })).data;
      mark(gutter, checked.findings);
      fill(told, said(checked), checked.findings.length ? findingsTable(checked.findings, { datasets: wizard.datasets, step: (finding) => lineButton(area, finding), caption: "Findings in the text" }) : null);
      if (checked.document) wizard.take(checked.document);
    } catch (problem) {
      fill(told, problemNotice(problem));
    }
  };
  return make("section", { class: "card" },
    make("h2", {}, "The scenario as text"),
    make("p", { class: "soft", id: "text-hint" }, "For experts: the scenario document in YAML or JSON, with every field of the reference. Files are named as dataset: and their id. Changes count once they are taken over."),
    make("label", { for: "text", class: "unseen" }, "Scenario document"),
    make("div", { class: "editor" }, gutter, area),
    make("div", { class: "actions" }, button("Check and take over", apply, "primary"), button("Back to the form", () => wizard.closeText())),
    told);
}

async function textOf(wizard) {
  const { data } = await call("POST", "/v1/scenario-checks?reads=form", { body: wizard.documentToSend() });
  return data.text ?? JSON.stringify(wizard.documentToSend(), null, 2);
}

function said(checked) {
  if (!checked.document) return notice("bad", "The text was not taken over.", { text: `${counted(checked.findings)}. Correct the lines below.` });
  if (!checked.usable) return notice("warn", "The text was taken over, but cannot run yet.", { text: `${counted(checked.findings)}.` });
  return notice("good", "The text was taken over.", { text: `${plural(checked.units, "place")}, ${plural(checked.territories, "territory", "territories")}.` });
}

function mark(gutter, findings) {
  for (const line of gutter.children) {
    const found = findings.find((finding) => !finding.file && finding.row === Number(line.dataset.line));
    line.className = found ? found.level : "";
  }
}

function lineButton(area, finding) {
  if (finding.file || !finding.row) return "";
  return button(`Line ${finding.row}`, () => {
    const lines = area.value.split("\n");
    const start = lines.slice(0, finding.row - 1).join("\n").length + (finding.row > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[finding.row - 1] ?? "").length);
    area.scrollTop = (finding.row - 4) * (area.scrollHeight / lines.length);
  }, "small");
}
