// Editing by hand: changes are staged in the page, undone and done again at will, and accepted all at once.

import { button, fill, make } from "../dom.js";
import { plural } from "../format.js";
import { notice, toast, toastProblem } from "../notice.js";
import { checks } from "./checks.js";
import { History } from "./history.js";
import { save } from "./save.js";

export class Edits {
  constructor(desk) {
    this.desk = desk;
    this.history = new History(desk.plan);
    document.addEventListener("keydown", (event) => this.#keys(event));
  }

  get steps() {
    return this.history.steps;
  }

  // Buttons for the selected rows; nothing where the scenario is closed.
  controls(rows) {
    const { desk } = this;
    if (!desk.mayEdit) return null;
    const seats = make("select", { class: "small-field", "aria-label": "Territory to move to" },
      make("option", { value: "" }, "Move to …"), [...desk.plan.territories.keys()].map((at) => make("option", { value: String(at) }, desk.territoryName(at))));
    seats.addEventListener("change", () => seats.value && this.move([...desk.selected], Number(seats.value)));
    const locked = rows.filter((row) => desk.plan.locked[row] >= 0);
    return [
      seats,
      locked.length < rows.length ? button("Lock", () => this.lock(rows), "small") : null,
      locked.length ? button("Unlock", () => this.unlock(rows), "small") : null,
    ];
  }

  // Stages a move; units that are locked elsewhere stay, and are told of.
  move(rows, territory) {
    const { plan } = this.desk;
    const free = rows.filter((row) => plan.locked[row] < 0 || plan.locked[row] === territory);
    const going = free.filter((row) => plan.owner[row] !== territory);
    const stuck = rows.length - free.length;
    if (stuck) toast("warn", `${plural(stuck, "locked unit")} stay${stuck === 1 ? "s" : ""} where ${stuck === 1 ? "it is" : "they are"}.`, { text: "Unlock first to move." });
    if (!going.length) return;
    const before = new Set(checks(this.desk).map(({ key }) => key));
    this.#stage({ kind: "move", rows: going, territory, text: `${this.#said(going)} → ${this.desk.territoryName(territory)}` });
    this.#warn(before);
  }

  lock(rows) {
    const held = rows.filter((row) => this.desk.plan.holders(row).length === 1 && this.desk.plan.locked[row] < 0);
    if (held.length) this.#stage({ kind: "lock", rows: held, text: `Lock ${this.#said(held)}` });
  }

  unlock(rows) {
    const locked = rows.filter((row) => this.desk.plan.locked[row] >= 0);
    if (locked.length) this.#stage({ kind: "unlock", rows: locked, text: `Unlock ${this.#said(locked)}` });
  }

  lockAll() {
    this.lock([...Array(this.desk.units.count).keys()]);
  }

  unlockAll() {
    this.unlock([...Array(this.desk.units.count).keys()]);
  }

  undo() {
    if (this.steps.length) this.#told(this.history.undo(), "Undone");
    else save.undoSaved(this.desk);
  }

  redo() {
    if (this.history.undone.length) this.#told(this.history.redo(), "Done again");
    else if (!this.steps.length) save.redoSaved(this.desk);
  }

  drop(step) {
    this.history.drop(step);
    this.#changed();
  }

  dropAll() {
    this.history.dropAll();
    this.#changed();
  }

  async accept() {
    if (!this.steps.length) return true;
    try {
      await save.accept(this.desk, this.steps);
      this.history.steps = [];
      this.history.undone = [];
      this.#changed();
      toast("good", "Your changes are saved.", { text: "The plan was judged again with them." });
      return true;
    } catch (problem) {
      if (problem.code === "stale") await save.refresh(this.desk);
      else toastProblem(problem);
      return false;
    }
  }

  // The plan was read anew: the staged steps are laid onto it.
  rebase() {
    this.history.moveTo(this.desk.plan);
    this.#changed();
  }

  #stage(step) {
    performance.mark(step.kind);
    this.history.do(step);
    this.#changed(step.change?.touched ?? []);
    performance.measure(step.kind, step.kind);
  }

  // `touched` are the territories whose figures are new; all of them where it is not known.
  #changed(touched) {
    this.desk.tell("plan", touched);
  }

  #told(step, what) {
    this.#changed(step.change?.touched ?? []);
    this.desk.select(step.rows);
    toast("info", `${what}: ${step.text}.`);
  }

  #said(rows) {
    return rows.length === 1 ? this.desk.nameOf(rows[0]) : plural(rows.length, "unit");
  }

  // Tells at once what a move broke, and shows the offenders.
  #warn(before) {
    const found = checks(this.desk).filter(({ key }) => !before.has(key));
    if (!found.length) return;
    const [first] = found;
    const more = found.length > 1 ? ` And ${plural(found.length - 1, "other rule")}: see Checks.` : "";
    toast("warn", first.text, { text: `This breaks a rule.${more}`, actions: [button("Show", () => this.desk.tell("offender", first), "small"), button("Undo", () => this.undo(), "small")] });
    if (first.rule === "contiguity") this.desk.mark(first.rows);
  }

  #keys(event) {
    if (!this.desk.mayEdit || event.target.closest?.("input, select, textarea, dialog") || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) this.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) this.redo();
    else return;
    event.preventDefault();
  }
}

// The tab that lists what is staged.
export function changesTab(desk, edits, reoptimise) {
  let panel = null;
  let label = null;

  function show(place, count) {
    [panel, label] = [place, count];
    desk.on("plan", draw);
    draw();
  }

  function draw() {
    label(edits.steps.length);
    if (!desk.mayEdit) {
      fill(panel, make("div", { class: "pad" }, notice("info", desk.closedWhy.title, { text: desk.closedWhy.text })));
      return;
    }
    fill(panel, edits.steps.length ? list() : empty(), foot(), reoptimise.element);
  }

  const empty = () => make("p", { class: "pad soft" }, "Nothing is staged. Select units on the map or in the table, then choose “Move to …” or “Lock”. Changes are kept here until you save or drop them.");

  const list = () => make("ol", { class: "changes" }, edits.steps.map((step) =>
    make("li", {}, make("span", {}, step.text),
      make("span", { class: "row" },
        button("Show", () => desk.tell("offender", step), "small plain", { "aria-label": `Show: ${step.text}` }),
        button("Drop", () => edits.drop(step), "small plain", { "aria-label": `Drop: ${step.text}` })))));

  function foot() {
    const has = edits.steps.length > 0;
    return make("div", { class: "changes-foot" },
      button("Save changes", () => edits.accept(), "primary", { disabled: !has }),
      button("Drop all", () => edits.dropAll(), "", { disabled: !has }),
      button("Undo", () => edits.undo(), "", { title: "Ctrl+Z", disabled: !has && !desk.mayUndo }),
      button("Redo", () => edits.redo(), "", { title: "Ctrl+Y", disabled: !edits.history.undone.length && (has || !desk.mayRedo) }),
      button("Lock all", () => edits.lockAll()),
      button("Unlock all", () => edits.unlockAll()));
  }

  return { id: "changes", words: "Changes", show };
}
