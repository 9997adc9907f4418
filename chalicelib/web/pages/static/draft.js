// Keeps what a person types in a filing on this device until it is filed, deleted, or a day old.
const DAY = 24 * 60 * 60 * 1000;
const place = document.querySelector("[data-draft]");
const path = place.dataset.draft;
const form = document.querySelector("#filing");
const offer = document.querySelector("#offer");
const kept = document.querySelector("#kept");
const find = (name) => document.querySelector(`#${name}`);

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(path));
    return found && found.at > Date.now() - DAY ? found : forget();
  } catch {
    return null;
  }
}

function forget() {
  localStorage.removeItem(path);
  return null;
}

const isOff = () => sessionStorage.getItem(path) === form.elements.key.value;

function keep() {
  if (isOff()) return;
  const entries = [...new FormData(form)].filter(([name]) => name !== "website");
  try {
    localStorage.setItem(path, JSON.stringify({ at: Date.now(), key: form.elements.key.value, entries }));
  } catch {
    return; // the device has no space, or the person allows no storage
  }
  offer.hidden = true;
  kept.hidden = false;
}

// Shows the page on which the draft was left, with all its answers.
function restore(entries) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  for (const [name, value] of entries) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value, hidden: true });
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

// Nor is anything kept that is typed in this filing from now on.
function stop() {
  forget();
  sessionStorage.setItem(path, form.elements.key.value);
  find("forget").remove();
  find("kept-text").textContent = kept.dataset.deleted;
}

function begin() {
  const found = read();
  const isOther = found && found.key !== form.elements.key.value;
  form.addEventListener("input", keep);
  find("forget").onclick = stop;
  if (isOther) {
    find("restore").onclick = () => restore(found.entries);
    find("discard").onclick = () => {
      forget();
      offer.hidden = true;
      document.querySelector("main").focus();
    };
    offer.hidden = false;
  } else if (found) {
    keep();
  }
}

try {
  if (form) begin();
  else forget();
} catch {
  // Without storage, the form works as it does without this module.
}
