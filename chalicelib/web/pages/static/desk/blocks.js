// Inserts a text block at the end of a field. Without this module, or if it fails, the server does so and keeps the form.
const box = document.querySelector("[data-blocks]");
const form = box?.closest("form");
let byServer = false;

async function insert(event) {
  const { block, into } = form.elements;
  if (event.submitter?.value !== "insert" || !block.value || byServer) return;
  event.preventDefault();
  try {
    const answer = await fetch(`${box.dataset.blocks}/${block.value}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    put(form.elements[into.value], await answer.json());
  } catch {
    byServer = true;
    form.requestSubmit(event.submitter);
  }
}

function put(field, found) {
  const typed = field.value.trimEnd();
  field.value = typed ? `${typed}\n\n${found.text}` : found.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  name(`${found.block}.${found.version}`);
  tell(found.missing);
  field.focus();
}

function name(value) {
  if (form.querySelector(`[name="text_block"][value="${value}"]`)) return;
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: "text_block", value });
  form.append(named);
}

function tell(missing) {
  document.getElementById("block-told")?.remove();
  const told = Object.assign(document.createElement("div"), { id: "block-told", className: missing.length ? "notice stale" : "notice" });
  told.setAttribute("role", "status");
  box.before(told);
  const lines = missing.length ? [box.dataset.inserted, box.dataset.missing, ...missing] : [box.dataset.inserted];
  told.append(...lines.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
}

form?.addEventListener("submit", insert);
