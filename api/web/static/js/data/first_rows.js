// The first rows of a file, as they stand in it.

import { make } from "../dom.js";

const MOST_LETTERS = 60;

// firstRows(["id", …], [["A", …], …], { caption, marked: Map(column → words) })
export function firstRows(columns, rows, { caption, marked = new Map() } = {}) {
  const head = columns.map((column) => make("th", { scope: "col", class: marked.has(column) ? "mapped" : null },
    make("span", { class: "id" }, column || "(no name)"),
    marked.has(column) ? make("span", { class: "part" }, marked.get(column)) : null));
  const body = rows.map((cells) => make("tr", {}, cells.map((cell, place) => make("td", { class: marked.has(columns[place]) ? "mapped" : null }, clipped(cell)))));
  return make("div", { class: "table-frame rows", tabindex: "0", role: "region", "aria-label": caption },
    make("table", { class: "tight" }, make("caption", { class: "unseen" }, caption), make("thead", {}, make("tr", {}, head)), make("tbody", {}, body)));
}

const clipped = (text) => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text);
