// Asks for the states of files until their checks have ended.
import { Stopped, ask, pause } from "./sending.js";

const LONGEST_WAIT = 30;
const MOST_ASKED = 60;

// Returns a function that waits for one more file, by its id. `show(file)`: called with each state that is found.
export function follower(path, show) {
  const waited = new Set();
  let isAsking = false;
  let wait = 1;

  async function follow() {
    isAsking = true;
    for (let asked = 0; waited.size && asked < MOST_ASKED; asked += 1) {
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
      if (document.hidden) continue;
      try {
        (await ask(path)).files.filter((file) => waited.has(file.id)).forEach(found);
      } catch (error) {
        if (error instanceof Stopped) break;
      }
    }
    isAsking = false;
  }

  function found(file) {
    if (file.ended) waited.delete(file.id);
    show(file);
  }

  return (id) => {
    waited.add(id);
    wait = 1;
    if (!isAsking) follow();
  };
}
