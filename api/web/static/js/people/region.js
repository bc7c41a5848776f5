// What a viewer is limited to: the units with some values in a column.

import { make } from "../dom.js";

// Returns the two fields and `value()`: the limit, null where both are empty, undefined where one is.
export function regionFields() {
  const column = make("input", { id: "region-column", maxlength: 200, autocomplete: "off", placeholder: "all units", spellcheck: "false" });
  const values = make("input", { id: "region-values", maxlength: 2000, autocomplete: "off", placeholder: "e.g. West, North", spellcheck: "false" });
  const value = () => {
    const field = column.value.trim();
    const listed = values.value.split(",").map((text) => text.trim()).filter(Boolean);
    if (!field && !listed.length) return null;
    if (field && listed.length) return { field, values: listed };
    (field ? values : column).setAttribute("aria-invalid", "true");
    (field ? values : column).focus();
    return undefined;
  };
  const fields = [
    make("div", { class: "field" }, make("label", { for: "region-column" }, "Sees only units whose column"), column),
    make("div", { class: "field" }, make("label", { for: "region-values" }, "has one of these values"), values),
  ];
  return { fields, value };
}

export const regionWords = (region) => (region ? `${region.field}: ${region.values.join(", ")}` : "everything");
