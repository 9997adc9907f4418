// Keeps a copy of a filing on this device, if the person asks for it, until it is filed, forgotten, or a day old.
// The service has the answers for a day too; the copy helps when the browser loses its cookie.
const DAY = 24 * 60 * 60 * 1000;
const place = document.querySelector("[data-draft]");
const path = place.dataset.draft;
const form = document.querySelector("#filing");
const find = (name) => document.querySelector(`#${name}`);
const [id, step] = location.pathname.slice(path.length + 1).split("/");

function read() {
  const found = JSON.parse(localStorage.getItem(path));
  return found && found.at > Date.now() - DAY ? found : forget();
}

function forget() {
  localStorage.removeItem(path);
  return null;
}

function keep() {
  const entries = [...new FormData(form)].filter(([name]) => !["website", "seen"].includes(name));
  const before = read();
  const steps = before && before.id === id ? before.steps : {};
  localStorage.setItem(path, JSON.stringify({ at: Date.now(), id, steps: { ...steps, [step]: entries } }));
}

function restore(steps) {
  const again = document.createElement("form");
  Object.assign(again, { method: "post", action: form.action, hidden: true });
  for (const [name, value] of [...Object.values(steps).flat(), ["go", "restore"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

function offer(found) {
  find("restore").onclick = () => restore(found.steps);
  find("discard").onclick = () => {
    forget();
    find("offer").hidden = true;
    document.querySelector("main").focus();
  };
  find("offer").hidden = false;
}

function begin() {
  const found = read();
  const box = find("keep");
  if (found && found.id !== id) offer(found);
  box.checked = Boolean(found && found.id === id);
  find("kept").hidden = false;
  box.onchange = () => (box.checked ? keep() : forget());
  form.addEventListener("input", () => box.checked && keep());
  form.addEventListener("submit", () => box.checked && keep());
  find("forget").onclick = forget;
}

try {
  if (form) begin();
  else forget();
} catch {
  // Without storage, the form works as it does without this module.
}
