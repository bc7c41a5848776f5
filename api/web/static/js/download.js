// Files for the reader: made by the service, named after the scenario.

import { call } from "./api.js";
import { button, make } from "./dom.js";
import { toastProblem } from "./notice.js";

// "Texas: tighter balance" → "texas-tighter-balance"
export const slug = (name) => name.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60) || "plan";

export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// A button that fetches a file and saves it under a name: the service would call it the same for every scenario.
export function saveButton(path, name, title) {
  const press = async (event) => {
    event.target.disabled = true;
    await call("GET", path, { as: "blob" }).then(({ data }) => save(data, name), toastProblem);
    event.target.disabled = false;
  };
  return button("Download", press, "small", { "aria-label": `Download ${title}` });
}

// Asks for a file with a body and saves it.
export async function saveAnswer(path, body, name) {
  const { data } = await call("POST", path, { body, as: "blob" });
  save(data, name);
}
