// Files that are not sent yet, kept on this device so that sending goes on after the page was closed.
const DAY = 24 * 60 * 60 * 1000;

const answer = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

async function files(mode) {
  const opening = indexedDB.open("unsent files", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("files", { keyPath: "key" });
  const base = await answer(opening);
  return base.transaction("files", mode).objectStore("files");
}

// The file as it is kept: the chosen one may change or vanish. The given one where nothing can be kept.
export async function keep(file) {
  try {
    await answer((await files("readwrite")).put(file));
    return { ...(await answer((await files("readonly")).get(file.key))), isKept: true };
  } catch {
    return file;
  }
}

export async function forget(key) {
  try {
    await answer((await files("readwrite")).delete(key));
  } catch {
    // nothing was kept
  }
}

// Those of one complaint or demand. Files older than a day are deleted, also those of other complaints.
export async function unsent(path) {
  try {
    const found = await answer((await files("readonly")).getAll());
    const old = found.filter((file) => file.at < Date.now() - DAY);
    await Promise.all(old.map((file) => forget(file.key)));
    return found.filter((file) => file.path === path && !old.includes(file)).map((file) => ({ ...file, isKept: true }));
  } catch {
    return [];
  }
}
