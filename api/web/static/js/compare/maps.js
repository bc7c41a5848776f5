// The same map once a plan: they move together, and show all territories or only what changed hands.

import { button, fill, make } from "../dom.js";
import { toastProblem } from "../notice.js";
import { readSides } from "./holders.js";
import { SideMap } from "./side_map.js";

export async function showMaps(place, comparison) {
  const frame = make("div", { class: "side-maps" }, make("p", { class: "loading" }, "Drawing the maps …"));
  fill(place, make("h2", {}, "On the map"), frame);
  try {
    const data = await readSides(comparison);
    draw(place, data);
  } catch (problem) {
    fill(frame, make("p", { class: "soft" }, "The maps could not be drawn; the tables below have the same content."));
    toastProblem(problem);
  }
  place.dataset.ready = "yes";
}

function draw(place, data) {
  const theme = themeOf();
  const told = make("p", { class: "picked", "aria-live": "polite" });
  const frame = make("div", { class: "side-maps", dataset: { count: data.sides.length } });
  const boxes = data.sides.map((side) => make("figure", { class: "side-map" }, make("figcaption", {}, side.name), make("div", { class: "map", role: "application", "aria-label": `Map: ${side.name}. The tables have the same content.` })));
  frame.append(...boxes);
  const modes = [["Territories", null], ...data.sides.slice(0, -1).map((side) => [`Changed from ${side.key === "today" ? "today" : `plan ${side.key}`}`, side])];
  const switches = modes.map(([words, base], at) => button(words, () => choose(base, at), "small", { "aria-pressed": String(at === 0) }));
  const search = make("input", { type: "search", id: "find-unit", class: "small-field", placeholder: "unit id or name" });
  const find = make("form", { class: "row", onsubmit: (event) => { event.preventDefault(); pick(rowOf(data.units, search.value)); } },
    make("label", { for: "find-unit", class: "small soft" }, "Find a unit"), search, make("button", { class: "button small", type: "submit" }, "Find"));
  fill(place,
    make("div", { class: "section-head" }, make("h2", {}, "On the map"), make("div", { class: "actions", role: "group", "aria-label": "What the maps show" }, switches)),
    frame, make("div", { class: "row" }, find, told));
  const maps = boxes.map((box, at) => new SideMap(box.querySelector(".map"), data, { side: data.sides[at], base: null, theme, picked: -1 }, pick));
  maps.forEach((one) => maps.forEach((other) => one !== other && one.follow(other)));
  document.addEventListener("theme", () => { const fresh = themeOf(); maps.forEach((map) => map.repaint({ theme: fresh })); });

  function choose(base, chosen) {
    switches.forEach((one, at) => one.setAttribute("aria-pressed", String(at === chosen)));
    maps.forEach((map) => map.repaint({ base }));
  }

  function pick(row) {
    maps.forEach((map) => map.repaint({ picked: row }));
    fill(told, row < 0 ? "Click a unit, or find it by its id or name, to see who has it in each plan." : story(data, row));
  }
  pick(-1);
}

function story({ units, sides, nameOf }, row) {
  const name = units.name[row] && units.name[row] !== units.id[row] ? `${units.name[row]} (${units.id[row]})` : units.id[row];
  const held = sides.map((side) => `${side.key === "today" ? "today" : side.key}: ${side.held(row).map(nameOf).join(" and ") || "nobody"}`);
  return [make("strong", {}, name), ` ${held.join(" · ")}`];
}

function rowOf(units, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return -1;
  const exact = units.rowOf.get(text.trim());
  return exact ?? units.name.findIndex((name) => name.toLowerCase().includes(wanted));
}

function themeOf() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { line: read("--map-line"), kept: read("--map-kept"), accent: read("--focus") };
}
