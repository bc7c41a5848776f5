// New content in a place whose reader is in the midst of something: focus, folds and place on the page stay.

import { fill } from "../dom.js";

const CONTROLS = "input, select, textarea, button, summary";

export function redrawn(place, parts) {
  const before = [...place.querySelectorAll(CONTROLS)].indexOf(document.activeElement);
  const open = new Set([...place.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent.replace(/ \(\d+\)$/, "")));
  const top = scrollY;
  fill(place, parts);
  for (const summary of place.querySelectorAll("summary")) {
    if (open.has(summary.textContent.replace(/ \(\d+\)$/, ""))) summary.parentElement.open = true;
  }
  if (before >= 0) place.querySelectorAll(CONTROLS)[before]?.focus({ preventScroll: true });
  scrollTo(0, top);
}
