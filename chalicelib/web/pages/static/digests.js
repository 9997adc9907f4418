// The digests of a file, as its ticket needs them.
import { Hash, hex } from "./hash.js";

export const PART = 16 * 1024 * 1024;
const PIECE = 1024 * 1024;

export async function digests(file) {
  const parts = [];
  for (let at = 0; at < file.size; at += PART) parts.push(await digest(file.slice(at, at + PART)));
  return parts.length > 1 ? { sha256: await whole(file), parts } : { sha256: parts[0] ?? (await digest(file)), parts: [] };
}

async function digest(blob) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())));
}

async function whole(file) {
  const hash = new Hash();
  for (let at = 0; at < file.size; at += PIECE) hash.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
  return hash.end();
}
