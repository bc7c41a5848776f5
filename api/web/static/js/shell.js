// What every page does: say who is signed in.

import { me, signOut } from "./api.js";
import { button, byId, fill } from "./dom.js";
import { toastProblem } from "./notice.js";

const isOpen = document.documentElement.dataset.auth === "off";

if (!isOpen && location.pathname !== "/sign-in") {
  me()
    .then((who) => fill(byId("user"), `${who.name} · ${who.role}`, button("Sign out", () => signOut().catch(toastProblem), "small")))
    .catch((problem) => problem.status !== 401 && toastProblem(problem));
}
