// Canonical JSON (RFC 8785) and its SHA-256, of which records, private values and Merkle trees are made.
import { hex } from "./digests.js";

const encoder = new TextEncoder();

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "string") return text(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return members(value, Object.keys(value));
}

function members(value, names) {
  return `{${names.sort().map((name) => `${text(name)}:${canonical(value[name])}`).join(",")}}`;
}

function text(value) {
  if (/\p{Surrogate}/u.test(value)) throw new Error("half a character");
  return JSON.stringify(value);
}

export async function sha256(...parts) {
  return hex(await raw(...parts));
}

async function raw(...parts) {
  const bytes = parts.map((one) => (typeof one === "string" ? encoder.encode(one) : one));
  const whole = new Uint8Array(bytes.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of bytes) {
    whole.set(one, at);
    at += one.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

export async function digest(value) {
  return sha256(canonical(value));
}

// Of an event, without its own hash.
export async function eventHash(event) {
  return sha256(members(event, Object.keys(event).filter((name) => name !== "hash")));
}

export async function valueDigest({ salt, class: holder, values }) {
  const bytes = Uint8Array.from(salt.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return sha256(bytes, canonical({ class: holder, values }));
}

// The root of a Merkle tree (RFC 6962). An odd node goes up as it is, which gives the same tree as its recursion.
export async function root(leaves) {
  if (!leaves.length) return sha256();
  let level = await Promise.all(leaves.map((leaf) => raw(Uint8Array.of(0), canonical(leaf))));
  while (level.length > 1) {
    const pairs = level.filter((_, at) => at % 2 === 0).map((left, at) => [left, level[2 * at + 1]]);
    level = await Promise.all(pairs.map(([left, right]) => (right ? raw(Uint8Array.of(1), left, right) : left)));
  }
  return hex(level[0]);
}
