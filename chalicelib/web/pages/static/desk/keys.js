// Keys of the desk: j and k go from row to row, x ticks one, o opens it, ? lists the keys. On the page of a complaint
// j goes to the next of the list, and each act has the first free letter of its label or, where that has no Latin
// letter, of its name.
const list = document.getElementById("keys");
const rows = [...document.querySelectorAll("table.queue tbody tr:not(.group)")];
const acts = new Map(); // links by key
let at = -1;

const links = (row) => row.querySelector(".no a, .what a");

for (const link of document.querySelectorAll(".acts a[href]")) {
  const name = new URL(link.href).pathname.split("/").pop();
  const letters = `${link.firstChild.textContent}${name}`.toLowerCase().match(/[a-z]/g) || [];
  const key = letters.find((letter) => !"jkxo".includes(letter) && !acts.has(letter));
  if (key) acts.set(key, link);
}

function move(by) {
  const next = at + by;
  if (!rows[next]) return;
  rows[at]?.classList.remove("here");
  at = next;
  rows[at].classList.add("here");
  rows[at].scrollIntoView({ block: "nearest" });
  links(rows[at])?.focus({ preventScroll: true });
}

function line(key, text) {
  const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
  const sign = document.createElement("kbd");
  sign.textContent = key;
  meaning.textContent = text;
  term.append(sign);
  list.querySelector("dl").append(term, meaning);
}

acts.forEach((link, key) => line(key, link.firstChild.textContent.trim()));

const close = document.createElement("button");
close.className = "second";
close.textContent = list.dataset.close;
close.addEventListener("click", () => list.close());
list.append(close);

const does = {
  j: () => (rows.length ? move(1) : document.querySelector("a[rel=next]")?.click()),
  k: () => move(-1),
  x: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
  o: () => rows[at] && links(rows[at])?.click(),
  "?": () => list.showModal(),
};

function isTyping(element) {
  return element instanceof Element && (element.closest("textarea, select, [contenteditable]") || element.matches("input:not([type=checkbox], [type=radio])"));
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
  if (list.open || isTyping(event.composedPath()[0])) return; // the target of what is typed in a shadow root is its host
  const act = acts.get(event.key);
  const done = act ? () => act.click() : Object.hasOwn(does, event.key) && does[event.key];
  if (!done) return;
  event.preventDefault();
  done();
});
