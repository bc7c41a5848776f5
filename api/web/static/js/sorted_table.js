// A table that its reader can sort by each column: text by its letters, figures with the largest first.

import { make } from "./dom.js";

// columns: [{ title, value(row), cell(row), isText }]; `value` is what is sorted by, `cell` what is shown (a node or
// text; the value where it is left out). The first column heads the rows. `first` is the column sorted by at first.
export function sortedTable(caption, columns, rows, { first = null, isCaptionShown = false } = {}) {
  const body = make("tbody");
  const heads = columns.map((column, at) => {
    const sort = make("button", { type: "button", class: "sort", onclick: () => by(at) }, column.title);
    return make("th", { scope: "col", class: column.isText ? null : "number" }, sort);
  });
  let sorted = { at: -1, isDown: false };
  function by(at) {
    sorted = { at, isDown: sorted.at === at ? !sorted.isDown : !columns[at].isText };
    heads.forEach((head, i) => (i === at ? head.setAttribute("aria-sort", sorted.isDown ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    const order = [...rows].sort((one, other) => compared(columns[at].value(one), columns[at].value(other)) * (sorted.isDown ? -1 : 1));
    body.replaceChildren(...order.map((row) => make("tr", {}, columns.map((column, i) => cell(column, row, i)))));
  }
  by(first ?? 0);
  const table = make("table", { class: "tight" },
    make("caption", { class: isCaptionShown ? null : "unseen" }, caption),
    make("thead", {}, make("tr", {}, heads)), body);
  return make("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": caption }, table);
}

const compared = (one, other) => (typeof one === "string" || typeof other === "string" ? String(one).localeCompare(String(other), "en", { numeric: true }) : (one ?? -Infinity) - (other ?? -Infinity));

function cell(column, row, at) {
  const shown = column.cell ? column.cell(row) : column.value(row);
  if (at === 0) return make("th", { scope: "row" }, shown);
  return make("td", { class: column.isText ? null : "number" }, shown);
}
