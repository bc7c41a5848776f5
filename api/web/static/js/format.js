// Figures and dates as people read them. A figure that is unknown is an en dash.

const NUMBERS = new Map();
const NONE = "–";

export function number(value, digits = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (!NUMBERS.has(digits)) NUMBERS.set(digits, new Intl.NumberFormat("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits }));
  return NUMBERS.get(digits).format(value);
}

// An amount of any size in few digits: 12.3 M, 4,560, 0.25.
export function amount(value, unit = "") {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  const text = size >= 1e9 ? `${number(value / 1e9, 1)} bn` : size >= 1e6 ? `${number(value / 1e6, 1)} M` : size >= 100 ? number(value, 0) : number(value, size >= 10 ? 1 : 2);
  return unit ? `${text} ${unit}` : text;
}

export const percent = (value, digits = 1) => (number(value, digits) === NONE ? NONE : `${number(value, digits)} %`);

// A proof is rounded up, so that it never promises more than there is.
export const gapPercent = (gap) => (gap === null || gap === undefined ? NONE : percent(Math.max(0, Math.ceil(gap * 1e4 - 1e-9)) / 100, 2));

export const signed = (value, digits = 0) => (value > 0 ? `+${number(value, digits)}` : number(value, digits).replace("-", "−"));

export const km = (value) => (number(value) === NONE ? NONE : `${number(value, value < 100 ? 1 : 0)} km`);

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const AGES = [[60, 1, "second"], [3600, 60, "minute"], [86400, 3600, "hour"], [604800, 86400, "day"]];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

export function ago(iso) {
  const seconds = (Date.now() - new Date(iso)) / 1000;
  const age = AGES.find(([most]) => seconds < most);
  if (seconds < 45) return "just now";
  return age ? RELATIVE.format(-Math.round(seconds / age[1]), age[2]) : DATE.format(new Date(iso));
}

export const moment = (iso) => MOMENT.format(new Date(iso));

export function seconds(value) {
  if (!Number.isFinite(value)) return NONE;
  const whole = Math.max(0, Math.round(value));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

const MOST_LETTERS = 160;

// A value of a scenario document, cut where it is long.
export function valueWords(value) {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)} …` : text;
}
