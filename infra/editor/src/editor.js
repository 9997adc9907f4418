// The editor of the page on which an owner writes the text of the draft. It takes the place of the text area, whose form
// stays: without this module the page works as before. In a shadow root, so that its style sheets are constructed there.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { foldGutter, foldKeymap, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { Findings } from "./findings.js";
import { colours, look } from "./look.js";
import { placeAt } from "./place.js";
import { Schema, namesFor } from "./schema.js";

const form = document.querySelector("#policy");
const area = document.querySelector("#text");
const texts = JSON.parse(form.dataset.texts);
const help = document.querySelector("#help");
const state = document.querySelector("#state");
let schema = null;
let saved = area.value;
let leaving = false;

function complete(context) {
  if (!schema) return null;
  const text = context.state.doc.toString();
  const place = placeAt(text, context.pos);
  if (place.isText || (!context.explicit && place.from === context.pos && place.inKey)) return null;
  const options = [...keysAt(place), ...valuesAt(place, text)];
  return options.length ? { from: place.from, options, validFor: /^[\w.\- ]*$/ } : null;
}

function keysAt(place) {
  if (!place.inKey) return [];
  return [...schema.keys(place.path)].map(([label, node]) => ({
    label,
    apply: `${label}: `,
    type: "property",
    info: () => described(schema.help([...place.path, label]) ?? { text: node.description ?? "" }),
  }));
}

function valuesAt(place, text) {
  if (place.inKey && !place.isItem) return [];
  const key = place.path.findLast((step) => typeof step === "string");
  const known = [...schema.values(place.path), ...namesFor(key, place.path, text)];
  return [...new Set(known)].map((label) => ({ label, type: "constant" }));
}

function described({ text, example }) {
  const made = document.createElement("div");
  made.lang = "en";
  made.textContent = text;
  if (example !== undefined) {
    const code = document.createElement("code");
    code.textContent = JSON.stringify(example);
    made.append(document.createElement("br"), code);
  }
  return made;
}

// The description of the key at the cursor, below the editor.
function tell(view) {
  if (!schema) return;
  const text = view.state.doc.toString();
  const { head } = view.state.selection.main;
  const word = /^[\w.-]*/.exec(text.slice(head))[0];
  const place = placeAt(text, head + word.length);
  const key = text.slice(place.from, head + word.length);
  const path = place.inKey && !place.isItem ? [...place.path, key] : place.path;
  const names = path.filter((step) => typeof step === "string");
  const found = names.length ? schema.help(path) : null;
  help.hidden = !found;
  help.replaceChildren();
  if (found) {
    const name = document.createElement("code");
    name.textContent = names.join(" › ");
    help.append(name, described(found));
  }
}

function later(action, milliseconds) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}

function begin() {
  const host = document.createElement("div");
  host.id = "editor";
  area.after(host);
  const root = host.attachShadow({ mode: "open" });
  const telling = later(tell, 150);
  const label = document.querySelector("label[for=text]");
  const button = form.querySelector("[value=save]");
  const keys = [{ key: "Mod-s", preventDefault: true, run: () => (form.requestSubmit(button), true) }];
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorState.phrases.of(texts.phrases),
        lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(),
        yaml(), indentUnit.of("  "), syntaxHighlighting(colours), look,
        search({ top: true }),
        autocompletion({ override: [complete], icons: false }),
        keymap.of([...keys, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": label.textContent, "aria-description": texts.leave, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
          if (update.docChanged || update.selectionSet) telling(update.view);
        }),
      ],
    }),
  });
  const findings = new Findings(view, { texts, path: form.dataset.check, list: document.querySelector("#findings"), heading: document.querySelector("#found"), state });
  function changed() {
    state.textContent = texts.unsaved;
    findings.soon();
  }
  take(view, label, button, findings);
  fetch(form.dataset.schema).then((answer) => answer.ok && answer.json()).then((found) => {
    if (found) schema = new Schema(found);
    tell(view);
  });
  findings.ask();
}

// The form sends what the editor has, and its label and links lead into the editor.
function take(view, label, button, findings) {
  const sync = () => (area.value = view.state.doc.toString());
  area.hidden = true;
  document.querySelector("#leave").hidden = false;
  document.querySelectorAll(".lines").forEach((one) => (one.hidden = true));
  label.onclick = () => view.focus();
  form.addEventListener("submit", (event) => {
    sync();
    const { value } = event.submitter ?? button;
    if (leaving || !["save", "check"].includes(value)) return (leaving = true);
    event.preventDefault();
    return value === "check" ? findings.ask() : save(view, button);
  });
  addEventListener("pagehide", sync);
  addEventListener("beforeunload", (event) => {
    if (!leaving && view.state.doc.toString() !== saved) event.preventDefault();
  });
}

// Saves without leaving the page, so that undoing goes on. What cannot be saved is sent as the form does it: the page that
// follows says why, and has the text.
async function save(view, button) {
  const doc = view.state.doc;
  state.textContent = texts.saving;
  const body = new URLSearchParams(new FormData(form));
  body.set("key", crypto.randomUUID());
  const answer = await fetch(form.dataset.save, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) {
    leaving = true;
    return form.requestSubmit(button);
  }
  const { version, said } = await answer.json();
  form.elements.version.value = version;
  form.elements.form?.remove();
  document.querySelector("#text-hint").textContent = said;
  saved = doc.toString();
  state.textContent = view.state.doc.eq(doc) ? texts.saved_now : texts.unsaved;
}

begin();
