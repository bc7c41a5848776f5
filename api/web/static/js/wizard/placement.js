// Where places and accounts lie on the map.

import { refOf } from "../data/names.js";
import { make } from "../dom.js";
import { pickColumn } from "./columns.js";
import { setAt, valueAt } from "./document.js";
import { grid, oneOf } from "./fields.js";

export const placement = (wizard, file) => (file.role === "units" ? placeOfUnits(wizard, file) : placeOfAccounts(wizard, file));

function placeOfUnits(wizard, file) {
  if (file.is_map) return null;
  const { document, files } = wizard.state;
  const map = files.find((other) => other.role === "map");
  const choices = [
    ["points", "Latitude and longitude", "Two columns of this file."],
    ...(map ? [["map", `Shapes of ${map.name}`, "A column of this file names the shape."]] : []),
    ["us-counties", "US counties", "Built in; by county code (FIPS)."],
    ["us-zips", "US ZIP codes", "Built in; by ZIP code."],
  ];
  const way = wayOfUnits(document);
  const changed = (chosen) => {
    for (const path of ["units.lat", "units.lon", "units.geography"]) setAt(document, path, undefined);
    if (chosen === "map") setAt(document, "units.geography.file", refOf(map.dataset_id));
    else if (chosen !== "points") setAt(document, "units.geography.bundled", chosen);
    if (chosen !== "points") setAt(document, "units.geography.key", valueAt(document, "units.id"));
    wizard.changed();
    wizard.show();
  };
  return make("div", { class: "stack" }, oneOf("Where the places lie", "", choices, way, changed), grid(...fieldsOf(wizard, file, way, map)));
}

function fieldsOf(wizard, file, way, map) {
  if (way === "points") return [
    pickColumn(wizard, file, "units.lat", "Latitude", "In degrees, such as 30.27.", true),
    pickColumn(wizard, file, "units.lon", "Longitude", "In degrees, such as -97.74.", true),
  ];
  const key = pickColumn(wizard, file, "units.geography.key", "Key in this file", "The column that names the shape.", true);
  return way === "map" && map ? [key, pickColumn(wizard, map, "units.geography.id", `Key in ${map.name}`, "The column of the map that holds the same values.", true)] : [key];
}

function wayOfUnits(document) {
  const geography = document.units?.geography;
  return geography?.bundled ?? (geography ? "map" : "points");
}

function placeOfAccounts(wizard, file) {
  const { document } = wizard.state;
  const isKey = typeof valueAt(document, "accounts.geography") === "string" || !valueAt(document, "accounts.geography");
  const changed = (way) => {
    setAt(document, "accounts.geography", way === "key" ? undefined : {});
    wizard.changed();
    wizard.show();
  };
  const fields = isKey
    ? [pickColumn(wizard, file, "accounts.geography", "Key to the place", "The column that names the place an account is in, such as the postal code.", true)]
    : [
        pickColumn(wizard, file, "accounts.geography.lat", "Latitude", "In degrees.", true),
        pickColumn(wizard, file, "accounts.geography.lon", "Longitude", "In degrees.", true),
      ];
  return make("div", { class: "stack" }, oneOf("Where the accounts are", "", [
    ["key", "By the name of their place", "A column with postal codes, counties or the like."],
    ["points", "Latitude and longitude", "Two columns of this file."],
  ], isKey ? "key" : "points", changed), grid(...fields), unmatched(wizard));
}

function unmatched(wizard) {
  return oneOf("Accounts that lie in no place", "", [
    ["error", "Stop and tell", "They are listed, and nothing runs until they are mended."],
    ["nearest", "Give them to the nearest place", "They are listed."],
    ["unassigned", "Leave them out", "They are listed, and nobody gets them."],
  ], valueAt(wizard.state.document, "accounts.unmatched") ?? "error", (value) => {
    setAt(wizard.state.document, "accounts.unmatched", value);
    wizard.changed();
  });
}
