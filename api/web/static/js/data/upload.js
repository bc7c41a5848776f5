// Where files are chosen or dropped: each is sent, and what cannot be used is shown with its way to repair.

import { button, fill, make } from "../dom.js";
import { counted, findingsTable } from "../findings.js";
import { plural } from "../format.js";
import { notice, problemNotice } from "../notice.js";
import { sendFile } from "./send.js";

export const ENDINGS = ".csv,.tsv,.txt,.xlsx,.xlsm,.geojson,.json,.topojson,.kml,.kmz,.gpkg,.zip,.fgb,.geoparquet,.parquet";
const KINDS = "CSV, Excel, GeoJSON, GeoPackage, zipped Shapefile, KML, FlatGeobuf or GeoParquet";

// uploader((dataset) => …) returns an element; it is called for each file that can be used.
export function uploader(sent) {
  const list = make("div", { class: "uploads", "aria-live": "polite" });
  const input = make("input", { type: "file", multiple: true, accept: ENDINGS, class: "unseen", tabindex: "-1", "aria-label": "Files to upload" });
  const send = (files) => files.forEach((file) => list.prepend(sending(file, sent)));
  input.addEventListener("change", () => {
    send([...input.files]);
    input.value = "";
  });
  const zone = make("div", { class: "drop" },
    make("p", { class: "drop-words" }, make("strong", {}, "Drop files here"), " or"),
    button("Choose files", () => input.click(), "primary"),
    input,
    make("p", { class: "hint" }, `${KINDS}. Several at once are fine; each may be 50 MB.`));
  onDrop(zone, send);
  return make("div", { class: "uploader" }, zone, list);
}

function onDrop(zone, send) {
  const mark = (is) => zone.classList.toggle("over", is);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    send([...event.dataTransfer.files]);
  });
}

function sending(file, sent) {
  const place = make("div", { class: "upload" });
  attempt(place, file, sent);
  return place;
}

async function attempt(place, file, sent) {
  const bar = make("progress", { max: 1, value: 0, "aria-label": `Uploading ${file.name}` });
  const words = make("span", { class: "small soft" }, "Uploading …");
  fill(place, make("div", { class: "upload-line" }, make("strong", {}, file.name), words), bar);
  try {
    const dataset = await sendFile(file, (share) => {
      bar.value = share;
      if (share === 1) words.textContent = "Reading it …";
    });
    fill(place, done(dataset));
    sent(dataset);
  } catch (problem) {
    fill(place, repair(place, file, problem, sent));
  }
}

function done(dataset) {
  const size = `${plural(dataset.rows, dataset.kind === "map" ? "shape" : "row")}, ${plural(dataset.columns.length, "column")}`;
  const doubts = counted(dataset.findings);
  return notice(doubts ? "warn" : "good", `${dataset.name} is here.`, { text: `${size}.${doubts ? ` It can be used; ${doubts} to look at.` : ""}` });
}

// What is wrong with a file, and the way on: the repaired file takes its place, and all goes on where it was.
function repair(place, file, problem, sent) {
  const input = make("input", { type: "file", accept: ENDINGS, class: "unseen", tabindex: "-1", "aria-label": `Repaired file for ${file.name}` });
  input.addEventListener("change", () => input.files.length && attempt(place, input.files[0], sent));
  const actions = [
    button("Upload the repaired file", () => input.click(), "primary"),
    button("Leave it out", () => place.remove()),
    input,
  ];
  if (!problem.errors?.length) return problemNotice(problem, [button("Try again", () => attempt(place, file, sent)), ...actions.slice(1)]);
  const steps = [
    "Open the file in the program it comes from, and go to the places listed below.",
    "Correct them, and save the file. Its name may stay.",
    "Upload the repaired file; everything else stays as it is.",
  ];
  return make("div", { class: "repair" },
    notice("bad", `${file.name} cannot be used yet.`, { text: `${counted(problem.errors)}.`, actions }),
    make("ol", {}, steps.map((step) => make("li", {}, step))),
    findingsTable(problem.errors, { caption: `Findings in ${file.name}` }));
}
