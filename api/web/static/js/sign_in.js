// The key of a person becomes a session of the browser.

import { signIn } from "./api.js";
import { byId, fill } from "./dom.js";
import { notice, showProblem } from "./notice.js";

const form = byId("sign-in");

document.documentElement.dataset.ready = "yes";

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = byId("key");
  const key = field.value.trim();
  if (!key) {
    field.setAttribute("aria-invalid", "true");
    field.focus();
    fill(byId("trouble"), notice("bad", "The key is missing.", { text: "Paste it into the field below." }));
    return;
  }
  try {
    await signIn(key);
    location.assign(wanted());
  } catch (problem) {
    showProblem(byId("trouble"), problem);
    field.focus();
  }
});

// Where the reader was going; only ever a page of ours.
function wanted() {
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  const address = new URL(next, location.origin);
  return address.origin === location.origin ? address.pathname + address.search : "/";
}
