// A scenario document as plain values: reading and writing a field by its path, and what changed between two.

const isPart = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// valueAt(document, "measures.workload.column")
export const valueAt = (document, path) => parts(path).reduce((part, name) => part?.[name], document);

// Sets a field; undefined or "" removes it, and parts that are then empty with it.
export function setAt(document, path, value) {
  const names = parts(path);
  if (value === undefined || value === "" || value === null) return removeAt(document, names);
  let part = document;
  for (const name of names.slice(0, -1)) {
    if (!isPart(part[name])) part[name] = {};
    part = part[name];
  }
  part[names.at(-1)] = value;
}

function removeAt(part, [name, ...rest]) {
  if (!isPart(part) || !(name in part)) return;
  if (!rest.length) {
    delete part[name];
    return;
  }
  removeAt(part[name], rest);
  if (isPart(part[name]) && !Object.keys(part[name]).length && name !== "workload") delete part[name];
}

// The JSON Merge Patch (RFC 7396) that leads from one document to the other.
export function patchBetween(before, after) {
  const patch = {};
  for (const name of Object.keys(before)) if (!(name in after)) patch[name] = null;
  for (const [name, value] of Object.entries(after)) {
    if (isPart(value) && isPart(before[name])) {
      const inner = patchBetween(before[name], value);
      if (Object.keys(inner).length) patch[name] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(before[name])) patch[name] = value;
  }
  return patch;
}

// A document with a merge patch laid over it.
export function patched(document, patch) {
  if (!isPart(patch)) return patch;
  const result = isPart(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
}

// The document with one data set in place of another, wherever it is named.
export const withDataset = (document, before, after) => JSON.parse(JSON.stringify(document).replaceAll(before, after));

export const copyOf = (value) => (value === undefined ? undefined : structuredClone(value));

// Names that people gave to measures may hold dots: a path is then a list.
const parts = (path) => (Array.isArray(path) ? path : path.split("."));
