// Tabs by keyboard as everywhere: arrows move, one tab is shown.

import { make } from "./dom.js";

// tabs(list, body, [{ id, words, show(panel, count), opened() }]) opens the first; count(n) puts a number beside the
// words. Returns what opens a tab by its id.
export function tabs(list, body, pages) {
  const panels = new Map();
  const buttons = pages.map(({ id, words }) =>
    make("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, onclick: () => open(id) }, words));
  for (const { id, show } of pages) {
    const panel = make("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, tabindex: "0", hidden: true });
    panels.set(id, panel);
    body.append(panel);
    show(panel, (count) => label(id, count));
  }
  list.replaceChildren(...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = buttons.indexOf(document.activeElement);
    const next = (at + step + pages.length) % pages.length;
    open(pages[next].id);
    buttons[next].focus();
  });

  function open(id) {
    if (panels.get(id).hidden) body.scrollTop = 0;
    pages.forEach((page, at) => {
      const isOpen = page.id === id;
      buttons[at].setAttribute("aria-selected", String(isOpen));
      buttons[at].tabIndex = isOpen ? 0 : -1;
      panels.get(page.id).hidden = !isOpen;
      if (isOpen) page.opened?.();
    });
  }

  function label(id, count) {
    const at = pages.findIndex((page) => page.id === id);
    buttons[at].replaceChildren(pages[at].words, count ? make("span", { class: "count" }, ` ${count}`) : "");
  }

  open(pages[0].id);
  return open;
}
