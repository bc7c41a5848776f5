// Elements made of data: text becomes text, never markup.

const isThere = (child) => child !== null && child !== undefined && child !== false;

// make("td", { class: "number", title: "…", onclick: f, dataset: { unit: "48001" } }, child, "text", …)
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name === "class" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(isThere));
  return element;
}

export function fill(place, ...children) {
  place.replaceChildren(...children.flat().filter(isThere));
  return place;
}

// draw("circle", { cx: 3, cy: 4, class: null }, child, …): an element of a picture; what is null is left out
export function draw(tag, properties = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) if (value !== null) element.setAttribute(name, value);
  element.append(...children.filter(isThere));
  return element;
}

export const byId = (id) => document.getElementById(id);

export const button = (words, onclick, kind = "", more = {}) =>
  make("button", { type: "button", class: `button ${kind}`.trim(), onclick, ...more }, words);

// Does a button's work with the button unusable meanwhile; unlike a disabled one it keeps the focus.
export async function whileBusy(control, work) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    control.removeAttribute("aria-disabled");
  }
}

export const link = (words, href, kind = "") => make("a", { class: kind ? `button ${kind}` : null, href }, words);
