// The table of units: only the rows in view are in the page, so that 33,000 scroll as easily as 30.

import { button, fill, make } from "../dom.js";
import { number, plural } from "../format.js";
import { capital } from "./colouring.js";
import { bubble } from "./comments.js";

const ROW_REM = 2;
const SPARE = 12;

export function gridTab(desk, planMap) {
  const state = { words: "", territory: "", kind: "", sort: "name", down: false, rows: [], cursor: 0, from: -1 };
  const columns = columnsOf(desk);
  let body = null;
  let frame = null;
  let counter = null;
  let head = null;

  function show(panel) {
    counter = make("span", { class: "small soft", role: "status" });
    head = make("tr", {}, columns.map(heading));
    body = make("tbody", {});
    frame = make("div", { class: "grid", tabindex: "0", role: "region", "aria-label": "Table of units", onscroll: () => draw(), onkeydown: keys },
      make("table", { class: "grid-table" }, make("caption", { class: "unseen" }, "Units. Space selects, arrows move, Enter shows the unit on the map."), make("thead", {}, head), body));
    fill(panel, tools(), frame);
    desk.on("plan", (touched) => !panel.hidden && (touched && state.territory === "" && state.kind === "" ? draw(true) : refresh()));
    desk.on("comments", () => panel.hidden || refresh());
    desk.on("selection", () => {
      if (panel.hidden) return;
      follow();
      draw(true);
    });
    new ResizeObserver(() => draw(true)).observe(panel);
  }

  function tools() {
    const search = make("input", { type: "search", class: "small-field", placeholder: "Find a unit …", "aria-label": "Find units by id or name", oninput: () => { state.words = search.value.trim().toLowerCase(); refresh(true); } });
    const seats = make("select", { class: "small-field", "aria-label": "Territory", onchange: () => { state.territory = seats.value; refresh(true); } },
      make("option", { value: "" }, "All territories"), make("option", { value: "-1" }, "Nobody"),
      desk.plan.territories.map((_, at) => make("option", { value: String(at) }, desk.territoryName(at))));
    const kinds = make("select", { class: "small-field", "aria-label": "Only", onchange: () => { state.kind = kinds.value; refresh(true); } },
      make("option", { value: "" }, "All units"), make("option", { value: "moved" }, "Change hands"), make("option", { value: "locked" }, "Locked"), make("option", { value: "selected" }, "Selected"), make("option", { value: "said" }, "Commented on"),
      desk.units.columns.map((column, at) => make("optgroup", { label: column.name }, column.kinds.map((kind, which) => make("option", { value: `${at}:${which}` }, kind || "(empty)")))));
    return make("div", { class: "grid-tools" }, search, seats, kinds, counter, button("Select all of these", () => desk.select(state.rows), "small"));
  }

  function heading(column) {
    const sort = make("button", { type: "button", class: "sort", onclick: () => { state.down = state.sort === column.id ? !state.down : Boolean(column.number); state.sort = column.id; refresh(true); } }, column.words);
    return make("th", { scope: "col", class: column.number ? "number" : null, dataset: { column: column.id } }, sort);
  }

  function refresh(toTop = false) {
    state.rows = sorted(matching(desk, state), columns.find(({ id }) => id === state.sort), state.down);
    counter.textContent = plural(state.rows.length, "unit");
    for (const cell of head.children) cell.setAttribute("aria-sort", cell.dataset.column === state.sort ? (state.down ? "descending" : "ascending") : "none");
    if (toTop) {
      frame.scrollTop = 0;
      state.cursor = 0;
    }
    draw(true);
  }

  function draw(again = false) {
    const height = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const first = Math.max(0, Math.floor(frame.scrollTop / height) - SPARE);
    if (!again && first === state.from) return;
    state.from = first;
    const last = Math.min(state.rows.length, first + Math.ceil((frame.clientHeight || 600) / height) + 2 * SPARE);
    const gap = (count) => {
      const cell = make("td", { colspan: String(columns.length) });
      cell.style.height = `${count * height}px`;
      return make("tr", { class: "gap", "aria-hidden": "true" }, cell);
    };
    fill(body, first ? gap(first) : null, state.rows.slice(first, last).map((row, at) => line(row, first + at)), last < state.rows.length ? gap(state.rows.length - last) : null);
  }

  function line(row, at) {
    return make("tr", { "aria-selected": String(desk.selected.has(row)), dataset: { row }, onclick: (event) => click(event, row, at), ondblclick: () => planMap.showRows([row]) },
      columns.map((column) => make(column.id === "name" ? "th" : "td", { class: column.number ? "number" : null, scope: column.id === "name" ? "row" : null, title: column.number ? null : column.text(row) }, column.id === "name" ? bubble(desk.said.rows.get(row)) : null, column.text(row))));
  }

  function click(event, row, at) {
    const anchor = state.cursor;
    state.cursor = at;
    state.own = true;
    if (event.shiftKey) desk.select(state.rows.slice(Math.min(anchor, at), Math.max(anchor, at) + 1), "also");
    else desk.select([row], event.ctrlKey || event.metaKey ? "toggle" : "only");
    state.own = false;
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -state.rows.length, End: state.rows.length }[event.key];
    if (event.target.closest("button") || !state.rows.length) return;
    if (step) {
      event.preventDefault();
      state.cursor = Math.max(0, Math.min(state.rows.length - 1, state.cursor + step));
      if (event.shiftKey) desk.select([state.rows[state.cursor]], "also");
      else desk.select([state.rows[state.cursor]]);
    } else if (event.key === " ") {
      event.preventDefault();
      desk.select([state.rows[state.cursor]], "toggle");
    } else if (event.key === "Enter") planMap.showRows([state.rows[state.cursor]]);
  }

  // Brings the one selected unit into view.
  function follow() {
    if (desk.selected.size !== 1 || state.own || !frame.clientHeight) return;
    const at = state.rows.indexOf([...desk.selected][0]);
    if (at < 0) return;
    state.cursor = at;
    const height = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (at * height < frame.scrollTop || (at + 2) * height > frame.scrollTop + frame.clientHeight) frame.scrollTop = Math.max(0, at * height - frame.clientHeight / 2);
  }

  return { id: "units", words: "Units", show, opened: () => frame && refresh() };
}

function columnsOf(desk) {
  const { units, plan } = desk;
  const held = (row) => plan.holders(row)[0]?.[0] ?? -1;
  const figure = (id, words, value, digits = 0) => ({ id, words, number: true, value, text: (row) => number(value(row), digits) });
  const text = (id, words, read) => ({ id, words, value: read, text: read });
  return [
    text("name", "Unit", (row) => desk.nameOf(row)),
    text("territory", "Territory", (row) => desk.holderName(row)),
    ...units.measures.map((name, measure) => figure(`m${measure}`, capital(name), (row) => units.amounts[measure][row])),
    figure("km", "km", (row) => (held(row) < 0 ? null : plan.kmOf(row, held(row))), 0),
    ...(plan.fit || plan.fitNow ? [figure("fit", "Fit", (row) => (held(row) < 0 ? null : plan.fitOf(row, held(row))), 2)] : []),
    ...(units.owners.length ? [text("today", "Today", (row) => desk.todayName(row))] : []),
    text("locked", "Locked", (row) => (plan.locked[row] >= 0 ? "locked" : "")),
    ...(units.isNamed ? [text("id", "Id", (row) => units.id[row])] : []),
  ];
}

function matching(desk, { words, territory, kind }) {
  const { units, plan } = desk;
  const [column, which] = kind.includes(":") ? kind.split(":").map(Number) : [-1, -1];
  const rows = [];
  for (let row = 0; row < units.count; row += 1) {
    if (territory !== "" && (Number(territory) < 0 ? plan.owner[row] !== -1 : !plan.holds(Number(territory), row))) continue;
    if (kind === "moved" && !plan.isMoved(row)) continue;
    if (kind === "locked" && plan.locked[row] < 0) continue;
    if (kind === "selected" && !desk.selected.has(row)) continue;
    if (kind === "said" && !desk.said.rows.has(row)) continue;
    if (column >= 0 && units.columns[column].kind[row] !== which) continue;
    if (words && !units.id[row].toLowerCase().includes(words) && !units.name[row].toLowerCase().includes(words)) continue;
    rows.push(row);
  }
  return rows;
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

// Texts by their rank, so that each is compared few times; what is unknown goes last.
function sorted(rows, column, down) {
  const keys = new Map(rows.map((row) => [row, column.value(row)]));
  const order = column.number ? (one, other) => one - other : COLLATOR.compare;
  const turn = down ? -1 : 1;
  return rows.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (a === null || b === null) return (a === null) - (b === null);
    return turn * order(a, b) || one - other;
  });
}
