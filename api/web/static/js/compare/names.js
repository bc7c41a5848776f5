// What the plans of a comparison are called.

export const TODAY = "today";

// By key: "Today", "A · Texas field sales" …
export function namesOf(comparison) {
  return new Map([[TODAY, "Today"], ...comparison.plans.map((plan) => [plan.key, `${plan.key} · ${plan.name}`])]);
}

export const hasToday = (comparison) => comparison.shifts.some((shift) => shift.before === TODAY);
