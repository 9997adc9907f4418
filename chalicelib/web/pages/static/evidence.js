// Files that are chosen while a complaint is filed. They stay on this device until it has a number (`attached.js`).
import { forget, keep, unsent } from "./kept.js";
import { prepared } from "./prepared.js";
import { Line } from "./transfers.js";

const box = document.querySelector("#evidence");
const words = box.dataset;
const chosen = document.querySelector("#files");
const accepts = JSON.parse(words.accepts);
const send = document.querySelector("#send");
const leaving = document.querySelector("#forget");
let preparation = Promise.resolve();
let waiting = 0;

// A kept file, or one that cannot be kept. `key`: of the kept one.
function closed(line, word, values) {
  line.button.remove();
  line.tell(word, values);
}

function kept(file, line) {
  line.tell("kept");
  line.button.onclick = async () => {
    await forget(file.key);
    closed(line, "removed");
    chosen.focus();
  };
}

// Pages keep nothing while a file is prepared: the complaint is not sent before.
function wait(step) {
  waiting += step;
  send.disabled = waiting > 0;
}

function fault(file) {
  if (!file.size) return words.empty;
  const family = (type) => type.split("/")[0];
  const known = !file.type || Object.values(accepts).flat().some((type) => type === file.type || (family(type) === family(file.type) && family(type) !== "application"));
  return known ? "" : words.type;
}

function add(file, kind) {
  const line = new Line(file.name, words);
  const reason = fault(file);
  if (reason) return closed(line, "failed", { reason });
  line.tell("preparing");
  wait(1);
  preparation = preparation.then(() => prepare(file, kind, line)).finally(() => wait(-1));
  return undefined;
}

async function prepare(file, kind, line) {
  try {
    const made = await keep(await prepared(file, { path: words.path, kind, types: accepts[kind] ?? [], whole: false }));
    if (line.giveUp.signal.aborted) await forget(made.key);
    else if (made.isKept) kept(made, line);
    else closed(line, "failed", { reason: words.nowhere });
  } catch {
    closed(line, "failed", { reason: words.changed });
  }
}

function choose() {
  const kind = document.querySelector("[name=kind]:checked");
  if (kind) {
    Array.from(chosen.files).forEach((file) => add(file, kind.value));
  } else {
    document.querySelector("#told").textContent = words.missing;
    document.querySelector("[name=kind]").focus();
  }
  chosen.value = "";
}

function limit() {
  const kind = document.querySelector("[name=kind]:checked");
  chosen.accept = (accepts[kind?.value] ?? []).join(",");
}

// What was begun is forgotten with its files.
async function leave(event) {
  event.preventDefault();
  await Promise.all((await unsent(words.path)).map((file) => forget(file.key)));
  leaving.removeEventListener("click", leave);
  leaving.click();
}

if (globalThis.crypto?.subtle && globalThis.indexedDB) {
  document.querySelector("#later").hidden = true;
  box.hidden = false;
  chosen.onchange = choose;
  document.querySelectorAll("[name=kind]").forEach((one) => one.addEventListener("change", limit));
  limit();
  leaving.addEventListener("click", leave);
  (await unsent(words.path)).forEach((file) => kept(file, new Line(file.name, words)));
}
