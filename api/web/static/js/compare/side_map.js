// One map of a comparison: the units of a plan, coloured by holder, or only where they changed hands.

import { control, latLngBounds, map as createMap } from "../../leaflet/leaflet.js";
import { CanvasLayer } from "../map/canvas.js";
import { Painter, striped } from "../map/painter.js";
import { worldX, worldY } from "../map/shapes.js";

const REACH_PX = 10;
const MOST_STRIPES = 4;

export class SideMap {
  // `show` says what is seen: { side, base, theme }; `base` is the side that it is held against, null for none.
  constructor(place, data, show, picked) {
    Object.assign(this, { data, show });
    this.shapes = data.units.shapes;
    this.painter = new Painter(this.shapes);
    this.map = createMap(place, { attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, boxZoom: false, maxZoom: 16, minZoom: 2 });
    control.zoom({ position: "topright" }).addTo(this.map);
    this.showAll();
    this.layer = new CanvasLayer((pen, view) => this.#paint(pen, view)).addTo(this.map);
    this.map.on("click", ({ latlng }) => picked(this.#rowAt(latlng)));
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(place);
  }

  showAll() {
    const box = this.shapes.bounds([...Array(this.shapes.count).keys()]);
    if (!box) return this.map.setView([20, 0], 2);
    return this.map.fitBounds(latLngBounds([latOf(box[3]), lonOf(box[0])], [latOf(box[1]), lonOf(box[2])]), { padding: [12, 12], animate: false });
  }

  repaint(change) {
    Object.assign(this.show, change);
    this.holders = null;
    this.layer.repaint();
  }

  // Moves as another map does.
  follow(other) {
    other.map.on("move", () => {
      if (other.isFollowing) return;
      this.isFollowing = true;
      this.map.setView(other.map.getCenter(), other.map.getZoom(), { animate: false });
      this.isFollowing = false;
    });
  }

  #rowAt(latlng) {
    const cell = this.shapes.cellAt(worldX(latlng.lng), worldY(latlng.lat), REACH_PX / (256 * 2 ** this.map.getZoom()));
    return cell < 0 ? -1 : this.data.units.rowsOfCell[cell][0] ?? -1;
  }

  #paint(pen, view) {
    const { theme } = this.show;
    const cells = this.painter.visible(view);
    const groups = this.painter.fillCells(pen, view, cells, (cell) => this.#fill(cell));
    this.painter.closeSeams(pen, view, cells, groups);
    const keys = this.#keys();
    pen.strokeStyle = theme.line;
    pen.lineJoin = "round";
    pen.lineWidth = 1.2;
    this.painter.strokeArcs(pen, view, (left, right) => (left < 0 ? null : keys[left]) !== (right < 0 ? null : keys[right]));
    if (this.show.picked >= 0) this.#outline(pen, view, this.data.units.cellOf[this.show.picked]);
  }

  #outline(pen, view, cell) {
    pen.strokeStyle = this.show.theme.accent;
    pen.lineWidth = 3;
    this.painter.strokeArcs(pen, view, (left, right) => left === cell || right === cell);
    this.painter.strokePoints(pen, view, [cell].filter((one) => one >= 0));
  }

  #fill(cell) {
    const { side, base, theme } = this.show;
    const rows = this.data.units.rowsOfCell[cell];
    if (!rows.length) return null;
    const shown = base && base !== side ? rows.filter((row) => side.held(row).join("\n") !== base.held(row).join("\n")) : rows;
    if (!shown.length) return theme.kept;
    const held = new Set(shown.flatMap((row) => side.held(row)));
    const fills = [...new Set([...held].map((holder) => this.data.colourOf(holder)))];
    if (!fills.length) return this.data.nobody;
    return fills.length === 1 ? fills[0] : striped(fills.slice(0, MOST_STRIPES));
  }

  // Who holds each cell, as text: outlines run where it changes.
  #keys() {
    this.holders ??= this.data.units.rowsOfCell.map((rows) => [...new Set(rows.flatMap((row) => this.show.side.held(row)))].sort().join("\n"));
    return this.holders;
  }
}

const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
const lonOf = (x) => x * 360 - 180;
