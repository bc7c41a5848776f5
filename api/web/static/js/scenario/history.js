// The changes that are staged, in order, with undo and redo. A step is { kind: "move" | "lock" | "unlock", rows,
// territory, text } with `change` (of Plan.move) or `before` (locks) to take it back.

export class History {
  constructor(plan) {
    this.plan = plan;
    this.steps = [];
    this.undone = [];
  }

  do(step) {
    this.#apply(step);
    this.steps.push(step);
    this.undone = [];
  }

  undo() {
    const step = this.steps.pop();
    this.#revert(step);
    this.undone.push(step);
    return step;
  }

  redo() {
    const step = this.undone.pop();
    this.#apply(step);
    this.steps.push(step);
    return step;
  }

  // Drops one step and does those after it anew.
  drop(step) {
    const at = this.steps.indexOf(step);
    const after = this.steps.slice(at + 1);
    while (this.steps.length > at) this.#revert(this.steps.pop());
    for (const one of after) this.do(one);
  }

  dropAll() {
    while (this.steps.length) this.#revert(this.steps.pop());
    this.undone = [];
  }

  // Goes over to a newer plan, on which the same steps are done again.
  moveTo(plan) {
    const { steps } = this;
    this.plan = plan;
    this.steps = [];
    this.undone = [];
    for (const step of steps) this.do(step);
  }

  #apply(step) {
    if (step.kind === "move") {
      step.change = this.plan.move(step.rows, step.territory);
      return;
    }
    step.before = step.rows.map((row) => this.plan.locked[row]);
    this.plan.lock(step.rows, step.rows.map((row) => (step.kind === "lock" ? (this.plan.holders(row)[0]?.[0] ?? -1) : -1)));
  }

  #revert(step) {
    if (step.kind === "move") this.plan.undo(step.change);
    else this.plan.lock(step.rows, step.before);
  }
}
