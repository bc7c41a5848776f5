// Find a unit, a territory or a rep by id or name; works by keyboard alone.

const MAX_FOUND = 8;
let found = [];
let marked = -1;

function candidates(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const hits = [[], [], []];
  const consider = (texts, hit) => {
    const lower = texts.map((text) => text.toLowerCase());
    if (lower.includes(wanted)) hits[0].push(hit);
    else if (lower.some((text) => text.startsWith(wanted))) hits[1].push(hit);
    else if (lower.some((text) => text.includes(wanted))) hits[2].push(hit);
  };
  const side = shownSide();
  data[side].label.forEach((label, place) => {
    const texts = [data.labels[label], data[side].name[place], data[side].rep[place]];
    consider(texts, { words: labelWords(side, label), kind: "territory", open: () => showTerritory(label) });
  });
  if (data.units) {
    const seen = new Set();
    data.units.id.forEach((id, row) => {
      if (seen.has(id)) return;
      seen.add(id);
      consider([id, data.units.name[row]], { words: unitTitle(row), kind: "unit", open: () => showRow(row) });
    });
  }
  return hits.flat().slice(0, MAX_FOUND);
}

function showFound() {
  const list = byId("found");
  list.replaceChildren(...found.map((hit, index) => {
    const item = textNode("li", "");
    Object.assign(item, { id: `found-${index}`, role: "option" });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(index === marked));
    item.append(textNode("span", hit.words), textNode("small", hit.kind));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      openFound(index);
    });
    return item;
  }));
  list.hidden = found.length === 0;
  byId("search").setAttribute("aria-expanded", String(found.length > 0));
  if (marked >= 0) byId("search").setAttribute("aria-activedescendant", `found-${marked}`);
  else byId("search").removeAttribute("aria-activedescendant");
}

function openFound(index) {
  const hit = found[index];
  closeFound();
  if (hit) hit.open();
}

function closeFound() {
  found = [];
  marked = -1;
  showFound();
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", () => {
    found = candidates(box.value);
    marked = found.length ? 0 : -1;
    showFound();
    say(box.value && !found.length ? "Nothing found." : `${found.length} found.`);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      marked = (marked + step + found.length) % found.length;
      showFound();
    } else if (event.key === "Enter") {
      event.preventDefault();
      openFound(Math.max(marked, 0));
    } else if (event.key === "Escape") {
      closeFound();
    }
  });
  box.addEventListener("blur", closeFound);
}
