// The map of a scenario: cells in their colours, outlines, labels and homes; what is selected or broken on top.

import { control, latLngBounds, map as createMap } from "../../leaflet/leaflet.js";
import { CanvasLayer } from "../map/canvas.js";
import { Painter } from "../map/painter.js";
import { worldX, worldY } from "../map/shapes.js";

const LEAST_LABEL_PX = 26;

// Signs grow with the type of the page, so that they are read on a large screen too.
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

export class PlanMap {
  constructor(place, desk) {
    this.desk = desk;
    this.shapes = desk.units.shapes;
    this.painter = new Painter(this.shapes);
    this.map = createMap(place, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, boxZoom: false, maxZoom: 16, minZoom: 2,
    });
    control.zoom({ position: "topright" }).addTo(this.map);
    control.scale({ position: "bottomright" }).addTo(this.map);
    this.showAll();
    this.cells = new CanvasLayer((pen, view) => this.#paintCells(pen, view)).addTo(this.map);
    this.marks = new CanvasLayer((pen, view) => this.#paintMarks(pen, view)).addTo(this.map);
    desk.on("plan", () => this.repaint());
    desk.on("colours", () => this.repaint());
    desk.on("selection", () => this.marks.repaint());
    desk.on("comments", () => this.marks.repaint());
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(place);
    window.addEventListener("beforeprint", () => fitToPaper(place));
  }

  repaint() {
    this.holders = null;
    this.cells.repaint();
    this.marks.repaint();
  }

  showAll() {
    this.zoomTo([...Array(this.shapes.count).keys()], false);
  }

  // Shows some rows, with room around them.
  showRows(rows) {
    this.zoomTo(rows.map((row) => this.desk.units.cellOf[row]).filter((cell) => cell >= 0), true);
  }

  zoomTo(cells, animate) {
    const box = this.shapes.bounds(cells);
    if (!box) {
      this.map.setView([20, 0], 2);
      return;
    }
    const bounds = latLngBounds([latOf(box[3]), lonOf(box[0])], [latOf(box[1]), lonOf(box[2])]);
    this.map.fitBounds(bounds, { padding: [24, 24], maxZoom: 11, animate });
  }

  // The cell at a place of the screen, -1 for none.
  cellAt(latlng) {
    const reach = 10 / (256 * 2 ** this.map.getZoom());
    return this.shapes.cellAt(worldX(latlng.lng), worldY(latlng.lat), reach);
  }

  #paintCells(pen, view) {
    const { colouring } = this.desk;
    const { theme } = colouring;
    const cells = this.painter.visible(view);
    const groups = this.painter.fillCells(pen, view, cells, (cell) => colouring.fillOfCell(cell));
    if (this.painter.showsSeams(view.scale)) {
      pen.strokeStyle = theme.seam;
      pen.lineWidth = 0.7;
      this.painter.strokeArcs(pen, view, () => true);
    } else {
      this.painter.closeSeams(pen, view, cells, groups);
    }
    const holders = this.#holders();
    pen.strokeStyle = theme.line;
    pen.lineJoin = "round";
    pen.lineWidth = Math.max(1, Math.min(2.2, 28 / Math.sqrt(this.desk.plan.territories.length)));
    this.painter.strokeArcs(pen, view, (left, right) => (left < 0 ? -3 : holders[left]) !== (right < 0 ? -3 : holders[right]));
    pen.lineWidth = 0.6;
    this.painter.strokePoints(pen, view, cells);
  }

  #holders() {
    this.holders ??= Int32Array.from({ length: this.shapes.count }, (_, cell) => this.desk.colouring.holderOfCell(cell));
    return this.holders;
  }

  #paintMarks(pen, view) {
    const { theme } = this.desk.colouring;
    this.#paintSet(pen, view, this.desk.marked, [theme.halo, theme.bad, [6, 4]]);
    this.#paintSet(pen, view, this.desk.selected, [theme.halo, theme.accent, []]);
    this.#paintBridges(pen, view, theme);
    this.#paintHomes(pen, view, theme);
    this.#paintLabels(pen, view, theme);
    const { rows, territories } = this.desk.said;
    for (const [row, count] of rows) this.#paintBubble(pen, theme, this.#spot(view, row), count);
    for (const [territory, count] of territories) {
      const { rows: held } = this.desk.plan.figures[territory];
      if (held.length) this.#paintBubble(pen, theme, this.#spot(view, this.#middle(territory)), count);
    }
  }

  // How many open comments there are about a place, in a bubble that points at it.
  #paintBubble(pen, theme, [x, y], count) {
    const size = 0.55 * rem();
    pen.beginPath();
    pen.moveTo(x, y);
    pen.arc(x, y - 1.7 * size, size, 0.75 * Math.PI, 0.25 * Math.PI);
    pen.closePath();
    pen.lineWidth = 2;
    pen.strokeStyle = theme.halo;
    pen.stroke();
    pen.fillStyle = theme.accent;
    pen.fill();
    pen.font = `600 ${1.25 * size}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = theme.accentInk;
    pen.fillText(count, x, y - 1.65 * size);
  }

  // A set of rows as one shape: a tint, and a line around it that stands out on any colour.
  #paintSet(pen, view, rows, [halo, colour, dashes]) {
    if (!rows.size) return;
    const inside = new Uint8Array(this.shapes.count);
    for (const row of rows) if (this.desk.units.cellOf[row] >= 0) inside[this.desk.units.cellOf[row]] = 1;
    const has = (cell) => (cell >= 0 ? inside[cell] : 0);
    const cells = this.painter.visible(view).filter(has);
    pen.globalAlpha = 0.3;
    this.painter.fillCells(pen, view, cells, () => colour);
    pen.globalAlpha = 1;
    pen.lineJoin = "round";
    for (const [style, width, dash] of [[halo, 5, []], [colour, 2.5, dashes]]) {
      pen.strokeStyle = style;
      pen.lineWidth = width;
      pen.setLineDash(dash);
      this.painter.strokeArcs(pen, view, (left, right) => has(left) !== has(right));
      this.painter.strokePoints(pen, view, cells);
    }
    pen.setLineDash([]);
  }

  #paintBridges(pen, view, theme) {
    pen.setLineDash([2, 3]);
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.mark;
    pen.beginPath();
    for (const ends of this.desk.units.bridges) {
      const [one, other] = ends.map((id) => this.#spot(view, this.desk.units.rowOf.get(id)));
      pen.moveTo(...one);
      pen.lineTo(...other);
    }
    pen.stroke();
    pen.setLineDash([]);
  }

  #spot(view, row) {
    return [this.#x(view, this.desk.units.lon[row]), worldY(this.desk.units.lat[row]) * view.scale - view.top];
  }

  #x(view, lon) {
    const { cut } = this.shapes;
    return worldX(lon - 360 * Math.floor((lon - cut) / 360)) * view.scale - view.left;
  }

  #paintHomes(pen, view, theme) {
    const size = (this.desk.plan.territories.length > 100 ? 0.2 : 0.33) * rem();
    pen.fillStyle = theme.halo;
    pen.strokeStyle = theme.mark;
    pen.lineWidth = 1.6;
    for (const { lat, lon } of this.desk.plan.territories) {
      if (lat === null) continue;
      const x = this.#x(view, lon);
      const y = worldY(lat) * view.scale - view.top;
      pen.beginPath();
      pen.moveTo(x, y - size);
      pen.lineTo(x + size, y);
      pen.lineTo(x, y + size);
      pen.lineTo(x - size, y);
      pen.closePath();
      pen.fill();
      pen.stroke();
    }
  }

  #paintLabels(pen, view, theme) {
    const size = 0.78 * rem();
    pen.font = `600 ${size}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    const { plan } = this.desk;
    const width = this.painter.meanWidth(view.scale);
    const taken = [];
    const largest = [...plan.territories.keys()].sort((one, other) => plan.figures[other].rows.length - plan.figures[one].rows.length);
    for (const territory of largest) {
      const { code } = plan.territories[territory];
      const { rows } = plan.figures[territory];
      const reach = 0.36 * size * code.length;
      if (!rows.length || Math.sqrt(rows.length) * width < LEAST_LABEL_PX + reach) continue;
      const [x, y] = this.#spot(view, this.#middle(territory));
      // Where two labels would cover each other, the larger territory has it until one zooms in.
      if (taken.some((one) => Math.abs(one.x - x) < one.reach + reach && Math.abs(one.y - y) < 1.2 * size)) continue;
      taken.push({ x, y, reach });
      pen.strokeStyle = theme.halo;
      pen.strokeText(code, x, y + 1.05 * size);
      pen.fillStyle = theme.mark;
      pen.fillText(code, x, y + 1.05 * size);
    }
  }

  // The unit nearest to the middle of a territory, where its label stands.
  #middle(territory) {
    const { units, plan } = this.desk;
    const figures = plan.figures[territory];
    if (figures.middle !== undefined) return figures.middle;
    const { rows } = figures;
    const lat = rows.reduce((sum, row) => sum + units.lat[row], 0) / rows.length;
    const lon = rows.reduce((sum, row) => sum + units.lon[row], 0) / rows.length;
    let least = Infinity;
    for (const row of rows) {
      const away = (units.lat[row] - lat) ** 2 + (units.lon[row] - lon) ** 2;
      if (away < least) {
        least = away;
        figures.middle = row;
      }
    }
    return figures.middle;
  }
}

const PAPER_PX = 680; // between the margins of A4 and of Letter

function fitToPaper({ clientWidth, clientHeight, style }) {
  style.setProperty("--map-width", `${clientWidth}px`);
  style.setProperty("--map-height", `${clientHeight}px`);
  style.setProperty("--map-scale", String(Math.min(1, PAPER_PX / clientWidth)));
}

const lonOf = (x) => (x - 0.5) * 360;
const latOf = (y) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
