// The keys of a user: made, shown once, revoked.

import { call, post } from "../api.js";
import { confirmed, dialog } from "../dialog.js";
import { button, make, whileBusy } from "../dom.js";
import { ago, moment } from "../format.js";
import { toast, toastProblem } from "../notice.js";

// Makes a key and shows its token, which nobody can read again.
export async function makeKey(user, label) {
  const made = await post("/v1/api-keys", { user_id: user.id, label });
  const token = make("input", { class: "token", readonly: true, "aria-label": "The key", value: made.token, spellcheck: "false", onfocus: () => token.select() });
  const content = make("div", {},
    make("p", {}, "Give it to them over a safe way. It is shown this once: whoever loses it gets another one."),
    token);
  await dialog(`The key of ${user.name}`, content, (close) => [button("Copy", () => copy(token)), button("Done", () => close(true), "primary")]);
}

export function keyList(user, keys, again) {
  const alive = keys.filter((key) => !key.revoked);
  const label = make("input", { class: "small-field", maxlength: 200, autocomplete: "off", "aria-label": `What the new key of ${user.name} is for`, placeholder: "What it is for" });
  const more = button("Make a key", () => whileBusy(more, () => makeKey(user, label.value.trim()).then(again, toastProblem)), "small");
  return make("div", { class: "keys" },
    alive.length ? make("ul", {}, alive.map((key) => item(user, key, again))) : make("p", { class: "soft" }, "No key: nobody can come in as this user."),
    user.disabled ? null : make("div", { class: "actions" }, label, more));
}

function item(user, key, again) {
  const revoke = async () => {
    if (!(await confirmed("Revoke the key?", `Whoever uses it as ${user.name} is out at once, and for good.`, "Revoke", "danger"))) return;
    await call("DELETE", `/v1/api-keys/${key.id}`).then(again, toastProblem);
  };
  return make("li", {},
    make("span", {}, key.label || make("span", { class: "soft" }, "without a name")),
    make("time", { class: "small soft", datetime: key.created_at, title: moment(key.created_at) }, ago(key.created_at)),
    button("Revoke", revoke, "small", { "aria-label": `Revoke the key ${key.label || "without a name"} of ${user.name}` }));
}

// Browsers copy by themselves only on safe addresses; elsewhere the text is marked, ready to be copied.
async function copy(token) {
  token.select();
  try {
    await navigator.clipboard.writeText(token.value);
    toast("good", "The key is copied.");
  } catch {
    toast("info", "Press Ctrl+C to copy the key.");
  }
}
