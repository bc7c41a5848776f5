// Fields of a form: a label, a sentence on what it does, and the control.

import { make } from "../dom.js";

let count = 0;
const nextId = () => `field-${(count += 1)}`;

function field(label, hint, control, more = []) {
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute("aria-describedby", hintId);
  return make("div", { class: "field" },
    make("label", { for: control.id }, label),
    make("div", { class: "control" }, control, more),
    hint ? make("p", { class: "hint", id: hintId }, hint) : null);
}

// choice("Unit ID", hint, [["fips", "fips"], …], value, (value) => …, { none: "not in the data" })
export function choice(label, hint, options, value, changed, { none = null, after = [] } = {}) {
  const select = make("select", { id: nextId(), onchange: () => changed(select.value) });
  if (none !== null) select.append(make("option", { value: "" }, none));
  const isKnown = value === undefined || value === "" || options.some(([known]) => known === value);
  const all = isKnown ? options : [...options, [value, `${value} (is not there)`]];
  select.append(...all.map(([known, words]) => make("option", { value: known }, words)));
  select.value = value ?? "";
  if (!isKnown) select.setAttribute("aria-invalid", "true");
  return field(label, hint, select, after);
}

export function text(label, hint, value, changed, more = {}) {
  const input = make("input", { id: nextId(), type: "text", autocomplete: "off", spellcheck: "false", value: value ?? "", onchange: () => changed(input.value.trim()), ...more });
  return field(label, hint, input);
}

// A number or nothing; `scale` 100 shows a share as a percentage.
export function amountField(label, hint, value, changed, { unit = "", scale = 1, min = 0, step = "any", none = "no limit" } = {}) {
  const shown = value === undefined || value === null || value === "" ? "" : Number((Number(value) * scale).toPrecision(10));
  const input = make("input", { id: nextId(), class: "amount", type: "number", inputmode: "decimal", min, step, value: shown, placeholder: none });
  input.addEventListener("change", () => {
    input.toggleAttribute("aria-invalid", !input.validity.valid);
    if (input.validity.valid) changed(input.value === "" ? undefined : Number((Number(input.value) / scale).toPrecision(12)));
  });
  return field(label, hint, input, unit ? [make("span", { class: "unit", "aria-hidden": "true" }, unit)] : []);
}

export const percentField = (label, hint, value, changed, more = {}) => amountField(`${label} (in %)`, hint, value, changed, { unit: "%", scale: 100, ...more });

export function tick(label, hint, value, changed) {
  const box = make("input", { id: nextId(), type: "checkbox", onchange: () => changed(box.checked) });
  box.checked = Boolean(value);
  return make("div", { class: "field tick" },
    make("label", { for: box.id }, box, " ", label),
    hint ? make("p", { class: "hint" }, hint) : null);
}

// One of a few, each with its sentence: choices [[value, words, sentence], …]
export function oneOf(legend, hint, choices, value, changed) {
  const name = nextId();
  const options = choices.map(([known, words, sentence]) => {
    const input = make("input", { type: "radio", name, id: `${name}-${known}`, value: known, onchange: () => changed(known) });
    input.checked = known === value;
    return make("label", { class: "option", for: input.id }, input, make("span", {}, make("strong", {}, words), sentence ? make("span", { class: "hint" }, sentence) : null));
  });
  return make("fieldset", { class: "one-of" },
    make("legend", { class: "legend" }, legend),
    hint ? make("p", { class: "hint" }, hint) : null,
    make("div", { class: "options" }, options));
}

export const section = (title, lead, ...children) => make("section", { class: "card" }, make("h2", {}, title), lead ? make("p", { class: "soft" }, lead) : null, ...children);

export const grid = (...children) => make("div", { class: "fields" }, ...children);

export function more(words, ...children) {
  return make("details", { class: "more" }, make("summary", {}, words), ...children);
}
