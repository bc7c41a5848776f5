// Letting somebody in: a name, a role, and the first key.

import { newKey, post } from "../api.js";
import { fill, make } from "../dom.js";
import { showProblem } from "../notice.js";
import { makeKey } from "./keys.js";
import { regionFields } from "./region.js";
import { roleOptions } from "./roles.js";

export function newcomer(again) {
  const trouble = make("div", { class: "wide" });
  const name = make("input", { id: "name", maxlength: 200, autocomplete: "off" });
  const role = make("select", { id: "role" }, roleOptions("planner"));
  const region = regionFields();
  const follow = () => region.fields.forEach((field) => { field.hidden = role.value !== "viewer"; });
  role.addEventListener("change", follow);
  follow();
  let key = newKey();
  const send = async (event) => {
    event.preventDefault();
    const limit = role.value === "viewer" ? region.value() : null;
    if (!name.value.trim()) {
      name.setAttribute("aria-invalid", "true");
      return name.focus();
    }
    if (limit === undefined) return;
    try {
      const user = await post("/v1/users", { name: name.value.trim(), role: role.value, region: limit }, { key });
      [key, name.value] = [newKey(), ""];
      name.removeAttribute("aria-invalid");
      fill(trouble);
      await makeKey(user, "first key");
      await again();
    } catch (problem) {
      showProblem(trouble, problem);
    }
  };
  return make("form", { class: "newcomer", onsubmit: send, novalidate: true },
    trouble,
    make("div", { class: "field" }, make("label", { for: "name" }, "Name"), name),
    make("div", { class: "field" }, make("label", { for: "role" }, "Role"), role),
    region.fields,
    make("div", { class: "actions" }, make("button", { type: "submit", class: "button primary" }, "Let in and make a key")));
}
