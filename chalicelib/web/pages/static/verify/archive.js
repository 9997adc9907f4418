// The page that verifies an archive: reads the chosen file here, in this tab, and says what is wrong with it.
import { verify } from "./verify.js";

const MOST = 50;
const page = document.querySelector("#archive"), words = document.querySelector("#words").content;
const file = page.querySelector("#file"), noted = page.querySelector("#noted"), start = page.querySelector("button");
const told = document.querySelector("#told"), result = document.querySelector("#result");
let running = 0;

function said(name, values = {}) {
  const text = words.querySelector(`[data-name="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

const shown = (one) => said(one.code, { ...one.values, ...("name" in one.values && { name: one.values.name || said("organisation") }) });

function put(element, tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  element.append(made);
  return made;
}

function show(report, withNoted) {
  const count = report.faults.length, list = document.createElement("ol");
  put(result, "h2", count ? said("broken", { count }) : said("verified"), count ? "wrong" : "");
  if (count) put(result, "p", said("first", { fault: shown(report.faults[0]) }), "notice wrong");
  if (count > 1) {
    for (const one of report.faults.slice(0, MOST)) put(list, "li", shown(one));
    result.append(list);
  }
  if (count > MOST) put(result, "p", said("more", { count: count - MOST }));
  put(result, "p", said("found", report));
  for (const name of [...report.gone].sort()) put(result, "p", said("gone", { name }), "hint");
  for (const name of [...report.excluded].sort()) put(result, "p", said("excluded", { name }), "hint");
  if (!count) put(result, "p", said(withNoted ? "with_anchor" : "without_anchor"), "hint");
}

async function run() {
  const mine = (running += 1), [chosen] = file.files;
  result.replaceChildren();
  if (!chosen) {
    told.textContent = said("choose");
    return;
  }
  const root = noted.value.trim().toLowerCase();
  let last = -1;
  const progress = (done, of) => {
    const percent = Math.floor((100 * done) / of);
    if (mine === running && percent >= last + 5) told.textContent = said("reading", { percent: (last = percent) });
  };
  told.textContent = said("reading", { percent: 0 });
  const report = await verify(chosen, root, progress).catch(() => null); // what is no archive
  if (mine !== running) return;
  told.textContent = said(report ? "done" : "no_archive", { file: chosen.name });
  if (report) show(report, root);
}

start.addEventListener("click", run);
page.hidden = false;
