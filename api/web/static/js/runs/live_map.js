// The best plan so far on a small map: its cells in the colours of their territories, drawn anew when it got better.

import { get } from "../api.js";
import { plural } from "../format.js";
import { numbers } from "../map/decode.js";
import { known } from "../map/files.js";
import { Painter } from "../map/painter.js";
import { Shapes } from "../map/shapes.js";
import { neighbourColours } from "./neighbour_colours.js";

const LEAST_MS = 900; // between two looks for a better plan
const ROOM_PX = 12;

export class LiveMap {
  constructor(place, words, job) {
    Object.assign(this, { words, job, place, shown: null, colours: [], asking: false, askedAt: 0 });
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "No plan yet.");
    place.append(this.canvas);
    new ResizeObserver(() => this.paint()).observe(place);
    document.addEventListener("theme", () => this.paint());
  }

  // Looks whether there is a better plan than the one that is shown; not more often than it can be seen.
  async refresh() {
    if (this.asking || Date.now() - this.askedAt < LEAST_MS) return;
    this.asking = true;
    try {
      const plan = await get(`/v1/jobs/${this.job.id}/incumbents/last`);
      await this.#read(plan.scenario_version);
      if (plan.id !== this.shown?.id) this.#show(plan);
    } catch (problem) {
      if (problem.code !== "not-found") this.words.textContent = "The map of this plan cannot be shown now; the run goes on.";
    }
    this.asking = false;
    this.askedAt = Date.now();
  }

  async end() {
    if (!this.shown) this.words.textContent = "Reading the map …";
    while (this.asking) await new Promise((resolve) => setTimeout(resolve, 50));
    this.askedAt = 0;
    await this.refresh();
  }

  async #read(version) {
    if (this.shapes) return;
    const packed = known(await get(`/v1/scenarios/${this.job.scenario_id}/cells?version=${version}`));
    this.shapes = new Shapes(packed.shapes);
    this.cellOf = numbers(packed.shapes.cell_of_row);
    this.painter = new Painter(this.shapes);
  }

  #show(plan) {
    const moved = this.shown ? plan.owner.filter((owner, row) => owner !== this.shown.owner[row]).length : 0;
    this.shown = plan;
    this.holders = new Int32Array(this.shapes.count).fill(-1);
    this.cellOf.forEach((cell, row) => { if (cell >= 0) this.holders[cell] = plan.owner[row]; });
    this.colours = neighbourColours(this.shapes, this.holders, plan.territories.length, this.colours);
    const words = `${plural(plan.owner.length, "place")} in ${plural(plan.territories.length, "territory", "territories")}, after ${plan.seconds.toFixed(1)} s${moved ? `; ${plural(moved, "place")} moved since the plan before` : ""}.`;
    this.words.textContent = words;
    this.canvas.setAttribute("aria-label", `The best plan so far: ${words}`);
    this.paint();
  }

  paint() {
    const { width, height } = this.place.getBoundingClientRect();
    if (!this.shown || !width || !height) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const view = this.#view(width, height);
    const cells = this.painter.visible(view);
    const groups = this.painter.fillCells(pen, view, cells, (cell) => (this.holders[cell] < 0 ? null : this.colours[this.holders[cell]]));
    this.painter.closeSeams(pen, view, cells, groups);
    pen.strokeStyle = "#27313d";
    pen.lineWidth = 1.2;
    pen.lineJoin = "round";
    this.painter.strokeArcs(pen, view, (left, right) => (left < 0 ? -3 : this.holders[left]) !== (right < 0 ? -3 : this.holders[right]));
  }

  // All of it, as large as there is room.
  #view(width, height) {
    const box = this.shapes.bounds([...Array(this.shapes.count).keys()]) ?? [0, 0, 1, 1];
    const scale = Math.min((width - 2 * ROOM_PX) / (box[2] - box[0] || 1e-6), (height - 2 * ROOM_PX) / (box[3] - box[1] || 1e-6));
    const zoom = Math.log2(scale / 256);
    return {
      scale, zoom, width, height,
      left: ((box[0] + box[2]) / 2) * scale - width / 2,
      top: ((box[1] + box[3]) / 2) * scale - height / 2,
      dot: Math.max(2, Math.min(8, zoom - 1)),
    };
  }
}
