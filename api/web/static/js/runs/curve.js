// The curve of a solve: value and bound over time, as they were told.

// Points are { seconds, phase, value, violation, bound }, in their order; those of an earlier attempt come first.
export class Curve {
  constructor() {
    this.points = [];
    this.offset = 0;
  }

  // A restarted attempt counts its seconds anew: its points follow those of the one before.
  add(point) {
    const last = this.points.at(-1);
    if (last && point.seconds + this.offset < last.seconds - 0.001) this.offset = last.seconds;
    this.points.push({ ...point, seconds: point.seconds + this.offset });
  }

  get last() {
    return this.points.at(-1) ?? null;
  }

  get hasPlan() {
    return this.points.some((point) => point.value !== null);
  }

  // The moments at which something got better, for people who read tables.
  steps() {
    const found = [];
    let before = null;
    for (const point of this.points) {
      if (!before || point.value !== before.value || point.bound !== before.bound) found.push(point);
      before = point;
    }
    return found;
  }
}

export function gapOf(point) {
  if (!point || point.value === null || point.bound === null || point.violation > 0 || point.value === 0) return null;
  return Math.max(0, (point.value - point.bound) / Math.abs(point.value));
}

const PHASES = {
  check: "Looking for contradictions",
  start: "Building a first plan",
  design: "Designing territories",
  contiguous: "Putting territories into one piece",
  improve: "Improving the plan",
  pockets: "Improving corner by corner",
  nearest: "Coming nearer to the rules",
  lagrangian: "Proving how good it is",
  bound: "Proving how good it is",
  mip: "Proving how good it is",
  exact: "Looking for the best plan of all",
  explain: "Finding out what is in the way",
};

export function phaseWords(phase) {
  if (!phase) return "Working";
  return PHASES[phase] ?? phase.charAt(0).toUpperCase() + phase.slice(1).replaceAll("_", " ");
}
