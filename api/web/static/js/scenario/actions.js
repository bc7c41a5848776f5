// The way from the map of a scenario to its other pages.

import { byId, fill, link } from "../dom.js";
import { PLACES, placeOf, scenarioId } from "./places.js";

fill(byId("page-actions"), PLACES.filter(([page]) => page).map(([page, words]) => link(words, placeOf(scenarioId(), page), page === "/exports" ? "small primary" : "small")));
