// What all parts of the page share: the plan, what is selected, and who wants to hear of changes.
//
// Events: "plan" (units changed hands or locks changed), "selection", "colours" (mode, segment or theme), "saved",
// "comments" (open comments were read).

export class Desk extends EventTarget {
  constructor(units, plan, colouring) {
    super();
    this.units = units;
    this.plan = plan;
    this.colouring = colouring;
    this.selected = new Set();
    this.marked = new Set(); // offenders that are shown
    this.mayEdit = false;
    this.comments = [];
    this.said = { rows: new Map(), territories: new Map() }; // open comments on each
  }

  on(kind, handle) {
    this.addEventListener(kind, (event) => handle(event.detail));
  }

  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  // Selects rows: "only" these, or these "also", or each the other way round ("toggle").
  select(rows, how = "only") {
    if (how === "only") this.selected = new Set(rows);
    else if (how === "also") for (const row of rows) this.selected.add(row);
    else for (const row of rows) if (!this.selected.delete(row)) this.selected.add(row);
    this.tell("selection");
  }

  clear() {
    if (this.marked.size) this.marked = new Set();
    this.select([]);
  }

  mark(rows) {
    this.marked = new Set(rows);
    this.tell("selection");
  }

  nameOf(row) {
    const name = this.units.name[row];
    const segment = this.units.segment;
    const own = name && name !== this.units.id[row] ? name : this.units.id[row];
    return segment ? `${own} · ${segment.kinds[segment.kind[row]]}` : own;
  }

  territoryName(territory) {
    if (territory < 0) return "nobody";
    const { code, name, rep_name: rep } = this.plan.territories[territory];
    return [...new Set([code, name, rep])].filter(Boolean).join(" · ");
  }

  holderName(row) {
    const held = this.plan.holders(row);
    return held.length ? held.map(([territory]) => this.territoryName(territory)).join(" + ") : "nobody";
  }

  todayName(row) {
    const owner = this.units.today[row];
    if (owner < 0) return "nobody";
    const territory = this.plan.territories.findIndex((one) => one.owner === owner);
    return territory >= 0 ? this.territoryName(territory) : this.units.owners[owner];
  }
}
