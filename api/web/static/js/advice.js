// What to do about each kind of problem, in words for people who never read docs/api.md.

const ADVICE = {
  "unauthenticated": "Sign in again; the key may have been revoked or the session may be over.",
  "forbidden": "Ask an administrator for a role that may do this, or a colleague who has it.",
  "csrf": "Reload the page: the session may have been begun anew in another tab.",
  "foreign-origin": "Open the workspace by the address that the service printed.",
  "not-found": "It may have been removed, or belongs to another workspace. Go back to the scenarios.",
  "conflict": "Somebody else did the same at the same moment. Reload the page and try again.",
  "scenario-closed": "This scenario is closed. Make a copy and edit the copy.",
  "wrong-state": "The scenario moved on meanwhile. Reload the page to see its state.",
  "own-account": "Another admin has to do it, so that somebody stays who lets people in.",
  "own-submission": "Somebody else has to decide: nobody approves their own submission.",
  "no-plan": "Run the scenario first; then it has a plan.",
  "job-over": "The run has ended already. Reload the page to see its plan.",
  "job-not-over": "Wait for the end of the run.",
  "locks-in-dataset": "The locks of this scenario come from a file. Change the file and upload it again.",
  "nothing-to-undo": "There is nothing to undo: no change by hand led to this plan.",
  "nothing-to-redo": "There is nothing to do again: no change that was taken back led to this plan.",
  "stale": "Somebody else changed it meanwhile. Load the newer state and repeat your change.",
  "too-large": "Upload less at once, or a smaller file.",
  "unsupported-media-type": "Save the file as CSV, XLSX or GeoJSON and try again.",
  "invalid-request": "Correct what is named below and try again.",
  "invalid-input": "Correct what is named below and try again.",
  "rate-limited": "Wait a moment and try again.",
  "too-many-jobs": "Wait until one of your runs ends, or cancel one.",
  "busy": "Try again in a few seconds.",
  "unavailable": "Try again in a minute. If it stays so, tell the operator.",
  "outdated-page": "Reload the page; what you staged and did not save has to be done again.",
  "offline": "Look whether the service is still running and your network is up, then try again.",
};

const OTHERWISE = "Try again. If it stays so, tell the operator the number of the problem.";

export const adviceFor = (code) => ADVICE[code] ?? OTHERWISE;
