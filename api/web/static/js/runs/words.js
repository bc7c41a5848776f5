// How a run stands, in words: while it goes on, and how it ended.

import { stateOfJob } from "../jobs.js";

const ENDS = {
  optimal: ["good", "Best plan, proven"],
  feasible: ["good", "Keeps every rule"],
  infeasible: ["bad", "No plan keeps every rule"],
  unknown: ["warn", "None found in the time"],
};

// [kind of badge, words]
export const stateOfRun = (job) => stateOfJob(job) ?? ENDS[job.solution_status] ?? ["good", "Done"];
