// Sends a file to the bucket. A connection that fails is tried again, with growing waits, for as long as it takes.
import { PART } from "./digests.js";
import { keep } from "./kept.js";

const MOST_REFUSALS = 6;
const LONGEST_WAIT = 60;
const STALLED = 90;

// `word`: the name of a text; `reason`: one that the service gave. `isKept`: the file stays on this device.
export class Stopped extends Error {
  constructor(word, { reason = "", isKept = false } = {}) {
    super(word);
    Object.assign(this, { word, reason, isKept });
  }
}

// Asks a route of the page's own service. `fields`: pairs of a form; without them nothing is changed.
export async function ask(path, fields, signal) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const form = fields ? { method: "POST", body: new URLSearchParams(fields) } : {};
  const response = await fetch(path, { headers, signal, cache: "no-store", ...form });
  if (response.status === 401) throw new Stopped("session", { isKept: true });
  if (response.status === 429 || response.status >= 500) throw new Error(`status ${response.status}`);
  const answer = await response.json();
  if (!response.ok) throw new Stopped("failed", { reason: answer.refused ?? answer.detail });
  return answer;
}

// The id of the file that has arrived. `say(word, values)`: tells a state. Throws `Stopped`.
export async function send(file, say, signal) {
  const patience = { tries: 0, refusals: 0 };
  for (;;) {
    try {
      return await attempt(file, (part) => say("sending", { percent: Math.floor((100 * part) / file.blob.size) }), signal, patience);
    } catch (error) {
      if (signal.aborted) throw new Stopped("removed");
      if (error instanceof Stopped) throw error;
      if (patience.refusals > MOST_REFUSALS) throw new Stopped("failed", { reason: "refused" });
    }
    say("waiting");
    await pause(Math.min(2 ** patience.tries, LONGEST_WAIT), signal);
    patience.tries += 1;
  }
}

async function attempt(file, progress, signal, patience) {
  const { id, state, ticket } = await ask(file.path, declaration(file), signal);
  if (state === "expired" || (state === "declared" && !ticket)) {
    Object.assign(file, { request: crypto.randomUUID(), etags: [] });
    await keepAgain(file);
    throw new Error("the time for this declaration is over");
  }
  if (!ticket) return id;
  patience.tries = 0;
  if (ticket.parts) {
    await sendParts(file, ticket.parts, progress, signal, patience);
    await ask(`${file.path}/${id}/complete`, file.etags.flatMap((etag, place) => [["etag", etag], ["sha256", file.parts[place]]]), signal);
  } else {
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
    form.append("file", file.blob);
    await transfer({ method: "POST", url: ticket.url, headers: {} }, form, progress, signal, patience);
  }
  return id;
}

function declaration(file) {
  const fields = { kind: file.kind, name: file.name, size: file.blob.size, media_type: file.type, sha256: file.sha256, key: file.request };
  return [...Object.entries(fields), ...file.parts.map((digest) => ["parts", digest])];
}

async function sendParts(file, parts, progress, signal, patience) {
  for (const { number, url, headers } of parts.slice(file.etags.length)) {
    const before = (number - 1) * PART;
    const { "Content-Length": _length, ...own } = headers; // browsers set it
    const part = file.blob.slice(before, before + PART);
    file.etags.push(await transfer({ method: "PUT", url, headers: own }, part, (sent) => progress(before + sent), signal, patience));
    patience.tries = 0;
    await keepAgain(file);
  }
}

async function keepAgain(file) {
  if (file.isKept) await keep(file);
}

// Puts a body into the bucket, and returns its ETag. A connection on which nothing moves is given up.
function transfer({ method, url, headers }, body, progress, signal, patience) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    let stalled = setTimeout(() => request.abort(), STALLED * 1000);
    const fail = () => failed(new Error("no connection"));
    const abort = () => request.abort();
    request.open(method, url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(abort, STALLED * 1000);
      progress(loaded);
    };
    request.onload = () => {
      if (request.status < 300) return done(request.getResponseHeader("ETag"));
      patience.refusals += 1; // such as a ticket whose time is over: the next attempt has another one
      return failed(request.status === 400 ? new Stopped("failed", { reason: "refused" }) : new Error(`status ${request.status}`));
    };
    request.onerror = fail;
    request.onabort = fail;
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", abort);
    };
    signal.addEventListener("abort", abort);
    request.send(body);
  });
}

// Ends early when the connection comes back, or the file is not to be sent any more.
export function pause(seconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(end, seconds * 1000);
    function end() {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal?.removeEventListener("abort", end);
      done();
    }
    addEventListener("online", end);
    signal?.addEventListener("abort", end);
  });
}
