// Sends the files that were chosen while the complaint was filed, once it has a number and a receipt.
import { keep, unsent } from "./kept.js";
import { follower } from "./states.js";
import { Line, queue } from "./transfers.js";

const box = document.querySelector("#attached");
const words = box.dataset;
const path = `${words.case}/uploads`;
const lines = new Map();
const follow = follower(path, (file) => lines.get(file.id)?.show(file.text));

// From here on they belong to the complaint: its page goes on if this one is closed.
async function attach(file) {
  return keep({ ...file, path });
}

// The session of the complaint, as its own page begins it. Without a connection it is tried again.
async function open() {
  const form = document.querySelector("#case");
  for (;;) {
    try {
      const body = new URLSearchParams(new FormData(form));
      return await fetch(form.action, { method: "POST", redirect: "manual", body });
    } catch {
      await new Promise((done) => {
        setTimeout(done, 5000);
        addEventListener("online", done, { once: true });
      });
    }
  }
}

function arrived(id, line) {
  lines.set(id, line);
  follow(id);
}

const left = [...(await unsent(words.path)), ...(await unsent(path))];
if (left.length) {
  box.hidden = false;
  const shown = await Promise.all(left.map(async (file) => [await attach(file), new Line(file.name, words)]));
  shown.forEach(([, line]) => line.tell("waiting"));
  await open();
  shown.forEach(([file, line]) => queue(file, line, arrived));
}
