// A Leaflet layer that is one canvas: it moves with the map, and is painted anew when the map has come to rest.

import { Browser, DomUtil, Renderer } from "../../leaflet/leaflet.js";

const PADDING = 0.15;

// new CanvasLayer(paint): paint(pen, view) draws all; layer.repaint() asks for it, once a frame.
export const CanvasLayer = Renderer.extend({
  options: { padding: PADDING },

  initialize(paint, options) {
    Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
    this._asked = 0;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = "leaflet-layer map-canvas";
    this._pen = this._container.getContext("2d");
  },

  _destroyContainer() {
    cancelAnimationFrame(this._asked);
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    Renderer.prototype._update.call(this);
    const ratio = Browser.retina ? 2 : 1;
    const size = this._bounds.getSize();
    DomUtil.setPosition(this._container, this._bounds.min);
    if (this._container.width !== ratio * size.x || this._container.height !== ratio * size.y) {
      this._container.width = ratio * size.x;
      this._container.height = ratio * size.y;
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
    }
    this._ratio = ratio;
    // Resizing has emptied the canvas, so it is painted before the next frame; at first nobody has seen it yet.
    if (this._isPainted) this.paintNow();
    else this.repaint();
  },

  view() {
    const zoom = this._map.getZoom();
    const scale = 256 * 2 ** zoom;
    const corner = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    return { zoom, scale, left: corner.x, top: corner.y, width: size.x, height: size.y, dot: Math.max(2, Math.min(8, zoom - 1)) };
  },

  repaint() {
    if (!this._asked) this._asked = requestAnimationFrame(() => this.paintNow());
  },

  paintNow() {
    cancelAnimationFrame(this._asked);
    this._asked = 0;
    if (!this._map || !this._bounds) return;
    this._pen.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    this._pen.clearRect(0, 0, this._container.width, this._container.height);
    this._paint(this._pen, this.view());
    this._isPainted = true;
  },
});
