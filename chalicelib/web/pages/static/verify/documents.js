// What is wrong with the organisation's own files: people, units, policy versions, text blocks, documents of a period.
import { parsed } from "./zip.js";
import { digest } from "./canonical.js";
import { fault } from "./records.js";

const POLICY = "POL#", BLOCKS = "text-blocks.jsonl";
const COUNTED = ["complaints", "events", "evidence", "units", "people", "policies", "anchors"];
// As Python's `quote` writes a name in a path.
const quoted = (name) => encodeURIComponent(name).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const ofEdition = ({ total, tables, headline }) =>
  digest([total, tables, ...(headline ? [headline.rows, headline.cancelled] : [])]);
// In the order in which the program names these parts.
const DOCUMENTS = [
  { event: "figures_published", verb: "published", noun: "edition", folder: "figures", name: (of) => `${of.period}.${of.edition}`, own: ofEdition },
  { event: "inspection_produced", verb: "produced", noun: "document", folder: "inspections", name: (of) => of.inspection },
  { event: "ledger_frozen", verb: "frozen", noun: "document", folder: "ledgers", name: (of) => `${of.month}.${quoted(of.ledger)}` },
];

export function peopleFaults(events, people) {
  const listed = new Set(people.map((one) => one.sub));
  return events.flatMap((event) => {
    const sub = { founded: event.actor.id, invited: event.fields.sub }[event.type];
    return sub === undefined || sub === null || listed.has(sub) ? [] : [fault("person", { event: event.id })];
  });
}

export function unitFaults(state, units) {
  const listed = new Set(units.map((one) => one.unit));
  return Object.keys(state.units).filter((one) => !listed.has(one)).sort().map((unit) => fault("unit", { unit }));
}

export async function ownFaults(events, archive, hashes) {
  const found = await blockFaults(events, archive);
  for (const kind of DOCUMENTS) found.push(...(await documentFaults(kind, events, archive, hashes)));
  return found;
}

async function blockFaults(events, archive) {
  const written = new Map();
  if (archive.entries.has(BLOCKS)) {
    for await (const one of archive.lines(BLOCKS)) written.set(`${one.block} ${one.version}`, await digest(one.text));
  }
  const named = events.filter((event) => event.type === "text_block_written").map((event) => event.fields);
  return named
    .filter((of) => written.get(`${of.block} ${of.version}`) !== of.sha256)
    .map((of) => fault("text_block", { block: of.block, version: of.version }));
}

async function documentFaults(kind, events, archive, hashes) {
  const found = [], recorded = new Map();
  for (const { fields } of events.filter((event) => event.type === kind.event)) {
    const path = `${kind.folder}/${kind.name(fields)}.json`;
    recorded.set(path, fields.sha256);
    if (!hashes.has(path)) found.push(fault(`${kind.verb}_missing`, { path }));
    else if ((kind.own ? await kind.own(parsed(await archive.read(path))) : hashes.get(path)) !== fields.sha256) {
      found.push(fault(`${kind.noun}_other`, { path }));
    }
  }
  const added = new Set(archive.below(`${kind.folder}/`).filter((one) => !recorded.has(one)));
  return [...found, ...[...added].map((path) => fault("unmentioned", { path }))];
}

export function versionsUsed(events) {
  const found = new Map();
  for (const event of events) {
    for (const version of [event.policy, event.type === "switched" ? event.fields.to : ""]) {
      if (version && !found.has(version)) found.set(version, event.id);
    }
  }
  return found;
}

export function publishedDigests(events) {
  const published = events.filter((event) => ["founded", "policy_published"].includes(event.type));
  return new Map(published.map(({ fields }) => [fields.version, fields.sha256]));
}

export async function policyFaults(lines, used, published) {
  const found = [], bodies = new Map(lines.map(({ key, body }) => [key.startsWith(POLICY) ? key.slice(POLICY.length) : key, body]));
  for (const version of [...new Set([...published.keys(), ...used.keys()])].sort()) {
    const event = used.get(version), policy = bodies.get(version)?.policy;
    if (!bodies.has(version)) found.push(fault(event ? "policy_missing" : "published_policy_missing", { version, event }));
    else if (!policy || !Object.keys(policy).length) found.push(fault(event ? "policy_empty" : "published_policy_empty", { version, event }));
    else if (published.has(version) && published.get(version) !== (await digest(policy))) found.push(fault("policy_other", { version }));
  }
  return found;
}

export function countFaults(stated, found) {
  return COUNTED.filter((name) => stated[name] !== found[name]).map((name) => fault("count", { name, stated: stated[name], found: found[name] }));
}
