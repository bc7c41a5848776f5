// Files for the reader: made by the service, named after the scenario.

import { call } from "./api.js";
import { button, make, whileBusy } from "./dom.js";
import { seconds } from "./format.js";
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
    await making(event.target, () => call("GET", path, { as: "blob" }).then(({ data }) => save(data, name), toastProblem));
  };
  return button("Download", press, "small", { "aria-label": `Download ${title}` });
}

// Does a button's work and says on the button how long it takes: some files of large plans need a minute.
export function making(control, work) {
  const words = control.textContent;
  const begun = Date.now();
  const tell = () => { control.textContent = `Making it … ${seconds((Date.now() - begun) / 1000)}`; };
  const telling = setInterval(tell, 1000);
  return whileBusy(control, work).finally(() => {
    clearInterval(telling);
    control.textContent = words;
  });
}

// Asks for a file with a body and saves it.
export async function saveAnswer(path, body, name) {
  const { data } = await call("POST", path, { body, as: "blob" });
  save(data, name);
}
