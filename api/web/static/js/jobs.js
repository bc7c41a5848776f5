// Jobs as they run: their words, and their events as they happen.

const OVER = new Set(["succeeded", "failed", "cancelled"]);

export const isActive = (job) => Boolean(job) && !OVER.has(job.status);

// follow(jobId, { progress, end }) calls back with each event's data; returns a function that stops it. The browser
// takes a broken stream up where it broke.
export function follow(jobId, handlers) {
  const source = new EventSource(`/v1/jobs/${jobId}/events`);
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => {
      if (kind === "end") source.close();
      handle(JSON.parse(event.data || "{}"));
    });
  }
  if (!handlers.end) source.addEventListener("end", () => source.close());
  return () => source.close();
}

const STATES = {
  queued: ["info", "Waiting"],
  running: ["info", "Running"],
  stopping: ["info", "Stopping"],
  failed: ["bad", "Run failed"],
  cancelled: ["warn", "Run cancelled"],
};

// [kind of badge, words] of a job; null for one that succeeded.
export const stateOfJob = (job) => (job ? STATES[job.status] ?? null : null);
