// The page of a complaint or demand: the states of its files, and what is not sent yet.
import { forget, unsent } from "./kept.js";
import { follower } from "./states.js";

const list = document.querySelector("[data-uploads]");
const notice = document.querySelector("#unsent");
if (list) {
  const follow = follower(list.dataset.uploads, (file) => {
    const shown = list.querySelector(`[data-file="${file.id}"]`);
    if (shown.textContent !== file.text) shown.textContent = file.text;
  });
  list.querySelectorAll("[data-file]").forEach((one) => follow(one.dataset.file));
}
if (notice) {
  const left = await unsent(notice.dataset.path);
  notice.hidden = !left.length;
  if (left.length) document.querySelector("#leave").addEventListener("submit", leave);
}

// A person who leaves may be at a device that others use. No file stays there.
async function leave(event) {
  event.preventDefault();
  await Promise.all((await unsent(notice.dataset.path)).map((file) => forget(file.key)));
  event.target.submit();
}
