// Value and bound over time as a drawing; the table beside it says the same in words.

import { draw, fill, make } from "../dom.js";
import { amount, number, seconds } from "../format.js";

const WIDTH = 600;
const HEIGHT = 280;
const ROOM = { left: 64, right: 16, top: 14, bottom: 34 };
const TICKS = 5;

// chart(curve, limitS) returns { element, update }; update() draws what the curve has by now.
export function chart(curve, limitS) {
  const place = make("div", { class: "chart" });
  const update = () => fill(place, drawing(curve, limitS), legend(curve));
  update();
  return { element: place, update };
}

function drawing(curve, limitS) {
  const points = shown(curve.points);
  const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": said(curve) });
  if (!points.some((point) => point.value !== null || point.bound !== null)) {
    svg.append(draw("text", { x: WIDTH / 2, y: HEIGHT / 2, "text-anchor": "middle", class: "axis" }, document.createTextNode("The curve begins with the first plan.")));
    return svg;
  }
  const scale = scales(points, limitS);
  svg.append(...axes(scale));
  const bounds = points.filter((point) => point.bound !== null);
  const values = points.filter((point) => point.value !== null);
  const both = points.filter((point) => point.value !== null && point.bound !== null && !(point.violation > 0));
  if (both.length) svg.append(draw("path", { class: "room", d: `${steps(both, "value", scale)} ${back(both, scale)} Z` }));
  svg.append(draw("path", { class: "bound", d: steps(bounds, "bound", scale) }));
  const broken = values.filter((point) => point.violation > 0);
  const kept = values.filter((point) => !(point.violation > 0));
  if (broken.length) svg.append(draw("path", { class: "value broken", d: steps([...broken, ...kept.slice(0, 1)], "value", scale, kept[0]?.seconds) }));
  svg.append(draw("path", { class: "value", d: steps(kept, "value", scale) }));
  const last = values.at(-1);
  if (last) svg.append(draw("circle", { class: "now", cx: scale.x(points.at(-1).seconds), cy: scale.y(last.value), r: 4 }));
  return svg;
}

// The first plans may be far off: the drawing begins where the value has come near.
function shown(points) {
  const values = points.filter((point) => point.value !== null);
  if (values.length < 3) return points;
  const best = Math.min(...values.map((point) => point.value));
  const bound = Math.max(...points.map((point) => point.bound ?? -Infinity));
  const room = Math.max(best - (Number.isFinite(bound) ? bound : best), Math.abs(best) * 0.02);
  const from = points.findIndex((point) => point.value !== null && point.value <= best + 6 * room);
  return points.slice(Math.max(0, from));
}

function scales(points, limitS) {
  const amounts = points.flatMap((point) => [point.value, point.bound]).filter((value) => value !== null);
  const low = Math.min(...amounts);
  const high = Math.max(...amounts);
  const margin = (high - low || Math.abs(high) || 1) * 0.08;
  const end = Math.max(points.at(-1).seconds, Math.min(limitS ?? 0, points.at(-1).seconds * 2), 1);
  const start = points[0].seconds > end / 2 ? points[0].seconds : 0;
  const x = (value) => ROOM.left + ((value - start) / (end - start || 1)) * (WIDTH - ROOM.left - ROOM.right);
  const y = (value) => HEIGHT - ROOM.bottom - ((value - low + margin) / (high - low + 2 * margin)) * (HEIGHT - ROOM.top - ROOM.bottom);
  return { x, y, start, end, low: low - margin, high: high + margin, last: points.at(-1).seconds };
}

function axes(scale) {
  const lines = [];
  for (let tick = 0; tick <= TICKS; tick += 1) {
    const value = scale.low + ((scale.high - scale.low) * tick) / TICKS;
    lines.push(draw("line", { class: "grid", x1: ROOM.left, x2: WIDTH - ROOM.right, y1: scale.y(value), y2: scale.y(value) }));
    lines.push(draw("text", { class: "axis", x: ROOM.left - 8, y: scale.y(value) + 4, "text-anchor": "end" }, document.createTextNode(amount(value))));
    const time = scale.start + ((scale.end - scale.start) * tick) / TICKS;
    lines.push(draw("text", { class: "axis", x: scale.x(time), y: HEIGHT - 12, "text-anchor": tick === TICKS ? "end" : "middle" }, document.createTextNode(scale.end < 10 ? `${number(time, 1)} s` : seconds(time))));
  }
  return lines;
}

// A line that keeps its height until the next point, and the last one until its end, which is now.
function steps(points, field, scale, end = scale.last) {
  if (!points.length) return "";
  const parts = points.map((point, place) => (place ? `H${scale.x(point.seconds)} V${scale.y(point[field])}` : `M${scale.x(point.seconds)} ${scale.y(point[field])}`));
  return `${parts.join(" ")} H${scale.x(end)}`;
}

function back(points, scale) {
  const parts = [`L${scale.x(scale.last)} ${scale.y(points.at(-1).bound)}`];
  for (let place = points.length - 1; place > 0; place -= 1) parts.push(`H${scale.x(points[place].seconds)} V${scale.y(points[place - 1].bound)}`);
  parts.push(`H${scale.x(points[0].seconds)}`);
  return parts.join(" ");
}

function said({ last }) {
  if (!last || last.value === null) return "No plan yet.";
  return `After ${seconds(last.seconds)} the value is ${amount(last.value)}${last.bound === null ? "" : ` and no plan can be below ${amount(last.bound)}`}. The table has the whole curve.`;
}

function legend(curve) {
  const hasBroken = curve.points.some((point) => point.violation > 0);
  return make("ul", { class: "legend-line", "aria-hidden": "true" },
    make("li", { class: "of-value" }, "Value of the best plan (smaller is better)"),
    make("li", { class: "of-bound" }, "Proven bound: no plan is below it"),
    hasBroken ? make("li", { class: "of-broken" }, "Plan that does not keep all bands yet") : null);
}
