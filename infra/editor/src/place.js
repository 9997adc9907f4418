// Where a position stands in a policy's text: the keys and indexes above it, and whether a key or a value is written there.
// The text may be unfinished anywhere, so this reads it by indentation and brackets, and needs no syntax tree.
const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#{}[\],&*!|>"'%@`-][^#]*?|-[^\s#][^#]*?))\s*:(?=\s|$)/;
const ITEM = /^-(?=\s|$)/;
const SCALAR = /^[|>][-+0-9]*\s*(?:#.*)?$/;

// `path`: of the map or list in which the position stands, or of the value, if `inKey` is false. `key`: the one whose value
// is written, or null in a list. `from`: where the word before the position begins.
export function placeAt(text, position) {
  const reader = new Reader();
  const begin = text.lastIndexOf("\n", position - 1) + 1;
  for (const line of text.slice(0, begin).split("\n").slice(0, -1)) reader.line(line);
  return reader.place(text.slice(begin, position), begin);
}

class Reader {
  blocks = []; // { indent, step, item }
  flow = []; // { open, step, key: text or null, start }
  scalar = -1; // the indentation of the key of a text of several lines

  line(line) {
    const indent = line.search(/\S/);
    if (this.flow.length) return this.scan(line, 0);
    if (this.scalar >= 0 && (indent < 0 || indent > this.scalar)) return;
    this.scalar = -1;
    if (indent >= 0 && line[indent] !== "#") this.block(line, indent);
  }

  // What stands on a line outside of brackets. Returns where the value begins, or -1 if no key ends on it.
  block(line, indent) {
    let at = indent;
    while (ITEM.test(line.slice(at))) {
      this.item(at);
      at += 1;
      while (line[at] === " ") at += 1;
    }
    const rest = line.slice(at);
    const found = KEY.exec(rest);
    if (!found) {
      if (/^[[{]/.test(rest)) this.scan(line, at);
      return -1;
    }
    this.pop((one) => one.indent >= at && !(one.item && one.indent < at));
    this.blocks.push({ indent: at, step: found[1] ?? found[2] ?? found[3], item: false });
    const value = rest.slice(found[0].length).trimStart();
    const start = at + rest.length - value.length;
    if (SCALAR.test(value)) this.scalar = at;
    else if (/^(?:&\S+\s+)?[[{]/.test(value)) this.scan(line, start);
    return at + found[0].length;
  }

  // A list may stand at the indentation of its key.
  item(at) {
    this.pop((one) => one.indent > at);
    const last = this.blocks.at(-1);
    if (last?.item && last.indent === at) last.step += 1;
    else this.blocks.push({ indent: at, step: 0, item: true });
  }

  pop(goes) {
    while (this.blocks.length && goes(this.blocks.at(-1))) this.blocks.pop();
  }

  // The characters of a line from `at`, in brackets.
  scan(line, at) {
    for (let i = at; i < line.length; i += 1) {
      const sign = line[i];
      const top = this.flow.at(-1);
      if ((sign === '"' || sign === "'") && /[\s,:[{]/.test(line[i - 1] ?? " ")) {
        i = ending(line, i);
      } else if (sign === "#" && /\s/.test(line[i - 1] ?? " ")) {
        return;
      } else if (sign === "{" || sign === "[") {
        this.flow.push({ open: sign, step: sign === "[" ? 0 : null, start: i + 1 });
      } else if (sign === "}" || sign === "]") {
        this.flow.pop();
        if (!this.flow.length) return;
      } else if (sign === "," && top) {
        top.step = top.open === "[" ? top.step + 1 : null;
        top.start = i + 1;
      } else if (sign === ":" && top?.open === "{" && top.step === null && /[\s,}\]]|^$/.test(line[i + 1] ?? "")) {
        top.step = bare(line.slice(top.start, i));
      }
    }
    if (this.flow.length) this.flow.at(-1).start = 0; // a key goes on in the next line
  }

  place(before, begin) {
    const word = /[^\s:,[\]{}"'#]*$/.exec(before)[0];
    const from = begin + before.length - word.length;
    const indent = before.search(/\S/);
    if (this.flow.length) {
      this.scan(before, 0);
      if (this.flow.length) return this.inFlow(from);
    } else if (this.scalar >= 0 && (indent < 0 || indent > this.scalar)) {
      return { path: this.path(), key: null, inKey: false, from, isText: true };
    }
    this.scalar = -1;
    const ended = indent >= 0 ? this.block(before, indent) : -1;
    if (this.flow.length) return this.inFlow(from);
    if (ended >= 0) return { path: this.path(), key: this.blocks.at(-1).step, inKey: false, from };
    return this.atBegin(before, from);
  }

  // A key or an item of a list begins.
  atBegin(before, from) {
    const column = /^\s*(?:-\s+)*/.exec(before)[0].length;
    this.pop((one) => one.indent >= column && !(one.item && one.indent < column));
    return { path: this.path(), key: null, inKey: true, from, isItem: this.blocks.at(-1)?.item ?? false };
  }

  inFlow(from) {
    const top = this.flow.at(-1);
    const inKey = top.open === "{" && top.step === null;
    return { path: this.path(), key: top.open === "{" ? top.step : null, inKey, from, isItem: top.open === "[" };
  }

  path() {
    const steps = [...this.blocks, ...this.flow].map((one) => one.step);
    return steps.filter((one) => one !== null);
  }
}

function ending(line, start) {
  for (let i = start + 1; i < line.length; i += 1) {
    if (line[i] === "\\" && line[start] === '"') i += 1;
    else if (line[i] === line[start]) return i;
  }
  return line.length;
}

function bare(text) {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2");
}
