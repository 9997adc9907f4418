// Reads the files of a ZIP file in pieces (PKWARE APPNOTE 6.3.10, ZIP64), within limits: a hostile one could inflate to
// any size. The limits are those of `features/exports/bounded_archive.py`.
export class NoArchive extends Error {}
const MOST_TIMES = 200;
const SMALLEST = 16 * 1024 * 1024;
const LARGEST_DOCUMENT = 256 * 1024 * 1024;
const LONGEST_END = 65557;
const IN_ZIP64 = 0xffffffff;
const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, END64 = 0x06064b50, LOCATOR = 0x07064b50;
const ENCRYPTED = 1, UTF8 = 0x800, STORED = 0, DEFLATED = 8;
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let found = byte;
  for (let bit = 0; bit < 8; bit += 1) found = found & 1 ? (found >>> 1) ^ 0xedb88320 : found >>> 1;
  return found;
});

export class Archive {
  constructor(file, entries) {
    this.file = file;
    this.names = entries.map((one) => one.name);
    this.entries = new Map(entries.map((one) => [one.name, one]));
  }

  below(folder) {
    return this.names.filter((one) => one.startsWith(folder)).sort();
  }

  async *pieces(name) {
    const one = this.entries.get(name);
    if (!one) throw new Error(`no ${name}`);
    const start = await begun(this.file, one);
    let stream = this.file.slice(start, start + one.packed).stream();
    if (one.method === DEFLATED) stream = stream.pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    let size = 0, crc = 0xffffffff;
    try {
      for (let next; !(next = await reader.read()).done; ) {
        size += next.value.length;
        if (size > one.size) throw new Error("more bytes than stated");
        for (const byte of next.value) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 0xff];
        yield next.value;
      }
    } finally {
      await reader.cancel().catch(() => {}); // an error of the stream has been thrown already
    }
    if (size !== one.size || (crc ^ 0xffffffff) >>> 0 !== one.crc) throw new Error("not the bytes that are stated");
  }

  async read(name) {
    const found = [];
    for await (const piece of this.pieces(name)) found.push(piece);
    return joined(found);
  }

  async *lines(name) {
    let held = [];
    for await (const piece of this.pieces(name)) {
      let at = 0;
      for (let end; (end = piece.indexOf(10, at)) >= 0; at = end + 1) {
        yield parsed(joined([...held, piece.subarray(at, end)]));
        held = [];
      }
      if (at < piece.length) held.push(piece.subarray(at));
    }
    if (held.length) yield parsed(joined(held));
  }
}

function joined(pieces) {
  const size = pieces.reduce((sum, one) => sum + one.length, 0);
  if (size > LARGEST_DOCUMENT) throw new Error("a document is too large");
  const whole = new Uint8Array(size);
  let at = 0;
  for (const one of pieces) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

export function parsed(bytes) {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
}

export async function opened(file) {
  const entries = await directory(file).catch((error) => {
    throw error instanceof NoArchive ? error : new NoArchive(error.name);
  });
  const inflated = entries.reduce((sum, one) => sum + one.size, 0);
  const known = entries.every((one) => one.method === STORED || one.method === DEFLATED);
  if (!known || inflated > Math.max(SMALLEST, file.size * MOST_TIMES)) throw new NoArchive("no export");
  return new Archive(file, entries);
}

async function view(file, start, end) {
  if (start < 0 || end > file.size) throw new NoArchive("outside the file");
  return new DataView(await file.slice(start, end).arrayBuffer());
}

async function directory(file) {
  const last = Math.max(0, file.size - LONGEST_END), tail = await view(file, last, file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new NoArchive("no end");
  let count = tail.getUint16(end + 10, true), size = tail.getUint32(end + 12, true), start = tail.getUint32(end + 16, true);
  if (end >= 20 && tail.getUint32(end - 20, true) === LOCATOR) {
    const at = Number(tail.getBigUint64(end - 12, true)), further = await view(file, at, at + 56);
    if (further.getUint32(0, true) !== END64) throw new NoArchive("no end");
    [count, size, start] = [32, 40, 48].map((place) => Number(further.getBigUint64(place, true)));
  }
  const bytes = await view(file, start, start + size), entries = [];
  for (let at = 0; at < size; ) {
    if (bytes.getUint32(at, true) !== CENTRAL) throw new NoArchive("no entry");
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.getUint16(at + place, true));
    entries.push(entry(bytes, at, name, extra));
    at += 46 + name + extra + comment;
  }
  if (entries.length !== count) throw new NoArchive("entries are missing");
  return entries;
}

function entry(bytes, at, nameLength, extraLength) {
  const flags = bytes.getUint16(at + 8, true);
  const found = {
    name: named(bytes.buffer.slice(at + 46, at + 46 + nameLength), flags),
    flags,
    method: bytes.getUint16(at + 10, true),
    crc: bytes.getUint32(at + 16, true),
    packed: bytes.getUint32(at + 20, true),
    size: bytes.getUint32(at + 24, true),
    offset: bytes.getUint32(at + 42, true),
  };
  let extra = at + 46 + nameLength;
  const end = extra + extraLength;
  while (extra + 4 <= end && bytes.getUint16(extra, true) !== 1) extra += 4 + bytes.getUint16(extra + 2, true);
  for (const name of ["size", "packed", "offset"]) {
    if (found[name] !== IN_ZIP64) continue;
    found[name] = Number(bytes.getBigUint64(extra + 4, true));
    extra += 8;
  }
  return found;
}

function named(buffer, flags) {
  return new TextDecoder(flags & UTF8 ? "utf-8" : "latin1").decode(buffer);
}

// Where the bytes of a file begin. Its own header must agree with the directory.
async function begun(file, one) {
  const head = await view(file, one.offset, one.offset + 30);
  const name = head.getUint16(26, true), extra = head.getUint16(28, true), start = one.offset + 30;
  if (head.getUint32(0, true) !== LOCAL || (head.getUint16(6, true) | one.flags) & ENCRYPTED) throw new Error("no file");
  const own = await view(file, start, start + name);
  if (named(own.buffer, one.flags) !== one.name) throw new Error("another file");
  return start + name + extra;
}
