// The pages about one scenario.

export const PLACES = [
  ["", "Map and plan"],
  ["/compare", "Compare"],
  ["/sweeps", "What-ifs"],
  ["/review", "Review"],
  ["/history", "History"],
  ["/pack", "Managers’ packs"],
  ["/exports", "Export"],
];

export const scenarioId = () => location.pathname.split("/")[2];

export const placeOf = (id, page = "") => (page === "/compare" ? `/compare?scenario=${id}` : `/scenarios/${id}${page}`);
