// What every page does: say who is signed in, and lead admins to the people.

import { signOut, whoami } from "./api.js";
import { button, byId, fill, link } from "./dom.js";
import { toastProblem } from "./notice.js";

const isOpen = document.documentElement.dataset.auth === "off";

if (!isOpen && location.pathname !== "/signin") {
  whoami()
    .then((who) => fill(byId("user"),
      who.role === "admin" ? link("People", "/people") : null,
      `${who.user} · ${who.role}`,
      button("Sign out", () => signOut().catch(toastProblem), "small")))
    .catch((problem) => problem.status !== 401 && toastProblem(problem));
}
