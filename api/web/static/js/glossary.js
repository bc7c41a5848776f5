// A word of the product, with its meaning one hover or focus away; Escape hides it.

import { make } from "./dom.js";

const tip = make("div", { class: "tip", id: "tip", role: "tooltip", hidden: true });
let meanings = null;
let owner = null;
let leaving = 0;

tip.addEventListener("mouseenter", () => clearTimeout(leaving));
tip.addEventListener("mouseleave", hide);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

// term("gap") or term("gap", "proven gap"): a word, and what is shown for it.
export function term(word, shown = word) {
  const element = make("button", { type: "button", class: "term" }, shown);
  element.addEventListener("mouseenter", () => show(element, word));
  element.addEventListener("focus", () => show(element, word));
  element.addEventListener("click", () => show(element, word));
  element.addEventListener("mouseleave", () => { leaving = setTimeout(hide, 200); });
  element.addEventListener("blur", hide);
  return element;
}

async function show(element, word) {
  clearTimeout(leaving);
  owner = element;
  meanings ??= fetch(new URL("../glossary.json", import.meta.url)).then((answer) => answer.json());
  const meaning = (await meanings)[word];
  if (owner !== element || !meaning) return;
  tip.replaceChildren(make("strong", {}, word), ` ${meaning}`);
  element.closest("dialog, main, header").append(tip);
  element.setAttribute("aria-describedby", "tip");
  tip.hidden = false;
  place(element.getBoundingClientRect(), tip.getBoundingClientRect());
}

function place(word, box) {
  const left = Math.max(8, Math.min(word.left, innerWidth - box.width - 8));
  const below = word.bottom + 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${below + box.height > innerHeight ? Math.max(8, word.top - box.height - 6) : below}px`;
}

function hide() {
  owner?.removeAttribute("aria-describedby");
  owner = null;
  tip.hidden = true;
}
