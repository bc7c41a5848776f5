// Dialogs: a question with its answers. Escape is "no", focus comes back by itself.

import { button, make } from "./dom.js";

// Shows content in a dialog; `actions(close)` returns its buttons. Resolves with what close(value) was called with.
export function dialog(title, content, actions) {
  return new Promise((resolve) => {
    const heading = make("h2", { id: "dialog-title" }, title);
    const box = make("dialog", { "aria-labelledby": "dialog-title" }, heading, content);
    const close = (value) => {
      resolve(value);
      box.close();
    };
    box.append(make("div", { class: "actions" }, actions(close)));
    box.addEventListener("close", () => {
      resolve(undefined);
      box.remove();
    });
    document.body.append(box);
    box.showModal();
  });
}

// confirmed("Cancel the run?", "Its plan is dropped.", "Cancel the run", "danger") → true or undefined
export const confirmed = (title, text, yes, kind = "primary") =>
  dialog(title, make("p", {}, text), (close) => [button("Keep as it is", () => close(undefined)), button(yes, () => close(true), kind)]);
