// The page on which files are added: several at once, with their states, and resumed after the page was closed.
import { keep, unsent } from "./kept.js";
import { prepared } from "./prepared.js";
import { follower } from "./states.js";
import { Line, queue, say } from "./transfers.js";

const box = document.querySelector("#uploads");
const words = box.dataset;
const chosen = document.querySelector("#files");
const told = document.querySelector("#told");
const accepts = JSON.parse(words.accepts);
const lines = new Map();
const follow = follower(words.path, (file) => lines.get(file.id)?.show(file.text));
let preparation = Promise.resolve();

function arrived(id, line) {
  lines.set(id, line);
  follow(id);
}

function add(file, kind) {
  const line = new Line(file.name, words);
  const options = { path: words.path, kind, types: accepts[kind] ?? [], whole: document.querySelector("#whole").checked };
  line.tell("preparing");
  preparation = preparation.then(async () => {
    if (line.giveUp.signal.aborted) return;
    try {
      queue(await keep(await prepared(file, options)), line, arrived);
    } catch {
      line.close("failed", { reason: words.changed });
    }
  });
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
  left.forEach((file) => queue(file, new Line(file.name, words), arrived));
  if (left.length) told.textContent = say(words.resumed, { count: left.length });
}
