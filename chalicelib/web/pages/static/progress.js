// The page of a job that goes on: asks for itself while it can be seen, and shows how far the job is.
const SECONDS = 10;
const shown = document.querySelector("#progress");

// The page as it is now. A browser parses it without running its scripts.
function page() {
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.responseType = "document";
    asked.open("GET", location.href);
    asked.addEventListener("loadend", () => resolve(asked.response));
    asked.send();
  });
}

// Where the job has ended, or the session, the whole page is another one. Without a connection, the next time will do.
async function look() {
  const found = document.hidden ? null : await page();
  if (!found) return;
  const now = found.querySelector("#progress");
  if (!now) location.reload();
  else if (now.textContent !== shown.textContent) shown.textContent = now.textContent;
}

setInterval(look, SECONDS * 1000);
