// What the schema of policies (`GET /v1/policy-schema`) says of a place: its keys, its values, its description.
const NAMED = {
  people: ["by", "roles", "role", "assigns", "names"],
  stages: ["stage", "stages", "first"],
  fields: ["needs", "takes", "encloses"],
  wording: ["wording"],
  clocks: ["due"],
};
// By part of a policy: the keys whose values are names that it defines.

export class Schema {
  constructor(root) {
    this.root = root;
  }

  // The parts of the schema without references, for each form that a value can have.
  *forms(node, depth = 0) {
    if (!node || typeof node !== "object" || depth > 20) return;
    if (node.$ref) {
      const target = node.$ref.slice(2).split("/").reduce((found, step) => found?.[step], this.root);
      yield* this.forms(target, depth + 1);
    }
    for (const one of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]) yield* this.forms(one, depth + 1);
    yield node;
  }

  // The schemas of the value at a path.
  at(path) {
    return path.reduce((nodes, step) => nodes.flatMap((one) => [...this.below(one, step)]), [this.root]);
  }

  *below(node, step) {
    for (const form of this.forms(node)) {
      if (typeof step === "number") {
        if (form.items) yield form.items;
      } else if (form.properties?.[step]) {
        yield form.properties[step];
      } else {
        const matching = Object.entries(form.patternProperties ?? {}).filter(([pattern]) => new RegExp(pattern, "u").test(step));
        yield* matching.map(([, value]) => value);
        if (!matching.length && typeof form.additionalProperties === "object") yield form.additionalProperties;
      }
    }
  }

  keys(path) {
    const found = new Map();
    for (const node of this.at(path))
      for (const form of this.forms(node))
        for (const [key, value] of Object.entries(form.properties ?? {}))
          if (!found.has(key)) found.set(key, value);
    return found;
  }

  values(path) {
    const found = new Set();
    for (const node of this.at(path))
      for (const form of this.forms(node)) {
        for (const one of form.enum ?? []) if (one !== null) found.add(String(one));
        if (form.type === "boolean") ["true", "false"].forEach((one) => found.add(one));
      }
    return found;
  }

  // The first description at a path, and an example.
  help(path) {
    for (const node of this.at(path))
      if (node.description) return { text: node.description, example: node.examples?.[0] };
    return null;
  }
}

// The names that the text defines in the part of a policy to which the values of this key belong.
export function namesFor(key, path, text) {
  const part = Object.keys(NAMED).find((one) => NAMED[one].includes(key)) ?? (key === "to" ? targetOf(path) : "");
  if (!part) return [];
  const found = [];
  let inside = false;
  for (const line of text.split("\n")) {
    if (/^\S/.test(line) && !line.startsWith("#")) inside = line.startsWith(`${part}:`);
    const name = inside && /^ {1,4}([\w.-]+):/.exec(line);
    if (name) found.push(name[1]);
  }
  return found;
}

function targetOf(path) {
  return path.includes("tells") ? "people" : "stages";
}
