// The steps in their order, and the step that mends a finding.

export const STEPS = [
  { name: "data", title: "Data", lead: "Which files is the plan made of?" },
  { name: "columns", title: "Columns", lead: "What is what in your files?" },
  { name: "aims", title: "Measures and goals", lead: "What makes a plan good?" },
  { name: "rules", title: "Limits and rules", lead: "What must hold in any case?" },
  { name: "check", title: "Check", lead: "Is everything there?" },
  { name: "run", title: "Run", lead: "Name it and start." },
];

const PLACES = [
  [/^(units|accounts|travel)\b|^reps\.(file|columns|sheet)|\.column$|^neighbours\.file/, "columns"],
  [/^(measures|goals|skills|reps|economics|quota|growth)\b/, "aims"],
  [/^(limits|rules|neighbours|scope)\b/, "rules"],
  [/^(name|solve|plan)\b/, "run"],
];

// Findings about rows of a file that a setting answers.
const BY_CODE = { "oversize-unit": "rules", "disconnected": "rules" };

// The name of the step where a finding is mended: the data where a row of a file is meant, else by the field.
export function stepOf(finding) {
  if (finding.level !== "error" && BY_CODE[finding.code]) return BY_CODE[finding.code];
  if (finding.file && finding.row) return "data";
  const found = PLACES.find(([pattern]) => pattern.test(finding.field ?? ""));
  if (found) return found[1];
  return finding.file ? "columns" : "check";
}

export const titleOf = (name) => STEPS.find((step) => step.name === name)?.title ?? "";
export const placeOf = (name) => STEPS.findIndex((step) => step.name === name);
