// Plans as points between two axes; each can be reached and chosen by keyboard.

import { draw } from "../dom.js";
import { nameOf } from "../runs/points.js";
import { figureText, titleOf } from "./goals.js";

const WIDTH = 720;
const HEIGHT = 440;
const EDGE = { left: 76, right: 24, top: 20, bottom: 56 };
const TICKS = 5;

export function plot({ result, solved, picked, x, y }, pick) {
  const goal = (name) => result.goals.find((one) => one.name === name);
  const plans = solved.map((point) => point.figures);
  const showsToday = isNear(result.today, plans, [x, y]);
  const spots = showsToday ? [...plans, result.today] : plans;
  const [across, up] = [scale(spots.map((figures) => figures[x]), EDGE.left, WIDTH - EDGE.right), scale(spots.map((figures) => figures[y]), HEIGHT - EDGE.bottom, EDGE.top)];
  const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot", role: "group", "aria-label": `Plans by ${titleOf(goal(x))} and ${titleOf(goal(y))}` });
  drawing.append(...axis(goal(x), across, true), ...axis(goal(y), up, false));
  if (showsToday) drawing.append(today(across.place(result.today[x]), up.place(result.today[y])));
  const order = [...solved].sort((one, other) => Number(one.on_front) - Number(other.on_front) || (other.proposal ?? 99) - (one.proposal ?? 99));
  for (const point of order) drawing.append(mark(point, across.place(point.figures[x]), up.place(point.figures[y]), point === picked, [goal(x), goal(y)], pick));
  return drawing;
}

// Whether today's plan fits beside the others; far away it would press them into a corner.
export function isNear(today, plans, names) {
  return Boolean(today) && names.every((name) => {
    const values = plans.map((figures) => figures[name]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = 1.5 * (high - low);
    return today[name] >= low - room && today[name] <= high + room;
  });
}

// Where a value stands between two ends of the drawing, with round ticks.
function scale(values, from, to) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const [least, most] = [low - room, high + room];
  const rough = (most - least) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const ticks = [];
  for (let value = Math.ceil(least / step) * step; value <= most; value += step) ticks.push(Number(value.toPrecision(12)));
  return { place: (value) => from + ((value - least) / (most - least)) * (to - from), ticks };
}

function axis(goal, { place, ticks }, isAcross) {
  const [bottom, right] = [HEIGHT - EDGE.bottom, WIDTH - EDGE.right];
  const lines = ticks.flatMap((value) => {
    const at = place(value);
    const ends = isAcross ? { x1: at, x2: at, y1: EDGE.top, y2: bottom } : { x1: EDGE.left, x2: right, y1: at, y2: at };
    const spot = isAcross ? { x: at, y: bottom + 18, "text-anchor": "middle" } : { x: EDGE.left - 8, y: at + 4, "text-anchor": "end" };
    return [draw("line", { ...ends, class: "grid" }), draw("text", { ...spot, class: "tick" }, value.toLocaleString("en-US"))];
  });
  const words = `${titleOf(goal)} (${goal.better} is better)`;
  const title = isAcross ? { x: (EDGE.left + right) / 2, y: HEIGHT - 10, "text-anchor": "middle" } : { transform: `translate(16 ${(EDGE.top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle" };
  return [...lines, draw("text", { ...title, class: "axis-title" }, words)];
}

function today(x, y) {
  return draw("g", { class: "today", transform: `translate(${x} ${y})`, role: "img", "aria-label": "Today" }, draw("path", { d: "M0 -8 L8 0 L0 8 L-8 0 Z" }), draw("text", { x: 12, y: 4 }, "Today"));
}

function mark(point, x, y, isPicked, goals, pick) {
  const name = point.proposal ? `Proposal ${point.proposal}` : nameOf(point);
  const told = goals.map((goal) => `${goal.label} ${figureText(goal, point.figures[goal.name])}`).join(", ");
  const kind = `${point.on_front ? "front" : "behind"}${point.proposal ? " proposal" : ""}${isPicked ? " picked" : ""}`;
  const group = draw("g", { class: `mark ${kind}`, transform: `translate(${x} ${y})`, tabindex: 0, role: "button", "aria-pressed": String(isPicked), "aria-label": `${name}: ${told}` },
    draw("circle", { r: 16, class: "reach" }), draw("circle", { r: point.proposal ? 11 : 6, class: "dot" }));
  if (point.proposal) group.append(draw("text", { y: 4, "text-anchor": "middle", class: "label" }, String(point.proposal)));
  group.append(draw("title", {}, `${name}: ${told}`));
  group.addEventListener("click", () => pick(point));
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(point);
    document.querySelector(".mark.picked")?.focus();
  });
  return group;
}
