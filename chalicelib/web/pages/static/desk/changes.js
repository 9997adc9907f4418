// Marks the rows of the queue whose complaints have changed, and says how many are new. It asks every half minute at most,
// while the page is seen and used: nothing is asked for a page that is hidden, or that nobody has touched, which would
// keep the session alive. Rows move only when the list is shown anew, and then the first one that was seen keeps its place.
const EVERY = 30_000; // milliseconds
const UNUSED = 10 * 60_000; // without a key or a pointer
const PLACE = "queue";

const notice = document.getElementById("changed");
const table = document.querySelector("table.queue");
let asked = Date.now();
let touched = Date.now();
let timer = 0;
let added = 0;

const rows = () => [...(table?.querySelectorAll("tr[data-row]") ?? [])];
const numberOf = (row) => row.dataset.row.split(".")[0];
const isMarked = (row) => row.classList.contains("changed");

function mark(row) {
  row.classList.add("changed");
  const sign = document.createElement("span");
  sign.className = "mark";
  sign.textContent = table.dataset.mark;
  row.querySelector(".marks").prepend(sign, " ");
}

function say() {
  const { added: news, changed } = notice.dataset;
  const lines = [added ? news.replace("#", added) : "", rows().some(isMarked) ? changed : ""].filter(Boolean);
  const text = lines.join(" ");
  const place = notice.firstElementChild;
  if (place.textContent !== text) place.textContent = text; // a screen reader says it once
  notice.hidden = !text;
}

async function ask() {
  asked = Date.now();
  const given = rows().sort((one, other) => isMarked(one) - isMarked(other)); // those that matter come first
  const url = new URL(notice.dataset.changes, location);
  url.searchParams.set("of", given.map((row) => row.dataset.row).join(" "));
  if (notice.dataset.until) url.searchParams.set("until", notice.dataset.until);
  try {
    const answer = await fetch(url);
    if (!answer.ok) return answer.status >= 500 || answer.status === 429;
    const found = await answer.json();
    given.filter((row) => !isMarked(row) && found.changed.includes(numberOf(row))).forEach(mark);
    added = found.added;
    say();
  } catch {
    // without a network: the next request tries again
  }
  return true;
}

function plan() {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(async () => {
    if (document.hidden || Date.now() - touched > UNUSED) return;
    if (await ask()) plan();
  }, Math.max(0, asked + EVERY - Date.now()));
}

function use() {
  const rested = Date.now() - touched > UNUSED;
  touched = Date.now();
  if (rested) plan();
}

function keep() {
  const row = rows().find((one) => one.getBoundingClientRect().bottom > 0);
  const ticked = rows().filter((one) => one.querySelector("input:checked")).map(numberOf);
  const place = row && { row: numberOf(row), top: row.getBoundingClientRect().top, ticked };
  if (place) sessionStorage.setItem(PLACE, JSON.stringify(place));
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  for (const row of kept ? rows() : []) {
    const box = row.querySelector("input[name=number]");
    if (box && kept.ticked.includes(numberOf(row))) box.checked = true;
    if (numberOf(row) === kept.row) scrollBy({ top: row.getBoundingClientRect().top - kept.top, behavior: "instant" });
  }
}

for (const name of ["keydown", "pointermove", "pointerdown", "scroll"]) addEventListener(name, use, { passive: true });
document.addEventListener("visibilitychange", plan);
notice.querySelector("a").addEventListener("click", keep);
plan();
restore();
