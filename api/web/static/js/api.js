// The only way to the service: documented calls of /v1, with what the browser has to add.

import { adviceFor } from "./advice.js";

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const isOpen = document.documentElement.dataset.auth === "off";
let session = null;

// A call that went wrong: `message` says what, `advice` what to do; `code` and `errors` are those of docs/api.md.
export class Problem extends Error {
  constructor(body, status) {
    super(body.detail || body.title || "The service answered with an error.");
    this.code = body.code ?? "internal";
    this.status = status;
    this.errors = body.errors ?? [];
    this.traceId = body.trace_id ?? "";
    this.advice = adviceFor(this.code);
  }
}

// Returns { data, revision, headers }. `revision` is the ETag of what was read: give it back as `revision` to change it.
// Options: body (an object is sent as JSON; FormData, Blob and text as they are), type (media type of a text),
// revision (If-Match), key (Idempotency-Key; newKey() makes one), signal, as ("blob" for a file).
export async function call(method, path, { body, type, revision, key, signal, as = "json" } = {}) {
  const headers = { Accept: "application/json" };
  if (revision !== undefined) headers["If-Match"] = `"${revision}"`;
  if (key) headers["Idempotency-Key"] = key;
  if (UNSAFE.has(method)) Object.assign(headers, await guardHeaders());
  const isJson = body !== undefined && !(body instanceof FormData || body instanceof Blob || typeof body === "string");
  if (isJson) headers["Content-Type"] = "application/json";
  else if (type) headers["Content-Type"] = type;
  const answer = await send(path, { method, headers, signal, body: isJson ? JSON.stringify(body) : body });
  const etag = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
  return { data: await (as === "blob" ? answer.blob() : answer.json().catch(() => null)), revision: /^\d+$/.test(etag) ? Number(etag) : undefined, headers: answer.headers };
}

export const get = async (path, options) => (await call("GET", path, options)).data;
export const post = async (path, body, options) => (await call("POST", path, { body, ...options })).data;
export const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

// All items of a list, page by page.
export async function all(path) {
  const items = [];
  let cursor = "";
  do {
    const mark = path.includes("?") ? "&" : "?";
    const page = await get(`${path}${mark}limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

// Who is signed in: { user, role, workspace }.
export async function whoami() {
  session ??= await get("/v1/sessions/current");
  return session;
}

export async function signIn(apiKey) {
  session = null;
  return post("/v1/sessions", { api_key: apiKey });
}

export async function signOut() {
  await call("DELETE", "/v1/sessions/current");
  session = null;
  location.assign("/signin");
}

export function toSignIn() {
  location.assign(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`);
}

// The header that proves that a change comes from a page of ours; a service without authentication asks for none.
export async function guardHeaders() {
  if (isOpen || location.pathname === "/signin") return {};
  return { "X-CSRF-Token": (await whoami()).csrf_token };
}

// The Problem of an answer that is none of the service's usual ones, or of a request that got no answer.
export const problemOf = (body, status) => new Problem(body ?? { detail: `The service answered ${status}.` }, status);

async function send(path, request) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...request });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ code: "offline", detail: "The service does not answer." }, 0);
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({ detail: `The service answered ${answer.status}.` }));
  if (answer.status === 401 && !location.pathname.startsWith("/signin")) toSignIn();
  throw new Problem(body, answer.status);
}
