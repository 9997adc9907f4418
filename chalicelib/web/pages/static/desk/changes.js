// Marks the rows of the queue whose complaints have changed. It asks every half minute at most, while the page is seen
// and used: nothing is asked for a page that is hidden, or that nobody has touched, which would keep the session alive.
const EVERY = 30_000; // milliseconds
const UNUSED = 10 * 60_000; // without a key or a pointer
const MOST = 90; // rows of a request

const notice = document.getElementById("changed");
const table = document.querySelector("table.queue");
let asked = Date.now();
let touched = Date.now();
let timer = 0;

const rows = () => [...table.querySelectorAll("tr[data-row]:not(.changed)")].slice(0, MOST);

function mark(row) {
  row.classList.add("changed");
  const sign = document.createElement("span");
  sign.className = "mark";
  sign.textContent = table.dataset.mark;
  row.querySelector(".marks").prepend(sign, " ");
  notice.hidden = false;
}

async function ask() {
  asked = Date.now();
  const given = rows();
  const of = given.map((row) => row.dataset.row).join(" ");
  try {
    const answer = await fetch(`${notice.dataset.changes}?${new URLSearchParams({ of })}`);
    if (!answer.ok) return answer.status >= 500 || answer.status === 429;
    const { changed } = await answer.json();
    given.filter((row) => changed.includes(row.dataset.row.split(".")[0])).forEach(mark);
  } catch {
    // without a network: the next request tries again
  }
  return true;
}

function plan() {
  clearTimeout(timer);
  if (document.hidden || !rows().length) return;
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

for (const name of ["keydown", "pointermove", "pointerdown", "scroll"]) addEventListener(name, use, { passive: true });
document.addEventListener("visibilitychange", plan);
plan();
