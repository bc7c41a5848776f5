// Who has which unit, and every figure that follows from it. Figures are sums over the units, made anew for the
// territories that a change touches: undoing a change gives the very same figures back.

import { numbers } from "../map/decode.js";
import { pieces } from "./pieces.js";
import { distanceKm, onSphere } from "./units.js";

export const NOBODY = -1;
export const SHARED = -2;
const WORKLOAD = 0;
const POTENTIAL = 1;

export class Plan {
  constructor(units, alignment) {
    this.units = units;
    this.rules = readRules(alignment);
    this.territories = alignment.territories.map((territory) => ({
      ...territory,
      owner: territory.rep === null ? NOBODY : units.owners.indexOf(territory.rep),
    }));
    this.homes = this.territories.map(({ lat }) => lat !== null);
    this.parts = this.territories.map((territory) => territory.is_whole === false); // holds units that are not shown
    this.homePlace = onSphere(this.territories.map(({ lat }) => lat ?? 0), this.territories.map(({ lon }) => lon ?? 0));
    this.owner = numbers(alignment.owner);
    this.shares = new Map(Object.entries(alignment.shares).map(([row, held]) => [Number(row), held]));
    this.locked = numbers(alignment.locked);
    this.reasons = alignment.reasons;
    this.fit = alignment.fit;
    this.fitNow = alignment.fit_now;
    this.figures = this.territories.map(() => null);
    this.state = 0; // counts the changes
    this.reckon(this.territories.keys());
  }

  // [territory, share] pairs of a unit.
  holders(row) {
    if (this.owner[row] === SHARED) return this.shares.get(row);
    return this.owner[row] === NOBODY ? [] : [[this.owner[row], 1]];
  }

  holds(territory, row) {
    return this.owner[row] === territory || (this.owner[row] === SHARED && this.shares.get(row).some(([held]) => held === territory));
  }

  // Gives units to a territory; returns the change, whose `undo` gives them back.
  move(rows, territory) {
    const before = rows.map((row) => [row, this.owner[row], this.shares.get(row)]);
    return this.#apply(before, rows.map((row) => [row, territory, undefined]));
  }

  // Does a change again, or takes it back.
  redo(change) {
    this.#set(change.after, change.touched);
  }

  undo(change) {
    this.#set(change.before, change.touched);
  }

  #apply(before, after) {
    const touched = new Set();
    for (const list of [before, after]) {
      for (const [, owner, shares] of list) {
        if (owner >= 0) touched.add(owner);
        for (const [territory] of shares ?? []) touched.add(territory);
      }
    }
    const change = { before, after, touched: [...touched] };
    this.#set(after, change.touched);
    return change;
  }

  #set(states, touched) {
    for (const [row, owner, shares] of states) {
      this.owner[row] = owner;
      if (owner === SHARED) this.shares.set(row, shares);
    }
    this.reckon(touched);
  }

  // Makes the figures of some territories anew.
  reckon(territories) {
    this.state += 1;
    const wanted = new Uint8Array(this.territories.length);
    for (const territory of territories) {
      wanted[territory] = 1;
      this.figures[territory] = { rows: [], loads: this.units.measures.map(() => 0), units: 0, moved: 0, km: 0, maxKm: 0, workload: 0, fit: 0, potential: 0 };
    }
    for (let row = 0; row < this.owner.length; row += 1) {
      const owner = this.owner[row];
      if (owner >= 0 && wanted[owner]) this.#add(owner, row, 1);
      else if (owner === SHARED) for (const [held, share] of this.shares.get(row)) if (wanted[held]) this.#add(held, row, share);
    }
    wanted.forEach((isWanted, territory) => isWanted && this.#finish(territory));
    this.changes = this.#changes();
  }

  #add(territory, row, share) {
    const figures = this.figures[territory];
    figures.rows.push(row);
    figures.units += 1;
    for (let measure = 0; measure < figures.loads.length; measure += 1) figures.loads[measure] += share * this.units.amounts[measure][row];
    if (this.#leaves(row, territory)) figures.moved += 1;
  }

  #finish(territory) {
    const figures = this.figures[territory];
    const [workload, potential] = [this.units.amounts[WORKLOAD], this.units.amounts[POTENTIAL]];
    const { place } = this.units;
    const [from, at] = this.homes[territory] ? [this.homePlace, territory] : [this.#centre(territory), 0];
    for (const row of figures.rows) {
      const share = this.shareOf(territory, row);
      const away = distanceKm(place, row, from, at);
      figures.km += away * workload[row] * share;
      figures.workload += workload[row] * share;
      figures.maxKm = Math.max(figures.maxKm, away);
      const fit = this.fitOf(row, territory);
      if (fit !== null) figures.fit += fit * potential[row] * share;
      figures.potential += potential[row] * share;
    }
    figures.centre = from === this.homePlace ? null : from;
    figures.meanKm = figures.workload > 0 && !this.parts[territory] ? figures.km / figures.workload : null;
    figures.meanFit = (this.fit || this.fitNow) && figures.potential > 0 ? figures.fit / figures.potential : null;
    figures.pieces = this.parts[territory] ? 1 : pieces(this.units, figures.rows, (row) => this.holds(territory, row));
  }

  // Locks rows to a territory each, -1 for none.
  lock(rows, territories) {
    rows.forEach((row, at) => { this.locked[row] = territories[at]; });
    this.state += 1;
  }

  shareOf(territory, row) {
    if (this.owner[row] !== SHARED) return 1;
    return this.shares.get(row).find(([held]) => held === territory)?.[1] ?? 0;
  }

  // Where a territory without a home is measured from: the middle of its workload.
  #centre(territory) {
    const sum = [0, 0, 0];
    const { rows, loads } = this.figures[territory];
    for (const row of rows) {
      const weight = loads[WORKLOAD] > 0 ? this.units.amounts[WORKLOAD][row] * this.shareOf(territory, row) : 1;
      for (let axis = 0; axis < 3; axis += 1) sum[axis] += weight * this.units.place[3 * row + axis];
    }
    const length = Math.hypot(...sum) || 1;
    return Float64Array.from(sum, (axis) => axis / length);
  }

  kmOf(row, territory) {
    if (this.parts[territory]) return null;
    if (this.homes[territory]) return distanceKm(this.units.place, row, this.homePlace, territory);
    const { centre } = this.figures[territory];
    return centre ? distanceKm(this.units.place, row, centre, 0) : null;
  }

  fitOf(row, territory) {
    if (this.fit) return this.fit[this.units.fitClass[row]][territory];
    return this.fitNow ? this.fitNow[row] : null;
  }

  // Whether a unit comes from another rep than that of a territory.
  #leaves(row, territory) {
    const today = this.units.today[row];
    return today >= 0 && this.territories[territory].owner !== today;
  }

  isMoved(row) {
    return this.holders(row).some(([territory]) => this.#leaves(row, territory)) || (this.owner[row] === NOBODY && this.units.today[row] >= 0);
  }

  // What changes hands in all: units, and their share of the potential.
  #changes() {
    let units = 0;
    let potential = 0;
    let total = 0;
    let withRep = 0;
    for (let row = 0; row < this.owner.length; row += 1) {
      const amount = this.units.amounts[POTENTIAL][row];
      total += amount;
      if (this.units.today[row] < 0) continue;
      withRep += 1;
      const owner = this.owner[row];
      if (owner >= 0) {
        if (this.territories[owner].owner === this.units.today[row]) continue;
        units += 1;
        potential += amount;
      } else if (this.isMoved(row)) {
        units += 1;
        const left = this.holders(row).filter(([territory]) => this.#leaves(row, territory));
        potential += owner === NOBODY ? amount : amount * left.reduce((sum, [, share]) => sum + share, 0);
      }
    }
    return { units, withRep, percent: total > 0 ? (100 * potential) / total : 0 };
  }

  meanKm() {
    const known = this.figures.filter(({ meanKm }) => meanKm !== null);
    const workload = known.reduce((sum, figures) => sum + figures.workload, 0);
    return workload > 0 ? known.reduce((sum, figures) => sum + figures.km, 0) / workload : null;
  }

  target(territory, measure) {
    return this.rules.targets[measure][territory];
  }

  index(territory, measure) {
    const target = this.target(territory, measure);
    return target > 0 ? (100 * this.figures[territory].loads[measure]) / target : null;
  }

  // { low, high } of the band of a measure, null where there is none.
  band(territory, measure) {
    const limit = this.rules.limits.find((one) => one.rule === "band" && one.measure === measure);
    return limit && limit.low[territory] !== null ? { low: limit.low[territory], high: limit.high[territory] } : null;
  }

  // true, false, or null without a band.
  inBand(territory, measure) {
    const band = this.band(territory, measure);
    return band && within(this.figures[territory].loads[measure], band.low, band.high);
  }

  // [in band, with a band] of all territories.
  bandCount() {
    let kept = 0;
    let banded = 0;
    this.territories.forEach((_, territory) => {
      const all = this.units.measures.map((_name, measure) => this.inBand(territory, measure)).filter((one) => one !== null);
      if (all.length) banded += 1;
      if (all.length && all.every(Boolean)) kept += 1;
    });
    return [kept, banded];
  }
}

// Loads are compared as the service does, which rounds a limit outwards by a hair.
export const within = (load, low, high) => load >= low * (1 - 1e-6) - 1e-9 && load <= high * (1 + 1e-6) + 1e-9;

function readRules(alignment) {
  return {
    ...alignment,
    banned: new Set(numbers(alignment.banned)),
    forbidden: new Set(numbers(alignment.forbidden)),
    current: numbers(alignment.current),
  };
}
