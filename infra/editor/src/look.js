// The look of the editor. The variables are those of the page, so it follows the light and the dark colours.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const MONO = 'ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

export const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--line)", borderRadius: ".2rem", height: "60vh", minHeight: "16rem" },
  "&.cm-focused": { outline: "3px solid var(--act)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: MONO, fontSize: ".93rem", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--band)", color: "var(--soft)", borderRight: "1px solid var(--hair)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--link) 8%, transparent)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 25%, transparent)" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--warn-edge) 18%, transparent)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--warn-edge) 18%, transparent)", outline: "2px solid var(--warn-edge)" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { fontSize: ".93rem", padding: ".4rem .6rem", fontFamily: "inherit" },
  ".cm-panel label": { fontSize: ".93rem" },
  ".cm-textfield": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)", fontSize: ".93rem", padding: ".2rem .4rem" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--band)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".2rem", fontSize: ".93rem", padding: ".2rem .7rem" },
  ".cm-panel button[name=close]": { color: "var(--ink)", minWidth: "24px", minHeight: "24px" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: MONO, fontSize: ".93rem", maxHeight: "15rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--act)", color: "var(--on-act)" },
  ".cm-completionInfo, .cm-tooltip-lint, .cm-tooltip-hover": { maxWidth: "34rem", fontSize: ".93rem", lineHeight: "1.5" },
  ".cm-completionInfo": { padding: ".5rem .7rem" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--act)", color: "var(--on-act)", fontSize: ".93rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--wrong)", textUnderlineOffset: "3px" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--link)", textUnderlineOffset: "3px" },
});

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--link)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ink)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.labelName, tags.typeName, tags.keyword], color: "var(--warn)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--soft)" },
]);
