// How a goal and its amounts are told.

import { number } from "../format.js";

export const titleOf = (goal) => `${goal.label}${goal.unit ? `, ${goal.unit}` : ""}`;

export const figureText = (goal, value) => number(value, Math.abs(value) >= 1000 ? 0 : 1);
