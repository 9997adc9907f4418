// What the check finds: asked for at most once a second, drawn at its place in the text and in the list beside it.
import { setDiagnostics } from "@codemirror/lint";

const LEAST = 1000; // milliseconds between two requests
const PAUSE = 400; // after the last key
const LATER = 15_000; // after a refusal that says no time
const WORD = /[^\s:,[\]{}#]+/y;

export class Findings {
  constructor(view, { texts, path, list, heading, state }) {
    Object.assign(this, { view, texts, path, list, heading, state });
    this.asked = 0;
    this.timer = 0;
    this.busy = false;
    list.addEventListener("click", (event) => this.follow(event));
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), Math.max(PAUSE, this.asked + LEAST - Date.now()));
  }

  async ask() {
    if (this.busy) return this.soon();
    this.busy = true;
    this.asked = Date.now();
    const checked = this.view.state.doc;
    try {
      const answer = await fetch(this.path, { method: "POST", body: new URLSearchParams({ text: checked.toString() }) });
      if (answer.ok) this.show((await answer.json()).findings, checked);
      else this.wait(answer);
    } catch {
      this.later(LATER, this.texts.offline);
    } finally {
      this.busy = false;
    }
  }

  wait(answer) {
    if (answer.status === 401) return this.say(this.texts.ended);
    const seconds = Number(answer.headers.get("Retry-After"));
    this.later(seconds ? seconds * 1000 : LATER, this.texts.offline);
  }

  later(milliseconds, text) {
    this.say(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), milliseconds);
  }

  say(text) {
    this.state.textContent = text;
  }

  // Of a text that has changed meanwhile, nothing is shown: its places are others.
  show(found, checked) {
    if (!checked.eq(this.view.state.doc)) return this.soon();
    this.view.dispatch(setDiagnostics(this.view.state, found.map((one) => this.diagnostic(one))));
    const faults = found.filter((one) => !one.hint).length;
    const heading = faults ? this.texts.faults.replace("{count}", faults) : this.texts.faultless;
    const hints = found.length - faults;
    this.heading.textContent = heading + (hints ? this.texts.hints.replace("{count}", hints) : "");
    this.list.replaceChildren(...found.map((one) => this.item(one)));
  }

  diagnostic(one) {
    const from = offset(this.view.state.doc, one.line ?? 1, one.column ?? 1);
    const { rewording } = one;
    return {
      from,
      to: Math.max(from, this.end(from)),
      severity: one.hint ? "info" : "error",
      message: `${one.detail}\n→ ${one.mend}`,
      actions: rewording ? [{ name: this.named(rewording), apply: () => this.mend(rewording) }] : [],
    };
  }

  // Of the word at the place.
  end(from) {
    const line = this.view.state.doc.lineAt(from);
    WORD.lastIndex = from - line.from;
    const word = WORD.exec(line.text);
    return word ? from + word[0].length : line.to;
  }

  named({ instead }) {
    return instead.trim() ? this.texts.instead.replace("{instead}", instead) : this.texts.spaces;
  }

  mend({ line, column, word, instead }) {
    const from = offset(this.view.state.doc, line, column);
    if (this.view.state.sliceDoc(from, from + word.length) === word)
      this.view.dispatch({ changes: { from, to: from + word.length, insert: instead }, selection: { anchor: from + instead.length }, userEvent: "input.mend", scrollIntoView: true });
    this.view.focus();
  }

  // A link of the list to its place, also one that was there before the first check.
  follow(event) {
    const { line, column } = event.target.dataset;
    if (!line) return;
    event.preventDefault();
    this.go(Number(line), Number(column));
  }

  go(line, column) {
    this.view.dispatch({ selection: { anchor: offset(this.view.state.doc, line, column) }, scrollIntoView: true });
    this.view.focus();
  }

  item(one) {
    const { texts } = this;
    const kind = element("span", one.hint ? texts.hint : texts.fault, "kind");
    const first = element("p");
    first.append(kind, " ", this.place(one), ...(one.pointer ? [" ", element("code", one.pointer)] : []));
    const item = element("li", "", one.hint ? "is-hint" : "");
    item.append(first, marked("", one.detail), marked("→ ", one.mend, "hint"));
    if (one.rewording) {
      const button = element("button", this.named(one.rewording), "second small");
      button.type = "button";
      button.onclick = () => this.mend(one.rewording);
      item.append(button);
    }
    return item;
  }

  place(one) {
    if (!one.line) return this.texts.whole;
    const template = one.column ? this.texts.place : this.texts.line;
    const link = element("a", template.replace("{line}", one.line).replace("{column}", one.column));
    link.href = "#text";
    Object.assign(link.dataset, { line: one.line, column: one.column ?? 1 });
    return link;
  }
}

// Columns count characters, and the editor's offsets count UTF-16 units.
function offset(doc, line, column) {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return found.from + [...found.text].slice(0, column - 1).join("").length;
}

function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

// A text in which names stand between backticks.
function marked(before, text, className = "") {
  const made = element("p", before, className);
  text.split("`").forEach((part, number) => made.append(number % 2 ? element("code", part) : part));
  return made;
}
