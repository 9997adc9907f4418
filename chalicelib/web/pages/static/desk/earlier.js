// Shows the earlier complaints of the subject and the customer as soon as one of them is entered. The page to check
// shows them too.
const form = document.querySelector("#intake");
const place = document.querySelector("#before");
const names = place.dataset.names.split(" ");
let asked = "";

function entered() {
  const found = [...new FormData(form)].filter(([name, value]) => names.includes(name) && value.trim());
  return new URLSearchParams(found).toString();
}

function element(tag, text, attributes = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...attributes });
}

function row(one) {
  const item = element("li", "", { className: one.mark && "pending" });
  const link = element("a", one.number, { href: one.path, target: "_blank", rel: "noopener" });
  item.append(link, ` ${one.what} `);
  if (one.mark) item.append(element("span", one.mark, { className: "mark" }));
  item.append(element("span", one.why, { className: "hint" }));
  return item;
}

async function find(body) {
  const answer = await fetch(place.dataset.path, { method: "POST", body: new URLSearchParams(body) });
  return answer.ok ? (await answer.json()).earlier : [];
}

async function look() {
  const body = entered();
  if (body === asked) return;
  asked = body;
  const found = body ? await find(body) : [];
  if (body !== asked) return;
  place.querySelector("ul").replaceChildren(...found.map(row));
  place.hidden = !found.length;
}

form.addEventListener("change", (event) => names.includes(event.target.name) && look());
look();
