// The digests of a file, as its ticket needs them. Browsers compute SHA-256 only of bytes in memory, so that of what comes
// in pieces is computed here (FIPS 180-4).
export const PART = 16 * 1024 * 1024;
const PIECE = 1024 * 1024;
const BLOCK = 64;
const primes = [];
for (let number = 2; primes.length < 64; number += 1) {
  if (primes.every((prime) => number % prime)) primes.push(number);
}
const fraction = (root) => Math.floor((root % 1) * 2 ** 32);
const ROUNDS = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const words = new Uint32Array(64);
const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Hash {
  #state = START.slice();
  #rest = new Uint8Array(BLOCK);
  #held = 0;
  #size = 0;

  add(bytes) {
    this.#size += bytes.length;
    let at = 0;
    if (this.#held) {
      at = Math.min(BLOCK - this.#held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < BLOCK) return;
      compress(this.#state, this.#rest);
    }
    const end = at + Math.floor((bytes.length - at) / BLOCK) * BLOCK;
    compress(this.#state, bytes.subarray(at, end));
    this.#rest.set(bytes.subarray(end));
    this.#held = bytes.length - end;
  }

  end() {
    const padded = new Uint8Array(this.#held < BLOCK - 8 ? BLOCK : 2 * BLOCK);
    padded.set(this.#rest.subarray(0, this.#held));
    padded[this.#held] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(this.#size / 2 ** 29));
    view.setUint32(padded.length - 4, (this.#size * 8) >>> 0);
    compress(this.#state, padded);
    const out = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, place) => out.setUint32(place * 4, word));
    return hex(new Uint8Array(out.buffer));
  }
}

function compress(state, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += BLOCK) {
    for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(at + n * 4);
    for (let n = 16; n < 64; n += 1) {
      const far = words[n - 15], near = words[n - 2];
      const first = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
      const second = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
      words[n] = words[n - 16] + first + words[n - 7] + second;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 64; n += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[n] + words[n]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
  }
}

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
