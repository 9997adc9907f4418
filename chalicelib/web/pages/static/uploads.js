// The page on which files are added: several at once, with their states, and resumed after the page was closed.
import { forget, keep, unsent } from "./kept.js";
import { prepared } from "./prepared.js";
import { Stopped, send } from "./sending.js";
import { follower } from "./states.js";

const box = document.querySelector("#uploads");
const words = box.dataset;
const chosen = document.querySelector("#files");
const told = document.querySelector("#told");
const accepts = JSON.parse(words.accepts);
const lines = new Map();
const follow = follower(words.path, (file) => lines.get(file.id)?.show(file.text));
let preparation = Promise.resolve();
let sending = Promise.resolve();

const say = (word, values) => words[word].replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// A file in the list: its name, its state, and the button that gives it up.
class Line {
  constructor(name) {
    this.name = name;
    this.giveUp = new AbortController();
    this.state = document.createElement("span");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.append(words.remove, hidden(` ${name}`));
    this.button.onclick = () => this.remove();
    const item = document.createElement("li");
    item.append(name, " · ", this.state, " ", this.button);
    document.querySelector("#sending").append(item);
    document.querySelector("#list").hidden = false;
  }

  // Percentages are shown at once, and told in quarters.
  tell(word, values = {}) {
    const text = say(word, values);
    const step = `${word} ${Math.floor((values.percent ?? 0) / 25)}`;
    this.state.textContent = text;
    if (step !== this.step) told.textContent = say("file", { name: this.name, state: text });
    this.step = step;
  }

  show(text) {
    if (this.state.textContent === text) return;
    this.state.textContent = text;
    told.textContent = say("file", { name: this.name, state: text });
  }

  remove() {
    this.giveUp.abort();
    this.close("removed");
    chosen.focus();
  }

  close(word, values) {
    this.button.remove();
    this.tell(word, values);
  }
}

function hidden(text) {
  const span = document.createElement("span");
  span.className = "hidden";
  span.textContent = text;
  return span;
}

function add(file, kind) {
  const line = new Line(file.name);
  const options = { path: words.path, kind, types: accepts[kind] ?? [], whole: document.querySelector("#whole").checked };
  line.tell("preparing");
  preparation = preparation.then(async () => {
    if (line.giveUp.signal.aborted) return;
    try {
      queue(await keep(await prepared(file, options)), line);
    } catch {
      line.close("failed", { reason: words.changed });
    }
  });
}

function queue(file, line) {
  if (line.giveUp.signal.aborted) return forget(file.key);
  if (!file.isKept) line.state.after(` ${words.unkept}`);
  line.tell("queued");
  sending = sending.then(() => alone(file.key, () => finish(file, line)));
  return undefined;
}

// Two windows do not send the same file at once.
function alone(key, work) {
  return navigator.locks ? navigator.locks.request(key, work) : work();
}

async function finish(file, line) {
  const { signal } = line.giveUp;
  try {
    if (signal.aborted) throw new Stopped("removed");
    const id = await send(file, (word, values) => line.tell(word, values), signal);
    await forget(file.key);
    line.close("arrived");
    lines.set(id, line);
    follow(id);
  } catch (error) {
    if (!error.isKept) await forget(file.key);
    if (error.word !== "removed") line.close(error.word ?? "failed", { reason: words[error.reason] ?? error.reason ?? words.refused });
  }
}

function choose() {
  const kind = document.querySelector("[name=kind]:checked");
  if (kind) {
    Array.from(chosen.files).forEach((file) => add(file, kind.value));
  } else {
    told.textContent = words.missing;
    document.querySelector("[name=kind]").focus();
  }
  chosen.value = "";
}

function limit() {
  const kind = document.querySelector("[name=kind]:checked");
  chosen.accept = (accepts[kind?.value] ?? []).join(",");
}

if (globalThis.crypto?.subtle && globalThis.indexedDB) {
  document.querySelector("#plain").hidden = true;
  box.hidden = false;
  chosen.onchange = choose;
  document.querySelectorAll("[name=kind]").forEach((one) => one.addEventListener("change", limit));
  limit();
  const left = await unsent(words.path);
  left.forEach((file) => queue(file, new Line(file.name)));
  if (left.length) told.textContent = say("resumed", { count: left.length });
}
