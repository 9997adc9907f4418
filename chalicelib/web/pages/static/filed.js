// Copies, saves and prints number and receipt, where the browser can.
const tools = document.querySelector("#tools");
const text = (selector) => document.querySelector(selector)?.textContent.trim();
const lines = () => [text(".number"), text(".secret"), tools.dataset.page].filter(Boolean).join("\n");
const find = (name) => document.querySelector(`#${name}`);

async function copy() {
  await navigator.clipboard.writeText(lines());
  find("copy").textContent = tools.dataset.copied;
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${lines()}\n`], { type: "text/plain" }));
  link.download = `${text(".number") ?? "receipt"}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}

find("copy").onclick = copy;
find("save").onclick = save;
find("print").onclick = () => window.print();
find("copy").hidden = !navigator.clipboard;
tools.hidden = false;
