// The table of users: role, what they see, keys, and whether they are let in.

import { call } from "../api.js";
import { confirmed } from "../dialog.js";
import { button, make } from "../dom.js";
import { plural } from "../format.js";
import { toast, toastProblem } from "../notice.js";
import { keyList } from "./keys.js";
import { regionWords } from "./region.js";
import { roleOptions, ROLES } from "./roles.js";

const HEADS = ["Name", "Role", "Sees", "State", "Keys", "More"];

export function usersTable(state) {
  return make("div", { class: "table-frame" },
    make("table", {},
      make("caption", { class: "unseen" }, "Users of the workspace"),
      make("thead", {}, make("tr", {}, HEADS.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, state.users.flatMap((user) => rows(user, state)))));
}

function rows(user, { me, keys, again }) {
  const own = keys.filter((key) => key.user_id === user.id);
  const alive = own.filter((key) => !key.revoked).length;
  const detail = make("tr", { class: "detail", hidden: true, id: `keys-${user.id}` }, make("td", { colspan: String(HEADS.length) }, keyList(user, own, again)));
  const open = button(plural(alive, "key"), () => toggle(open, detail), "small", { "aria-expanded": "false", "aria-controls": detail.id, "aria-label": `${plural(alive, "key")} of ${user.name}` });
  const isMe = user.id === me.user_id;
  const line = make("tr", {},
    make("th", { scope: "row" }, user.name, isMe ? make("span", { class: "soft" }, " (you)") : null),
    make("td", {}, isMe ? ROLES[user.role] : roleChoice(user, again)),
    make("td", {}, regionWords(user.region)),
    make("td", {}, badge(user)),
    make("td", {}, open),
    make("td", {}, isMe ? null : doorButton(user, again)));
  return [line, detail];
}

function toggle(control, detail) {
  detail.hidden = control.getAttribute("aria-expanded") === "true";
  control.setAttribute("aria-expanded", String(!detail.hidden));
}

function badge(user) {
  const [kind, mark, words] = user.disabled ? ["bad", "✕", "shut out"] : ["good", "✓", "let in"];
  return make("span", { class: `badge ${kind}` }, make("span", { "aria-hidden": "true" }, mark), words);
}

function roleChoice(user, again) {
  const choice = make("select", { "aria-label": `Role of ${user.name}` }, roleOptions(user.role));
  choice.addEventListener("change", async () => {
    const limit = choice.value === "viewer" ? {} : { region: null };
    await change(user, { role: choice.value, ...limit }, `${user.name} is ${choice.value} now.`);
    await again();
  });
  return choice;
}

function doorButton(user, again) {
  const act = async () => {
    const text = `${user.name} is out at once, with every session and key. What they did stays.`;
    if (!user.disabled && !(await confirmed("Shut this user out?", text, "Shut out", "danger"))) return;
    await change(user, { disabled: !user.disabled }, `${user.name} is ${user.disabled ? "let in again" : "shut out"}.`);
    await again();
  };
  const words = user.disabled ? "Let in again" : "Shut out";
  return button(words, act, "small", { "aria-label": `${words}: ${user.name}` });
}

async function change(user, body, said) {
  try {
    await call("PATCH", `/v1/users/${user.id}`, { body });
    toast("good", said);
  } catch (problem) {
    toastProblem(problem);
  }
}
