// Above the map: what colours mean, which segment is shown, and the tools that select.

import { button, byId, fill, make } from "../dom.js";

const TOOLS = [
  ["pick", "Pick", "Click a unit to select it; with Ctrl add or remove one"],
  ["lasso", "Lasso", "Draw around units to select them"],
  ["box", "Rectangle", "Drag a rectangle over units to select them"],
];

// `showAll` shows the whole map, `setTool` takes the name of the tool that is chosen.
export function toolbar(desk, showAll, setTool) {
  const place = byId("toolbar");
  const modes = choice("Colour by", desk.colouring.modes(), (mode) => {
    desk.colouring.mode = mode;
    desk.tell("colours");
  });
  const tools = TOOLS.map(([name, words, title]) => button(words, () => choose(name), "small", { title, "aria-pressed": String(name === "pick"), dataset: { tool: name } }));
  const choose = (name) => {
    tools.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.tool === name)));
    setTool(name);
  };
  fill(place,
    modes,
    desk.units.segment && segments(desk),
    make("div", { class: "group push", role: "group", "aria-label": "Select by" }, tools),
    button("Whole map", showAll, "small"));
  desk.on("tool", choose);
}

function segments(desk) {
  const options = [["-1", "All"], ...desk.units.segment.kinds.map((kind, at) => [String(at), kind])];
  return choice("Segment", options, (value) => {
    desk.colouring.segment = Number(value);
    desk.tell("colours");
  });
}

function choice(words, options, chosen) {
  const select = make("select", { class: "small-field", onchange: () => chosen(select.value) }, options.map(([value, text]) => make("option", { value }, text)));
  return make("label", {}, words, select);
}

export function legend(desk) {
  const show = () => {
    const signs = desk.colouring.legend().map(([colour, words]) => {
      const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
      if (colour) swatch.style.background = colour;
      return make("li", {}, colour ? swatch : null, words);
    });
    if (desk.units.bridges.length) signs.push(make("li", {}, "Dotted line: an added link"));
    signs.push(make("li", {}, "◇ home of a rep"));
    if (desk.comments.length) signs.push(make("li", {}, make("span", { class: "said", "aria-hidden": "true" }, "1"), "Open comments"));
    fill(byId("legend"), make("ul", {}, signs));
  };
  desk.on("comments", show);
  desk.on("colours", show);
  show();
}
