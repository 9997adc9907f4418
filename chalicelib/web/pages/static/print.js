// Prints the page. In browsers that print closed parts closed, they are opened for the printout.
const closed = () => document.querySelectorAll("details:not([open]):not(.no-print)");
let opened = [];

for (const one of document.querySelectorAll("[data-print]")) {
  one.querySelector("button").onclick = () => window.print();
  one.hidden = false;
}
window.addEventListener("beforeprint", () => {
  opened = [...closed()];
  for (const one of opened) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
