// The page of a complaint or demand: the states of its files, and what is not sent yet.
import { unsent } from "./kept.js";
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
if (notice) notice.hidden = !(await unsent(notice.dataset.path)).length;
