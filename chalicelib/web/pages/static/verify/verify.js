// Verifies an exported archive in the browser, by the rules of `features/exports/verify_archive.py`. Nothing is sent.
import { root, sha256 } from "./canonical.js";
import { countFaults, ownFaults, peopleFaults, policyFaults, publishedDigests, unitFaults, versionsUsed } from "./documents.js";
import { Hash } from "./digests.js";
import { evidenceFaults, fault, NO_HASH, PRIVATE, recordFaults, sealedFiles, valueFaults } from "./records.js";
import { opened, parsed } from "./zip.js";

const MANIFEST = "manifest.jsonl", FORMAT = "redress-export/1", ORGANISATION = "ORG", UNIT = "U#";
const OWN_NAME = "";
const MOST_NUMBERS = 10_000_000;

// Rejects with `NoArchive` for what is no archive. `progress`: called with the bytes that are read, and all.
export async function verify(file, noted, progress = () => {}) {
  const archive = await opened(file);
  const report = {
    faults: [], files: 0, complaints: 0, events: 0, anchors: 0, people: 0, policies: 0, units: 0, gone: new Set(), excluded: new Set(),
    ids: new Set(), heads: new Map(), numbers: new Set(), unitNumbers: new Set(), hashes: new Map(), sealed: new Set(), used: new Map(), published: new Map(),
  };
  try {
    const head = await manifest(archive, report, progress);
    await anchors(archive, report);
    await organisation(archive, report);
    await units(archive, report);
    for (const name of archive.below("complaints/")) await complaints(archive, name, report);
    const lines = await all(archive, "policies.jsonl");
    report.policies = lines.length;
    report.faults.push(...(await policyFaults(lines, report.used, report.published)));
    completeness(head, report);
  } catch (error) {
    report.faults.push(fault("unreadable", { error: error.name }));
  }
  if (noted && !report.ids.has(noted)) report.faults.push(fault("noted", {}));
  return report;
}

async function all(archive, name) {
  const found = [];
  for await (const line of archive.lines(name)) found.push(line);
  return found;
}

async function hashOf(archive, name, read) {
  const hash = new Hash();
  for await (const piece of archive.pieces(name)) {
    hash.add(piece);
    read(piece.length);
  }
  return hash.end();
}

async function manifest(archive, report, progress) {
  const [head, ...lines] = await all(archive, MANIFEST), listed = new Set(), { faults, hashes } = report;
  if (head.format !== FORMAT) throw new TypeError("not an archive of this format");
  const size = [...archive.entries.values()].reduce((sum, one) => sum + one.size, 0);
  let done = 0;
  for (const line of lines) {
    listed.add(line.path);
    if (!archive.entries.has(line.path)) {
      faults.push(fault("missing", { path: line.path }));
      continue;
    }
    hashes.set(line.path, await hashOf(archive, line.path, (bytes) => progress((done += bytes), size)));
    if (line.sha256 !== hashes.get(line.path) || line.bytes !== archive.entries.get(line.path).size) {
      faults.push(fault("changed", { path: line.path }));
    }
  }
  const names = new Set(archive.names), added = [...names].filter((one) => !listed.has(one) && one !== MANIFEST);
  faults.push(...added.sort().map((path) => fault("added", { path })));
  if (archive.names.length !== names.size) faults.push(fault("twice", {}));
  report.files = listed.size;
  report.gone = new Set((head.gone ?? []).filter((one) => !hashes.has(one)));
  return head;
}

const isText = (...values) => values.every((one) => typeof one === "string");

async function anchorIn(body) {
  const made = parsed(body);
  const whole = isText(made.tenant, made.at, made.prev, made.root) && Number.isInteger(made.n);
  const heads = made.heads.every((one) => one.length === 3 && isText(one[0], one[2]) && Number.isInteger(one[1]));
  if (!whole || !heads || made.root !== (await root(made.heads))) throw new TypeError("no anchor");
  return made;
}

async function anchors(archive, report) {
  let before = { n: 0, digest: NO_HASH };
  for (const path of archive.below("anchors/")) {
    const body = await archive.read(path), made = await anchorIn(body).catch(() => null);
    if (!made) {
      report.faults.push(fault("anchor", { path }));
      return;
    }
    if (made.n !== before.n + 1 || made.prev !== before.digest) report.faults.push(fault("anchor_order", { path }));
    before = { n: made.n, digest: await sha256(body) };
    report.anchors += 1;
    report.ids.add(made.root).add(before.digest);
    for (const head of made.heads) report.heads.set(head[0], [...(report.heads.get(head[0]) ?? []), head]);
  }
}

const headsOf = (report, name) => report.heads.get(name) ?? [];

async function organisation(archive, report) {
  const { events, state } = parsed(await archive.read("organisation.json")), { faults } = report;
  faults.push(...(await recordFaults(OWN_NAME, events, state.head, headsOf(report, ORGANISATION))));
  if (state.seq !== events.length) faults.push(fault("state", { name: OWN_NAME }));
  report.published = publishedDigests(events);
  count(events, report);
  const people = await all(archive, "people.jsonl"), listed = await all(archive, "units.jsonl");
  report.people = people.length;
  report.units = listed.length;
  faults.push(...peopleFaults(events, people), ...unitFaults(state, listed));
  faults.push(...(await ownFaults(events, archive, report.hashes)));
}

function count(events, report) {
  report.events += events.length;
  for (const [version, event] of versionsUsed(events)) if (!report.used.has(version)) report.used.set(version, event);
}

async function units(archive, report) {
  for await (const line of archive.lines("units.jsonl")) {
    if (!("state" in line)) continue;
    const number = UNIT + line.unit;
    report.unitNumbers.add(number);
    report.faults.push(...(await lineFaults(number, line, report)));
  }
}

async function chainFaults(number, { events, state }, report) {
  count(events, report);
  const found = await recordFaults(number, events, state.head, headsOf(report, number));
  return state.number !== number || state.seq !== events.length ? [...found, fault("state", { name: number })] : found;
}

async function lineFaults(number, line, report) {
  return [...(await chainFaults(number, line, report)), ...(await valueFaults(number, line.events, line.private))];
}

async function complaints(archive, name, report) {
  const { faults, numbers } = report;
  for await (const line of archive.lines(name)) {
    const { number } = line;
    if (numbers.has(number)) faults.push(fault("number_twice", { number }));
    numbers.add(number);
    if (!("state" in line)) {
      if (headsOf(report, number).length) faults.push(fault("no_record", { number }));
      continue;
    }
    report.complaints += 1;
    if (line.excluded) {
      report.excluded.add(number);
      faults.push(...(await chainFaults(number, line, report)));
      faults.push(...PRIVATE.filter((one) => line[one].length).map((what) => fault("not_alone", { number, what })));
      continue;
    }
    for (const path of sealedFiles(number, line.events).keys()) report.sealed.add(path);
    faults.push(...(await lineFaults(number, line, report)), ...evidenceFaults(line, report.hashes, report.gone));
  }
}

function* issuedNumbers(months) {
  for (const [month, most] of Object.entries(months)) {
    if (most > MOST_NUMBERS) throw new RangeError("too many numbers");
    for (let number = 1; number <= most; number += 1) yield `${month}-${String(number).padStart(6, "0")}`;
  }
}

function completeness(head, report) {
  const { faults, numbers, unitNumbers, hashes, sealed } = report;
  const missing = [...issuedNumbers(head.numbers)].filter((one) => !numbers.has(one)).sort();
  faults.push(...missing.map((number) => fault("number_missing", { number })));
  const anchored = [...report.heads.keys()].filter((one) => one !== ORGANISATION && !numbers.has(one) && !unitNumbers.has(one));
  faults.push(...anchored.sort().map((number) => fault("number_gone", { number })));
  const files = [...hashes.keys()].filter((one) => one.startsWith("evidence/"));
  faults.push(...files.filter((one) => !sealed.has(one)).sort().map((path) => fault("unmentioned", { path })));
  faults.push(...countFaults(head.counts, { ...report, evidence: files.length }));
}
