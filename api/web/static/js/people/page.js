// Who may come in: the users of the workspace, their roles, and their keys.

import { all, get } from "../api.js";
import { button, byId, fill } from "../dom.js";
import { showProblem } from "../notice.js";
import { newcomer } from "./newcomer.js";
import { usersTable } from "./users.js";

async function load() {
  try {
    const [me, users, keys] = await Promise.all([get("/v1/me"), all("/v1/users"), all("/v1/api-keys")]);
    fill(byId("list"), usersTable({ me, users, keys, again: load }));
    if (!byId("newcomer").firstChild) fill(byId("newcomer"), newcomer(load));
  } catch (problem) {
    byId("newcomer").hidden = true;
    showProblem(byId("list"), problem, problem.status === 403 ? [] : [button("Try again", () => location.reload())]);
  }
  byId("list").removeAttribute("aria-busy");
  document.documentElement.dataset.ready = "yes";
}

load();
