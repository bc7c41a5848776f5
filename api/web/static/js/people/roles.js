// The roles, from the least to the most, in words.

import { make } from "../dom.js";

export const ROLES = {
  viewer: "Viewer: sees and comments",
  planner: "Planner: also makes and runs plans",
  approver: "Approver: also approves plans",
  admin: "Admin: also lets people in",
};

export const roleOptions = (chosen) =>
  Object.entries(ROLES).map(([value, words]) => make("option", { value, selected: value === chosen }, words));
