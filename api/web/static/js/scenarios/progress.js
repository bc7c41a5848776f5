// A run in one line: its phase, how far it is, how good its plan is by now.

import { make } from "../dom.js";
import { number, percent } from "../format.js";
import { follow } from "../jobs.js";

// Returns { element, stop }; the element follows the job until its end, then `ended` is called.
export function progressLine(jobId, ended) {
  const words = make("span", { class: "small soft" }, "Starting …");
  const bar = make("progress", { max: 1, "aria-label": "How near the plan is to the proven bound" });
  const element = make("div", { class: "run-line" }, bar, words);
  const stop = follow(jobId, {
    progress: (data) => {
      const gap = gapOf(data);
      if (gap !== null) bar.value = Math.max(0, 1 - Math.min(1, gap));
      words.textContent = [phrase(data), gap === null ? null : `gap ${percent(gap * 100)}`, `${number(data.seconds)} s`].filter(Boolean).join(" · ");
    },
    end: ended,
  });
  return { element, stop };
}

function gapOf({ value, bound, violation }) {
  if (value === null || bound === null || violation > 0 || value === 0) return null;
  return Math.max(0, (value - bound) / Math.abs(value));
}

function phrase({ phase, violation, value }) {
  const name = phase.charAt(0).toUpperCase() + phase.slice(1).replaceAll("_", " ");
  return value !== null && violation > 0 ? `${name}: bands not kept yet` : name;
}
