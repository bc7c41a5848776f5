// The mouse on the map: hover tells, a click selects, the lasso and the rectangle select many.

import { byId, draw } from "../dom.js";
import { amount } from "../format.js";
import { worldX, worldY } from "../map/shapes.js";

const LEAST_STEP_PX = 3;

export class Pointer {
  constructor(desk, planMap) {
    this.desk = desk;
    this.planMap = planMap;
    this.map = planMap.map;
    this.tool = "pick";
    this.map.on("click", (event) => this.#click(event));
    this.map.on("mousemove", (event) => this.#hover(event));
    this.map.on("mouseout", () => { byId("hover").hidden = true; });
    this.map.getContainer().addEventListener("pointerdown", (event) => this.#begin(event), { capture: true });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event));
  }

  use(tool) {
    this.tool = tool;
    this.map.dragging[tool === "pick" ? "enable" : "disable"]();
    this.map.getContainer().classList.toggle("drawing", tool !== "pick");
  }

  #click({ latlng, originalEvent }) {
    if (this.tool !== "pick") return;
    const cell = this.planMap.cellAt(latlng);
    const adds = originalEvent.ctrlKey || originalEvent.metaKey || originalEvent.shiftKey;
    if (cell < 0) {
      if (!adds) this.desk.clear();
      return;
    }
    this.desk.select(this.desk.colouring.rows(cell), adds ? "toggle" : "only");
  }

  #escape(event) {
    if (event.target.closest?.("dialog, input, select, textarea")) return;
    if (this.drawing) this.#end(null);
    else if (this.desk.selected.size || this.desk.marked.size) this.desk.clear();
    else this.desk.tell("tool", "pick");
  }

  #hover({ latlng, containerPoint }) {
    const card = byId("hover");
    const cell = this.drawing ? -1 : this.planMap.cellAt(latlng);
    const rows = cell < 0 ? [] : this.desk.colouring.rows(cell);
    card.hidden = !rows.length;
    if (!rows.length) return;
    card.textContent = rows.slice(0, 4).map((row) => this.#words(row)).join("\n");
    const box = this.map.getContainer().getBoundingClientRect();
    const stage = card.parentElement.getBoundingClientRect();
    const right = containerPoint.x + card.offsetWidth + 24 > box.width;
    card.style.left = `${containerPoint.x + (right ? -card.offsetWidth - 14 : 14)}px`;
    card.style.top = `${Math.min(containerPoint.y + box.top - stage.top + 14, stage.height - card.offsetHeight - 8)}px`;
  }

  #words(row) {
    const { units, colouring } = this.desk;
    const figures = units.measures.map((name, measure) => `${name} ${amount(units.amounts[measure][row], colouring.unitOf(measure))}`);
    return `${this.desk.nameOf(row)} – ${this.desk.holderName(row)}\n${figures.join(" · ")}`;
  }

  #begin(event) {
    if (this.tool === "pick" || event.button !== 0 || event.target.closest(".leaflet-control")) return;
    event.preventDefault();
    const box = this.map.getContainer().getBoundingClientRect();
    const at = (one) => [one.clientX - box.left, one.clientY - box.top];
    const from = at(event);
    const shape = draw("polygon", { class: "draw-shape" });
    const layer = draw("svg", { class: "draw-layer" }, shape);
    this.map.getContainer().append(layer);
    this.drawing = { layer, shape, corners: [from], how: event.ctrlKey || event.metaKey || event.shiftKey ? "also" : "only" };
    const move = (one) => this.#extend(at(one), from);
    const up = () => this.#end(this.drawing);
    this.drawing.stop = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      layer.remove();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
  }

  #extend([x, y], [fromX, fromY]) {
    const { corners, shape } = this.drawing;
    if (this.tool === "box") this.drawing.corners = [[fromX, fromY], [x, fromY], [x, y], [fromX, y]];
    else if (Math.hypot(x - corners.at(-1)[0], y - corners.at(-1)[1]) >= LEAST_STEP_PX) corners.push([x, y]);
    shape.setAttribute("points", this.drawing.corners.map((corner) => corner.join()).join(" "));
  }

  #end(drawn) {
    this.drawing.stop();
    this.drawing = null;
    if (!drawn || drawn.corners.length < 3) return;
    const before = performance.now();
    const corners = drawn.corners.map(([x, y]) => {
      const { lat, lng } = this.map.containerPointToLatLng([x, y]);
      return [worldX(lng), worldY(lat)];
    });
    this.desk.select(this.#inside(corners), drawn.how);
    performance.measure("lasso", { start: before });
  }

  // The shown units whose middle lies inside a shape.
  #inside(corners) {
    const { shapes } = this.planMap;
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const found = [];
    for (const cell of shapes.near(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))) {
      const [west, north, east, south] = shapes.boxes.subarray(4 * cell, 4 * cell + 4);
      if (contains(corners, (west + east) / 2, (north + south) / 2)) found.push(...this.desk.colouring.rows(cell));
    }
    return found;
  }
}

function contains(corners, x, y) {
  let inside = false;
  let [lastX, lastY] = corners.at(-1);
  for (const [nextX, nextY] of corners) {
    if (nextY > y !== lastY > y && x < ((lastX - nextX) * (y - nextY)) / (lastY - nextY) + nextX) inside = !inside;
    [lastX, lastY] = [nextX, nextY];
  }
  return inside;
}
