// A list of files that are sent one after the other, with the state of each and a button that gives it up.
import { forget } from "./kept.js";
import { Stopped, send } from "./sending.js";

export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function hidden(text) {
  const span = document.createElement("span");
  span.className = "hidden";
  span.textContent = text;
  return span;
}

// A file in the list: its name, its state, and the button that gives it up. `words`: the texts.
export class Line {
  constructor(name, words) {
    Object.assign(this, { name, words, giveUp: new AbortController() });
    this.state = document.createElement("span");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.append(words.remove, hidden(` ${name}`));
    this.button.onclick = () => this.remove();
    this.item = document.createElement("li");
    const shown = document.createElement("bdi");
    shown.textContent = name;
    this.item.append(shown, " · ", this.state, " ", this.button);
    document.querySelector("#sending").append(this.item);
    document.querySelector("#list").hidden = false;
  }

  // Percentages are shown at once, and told in quarters.
  tell(word, values = {}) {
    const text = say(this.words[word], values);
    const step = `${word} ${Math.floor((values.percent ?? 0) / 25)}`;
    this.state.textContent = text;
    if (step !== this.step) this.announce(text);
    this.step = step;
  }

  show(text) {
    if (this.state.textContent === text) return;
    this.state.textContent = text;
    this.announce(text);
  }

  announce(state) {
    document.querySelector("#told").textContent = say(this.words.file, { name: this.name, state });
  }

  remove() {
    this.giveUp.abort();
    this.close("removed");
    document.querySelector("#files")?.focus();
  }

  close(word, values) {
    this.button.remove();
    this.tell(word, values);
  }
}

let sending = Promise.resolve();

// `arrived(id, line)`: called when the file is in the bucket.
export function queue(file, line, arrived) {
  if (line.giveUp.signal.aborted) return forget(file.key);
  if (!file.isKept) line.state.after(` ${line.words.unkept}`);
  line.tell("queued");
  sending = sending.then(() => alone(file.key, () => finish(file, line, arrived)));
  return undefined;
}

// Two windows do not send the same file at once.
function alone(key, work) {
  return navigator.locks ? navigator.locks.request(key, work) : work();
}

async function finish(file, line, arrived) {
  const { words, giveUp } = line;
  try {
    if (giveUp.signal.aborted) throw new Stopped("removed");
    const id = await send(file, (word, values) => line.tell(word, values), giveUp.signal);
    await forget(file.key);
    line.close("arrived");
    arrived(id, line);
  } catch (error) {
    if (!error.isKept) await forget(file.key);
    if (error.word !== "removed") line.close(error.word ?? "failed", { reason: words[error.reason] ?? error.reason ?? words.refused });
  }
}
