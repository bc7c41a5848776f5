// What happens to a job, from its beginning: a stream that is taken up where it broke, or else looks now and then.

import { all, get } from "../api.js";
import { isActive } from "../jobs.js";

const LOOK_MS = 2000;
const MOST_ERRORS = 3;
const KINDS = ["queued", "running", "progress", "stopping", "points", "point"];

// watch(jobId, (kind, data) => …, () => …) calls back for each event and at the end; returns a function that stops it.
export function watch(jobId, told, ended) {
  const source = new EventSource(`/v1/jobs/${jobId}/events`);
  let errors = 0;
  let stopLooking = () => {};
  const hear = (kind) => (event) => {
    errors = 0;
    told(kind, JSON.parse(event.data || "{}"));
  };
  for (const kind of KINDS) source.addEventListener(kind, hear(kind));
  source.addEventListener("end", () => {
    source.close();
    ended();
  });
  source.addEventListener("error", () => {
    errors += 1;
    if (source.readyState !== EventSource.CLOSED && errors < MOST_ERRORS) return;
    source.close();
    stopLooking = look(jobId, told, ended);
  });
  return () => {
    source.close();
    stopLooking();
  };
}

// The same by asking again and again, where streams do not get through.
function look(jobId, told, ended) {
  let seen = 0;
  let isOver = false;
  const once = async () => {
    if (isOver) return;
    try {
      const [job, incumbents] = await Promise.all([get(`/v1/jobs/${jobId}`), all(`/v1/jobs/${jobId}/incumbents`)]);
      for (const one of incumbents.filter((incumbent) => incumbent.id > seen)) told("progress", { phase: "", ...one });
      seen = incumbents.at(-1)?.id ?? seen;
      if (!isActive(job)) {
        isOver = true;
        ended();
        return;
      }
      told(job.status, {});
    } catch (problem) {
      told("away", { problem });
    }
    setTimeout(once, LOOK_MS);
  };
  once();
  return () => { isOver = true; };
}
