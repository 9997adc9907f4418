// What is wrong with a record: its chain, its heads in the anchors, its private values, its files. The rules are those of
// `features/record/anchor.py` and `features/exports/archive_checks.py`, in the same order.
import { eventHash, valueDigest } from "./canonical.js";

export const NO_HASH = "0".repeat(64);
export const PRIVATE = ["private", "reads", "evidence", "messages"];
export const fault = (code, values) => ({ code, values });
const inOrder = (names) => [...names].sort();

export async function recordFaults(name, events, head, heads) {
  const found = [], hashes = await Promise.all(events.map(eventHash));
  let prev = NO_HASH;
  const broken = events.findIndex((event, at) => {
    const wrong = event.prev !== prev || event.seq !== at + 1 || hashes[at] !== event.hash;
    prev = event.hash;
    return wrong;
  });
  if (broken >= 0) found.push(fault("chain", { name, seq: broken + 1 }));
  else if (head !== (events.at(-1)?.hash ?? NO_HASH)) found.push(fault("head", { name }));
  for (const [, seq, hash] of heads) {
    if (events.length < seq) found.push(fault("cut_off", { name, seq, count: events.length }));
    else if (events[seq - 1].hash !== hash) found.push(fault("anchored", { name, seq }));
  }
  return found;
}

const placed = (one) => `${one.event}/${one.place}`;

export async function valueFaults(name, events, listed) {
  const found = [], readable = listed.filter((one) => !("unreadable" in one));
  const unreadable = listed.filter((one) => "unreadable" in one), known = new Set(listed.map(placed));
  const recorded = new Map(events.map((event) => [event.seq, event.private ?? []]));
  const last = new Map(readable.map((one) => [placed(one), one]));
  const values = [...last.values()].sort((one, other) => one.event - other.event || one.place - other.place);
  const digests = await Promise.all(values.map(valueDigest));
  values.forEach((one, at) => {
    if (recorded.get(one.event)?.[one.place] !== digests[at]) {
      found.push(fault("value_changed", { name, place: one.place, seq: one.event }));
    }
  });
  const erased = Math.max(0, ...events.filter((event) => event.type === "values_erased").map((event) => event.seq));
  for (const event of events) {
    const count = event.seq >= erased ? (event.private ?? []).length : 0;
    for (let place = 0; place < count; place += 1) {
      if (!known.has(`${event.seq}/${place}`)) found.push(fault("value_missing", { name, place, seq: event.seq }));
    }
  }
  for (const one of unreadable) found.push(fault("value_unreadable", { name, place: one.place, seq: one.event }));
  return found;
}

// By path in the archive: SHA-256 of each file that the record has as sealed and not erased.
export function sealedFiles(number, events) {
  const found = new Map();
  for (const { type, fields } of events) {
    const path = `evidence/${number}/${fields.evidence}`;
    if (type === "evidence_sealed") found.set(path, fields.sha256);
    else if (type === "erased") found.delete(path);
  }
  return found;
}

export function evidenceFaults(line, hashes, gone) {
  const found = [], { number, events } = line;
  const declarations = events.filter((event) => event.type === "evidence_declared").map((event) => event.fields);
  const declared = new Map(declarations.map((fields) => [fields.evidence, fields.sha256 ?? ""]));
  const listed = new Map(line.evidence.map((one) => [one.id, one.sha256]));
  for (const id of inOrder(new Set([...declared.keys(), ...listed.keys()]))) {
    if (!listed.has(id)) found.push(fault("file_stateless", { number, id }));
    else if (![listed.get(id), ""].includes(declared.get(id))) found.push(fault("file_undeclared", { number, id }));
  }
  for (const [path, sha256] of sealedFiles(number, events)) {
    if (gone.has(path)) continue;
    if (!hashes.has(path)) found.push(fault("file_missing", { path }));
    else if (hashes.get(path) !== sha256) found.push(fault("file_other", { path }));
  }
  return found;
}
