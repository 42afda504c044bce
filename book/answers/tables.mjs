// What the script knows by name: exported from the Python tables, so that neither is typed twice.

export const tables = {};

export function setTables(text) {
  Object.assign(tables, fromJson(text));
}

// JSON whose objects have no prototype: a name such as "constructor" is in none of them by itself.
export function fromJson(text) {
  return JSON.parse(text, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value
  );
}

// A message with its braces filled, as Python's str.format does it.
export function filled(template, parameters) {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name) =>
    name ? String(parameters[name]) : found[0]
  );
}
