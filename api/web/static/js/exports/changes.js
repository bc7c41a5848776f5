// What loading a form into the CRM would change, shown before anything is downloaded.

import { call } from "../api.js";
import { dialog } from "../dialog.js";
import { button, make } from "../dom.js";
import { saveAnswer } from "../download.js";
import { number, plural } from "../format.js";
import { notice, toastProblem } from "../notice.js";

const SHOWN = 200;
const KINDS = { error: "bad", warning: "warn", note: "info" };

export async function showChanges(form, path, body, name) {
  const { data } = await call("POST", `${path}/changes`, { body });
  const wants = await dialog(`${form.title}: what would change`, content(data), (close) => [
    button("Close", () => close(undefined)),
    button("Download", () => close(true), "primary"),
  ]);
  if (wants) await saveAnswer(path, body, name).catch(toastProblem);
}

function content(found) {
  const told = found.columns.length ? (found.total ? `${plural(found.total, "record changes", "records change")} when these files are loaded.` : "Loading these files changes nothing.") : "This form changes no records; it is a table to be read.";
  return make("div", { class: "changes" },
    make("p", {}, make("strong", {}, told)),
    found.findings.map((finding) => notice(KINDS[finding.level] ?? "info", finding.message, { text: finding.hint })),
    found.total ? table(found) : null,
    make("p", { class: "hint" }, `Files: ${Object.entries(found.files).map(([file, bytes]) => `${file} (${number(Math.ceil(bytes / 1000))} kB)`).join(", ")}`));
}

function table({ columns, rows, total }) {
  const shown = rows.slice(0, SHOWN);
  return make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": "Changes" },
    make("table", { class: "tight" },
      make("caption", {}, total > shown.length ? `The first ${shown.length} of ${number(total)}` : "All of them"),
      make("thead", {}, make("tr", {}, columns.map((column) => make("th", { scope: "col" }, column)))),
      make("tbody", {}, shown.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell)))))));
}
