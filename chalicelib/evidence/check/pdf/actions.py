"""Refuses dictionaries of a PDF that act, or that have or load another file (ISO 32000-1 12.5, 12.6, 7.11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from chalicelib.evidence.check.pdf import values
from chalicelib.evidence.refusal import Refusal

_KEYS = frozenset(
    {
        *("/JS", "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/XFA", "/Encrypt"),
        *("/EF", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/RichMediaContent", "/RichMediaSettings"),
    }
)
"""Keys that no dictionary may have."""
_VALUES = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
        *("/Rendition", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia", "/RichMediaExecute"),
        *("/FileAttachment", "/EmbeddedFile", "/PS"),
    }
)
"""Values of `/S`, `/Type` and `/Subtype` that no dictionary may have."""
_STREAM_KEYS = frozenset({"/F", "/FFilter", "/Ref"})
"""Keys by which a stream or a form takes its content from another file (7.3.8.2, 8.10.4)."""
_ACTIONS = frozenset(
    {"/GoTo", "/URI", "/Named", "/Hide", "/ResetForm", "/SetOCGState", "/Trans", "/Thread", "/GoTo3DView"}
)
"""Actions that stay inside the document, and links that a person follows."""
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_SCHEME = r"([a-z][a-z0-9+.-]*):"
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+:[0-9]{1,5}(?:/|$)"
"""An address without a scheme, with a port: `example.com:8080`."""
_IGNORED = r"[\x00-\x20\ufeff]"
"""Characters that browsers leave out of an address."""


def check_all(nodes: Iterable[Object]) -> None:
    """`nodes`: dictionaries and streams. Raises `Refusal("active-content")`."""
    for node in nodes:
        _check(node)


def _check(node: Object) -> None:
    keys = node.keys()
    if not keys.isdisjoint(_KEYS):
        raise Refusal("active-content")
    if isinstance(node, Stream) and not keys.isdisjoint(_STREAM_KEYS):
        raise Refusal("active-content")
    for key in keys & {"/S", "/Type", "/Subtype"}:
        if isinstance(node[key], Name) and values.name(node[key]) in _VALUES:
            raise Refusal("active-content")
    if any(_kind(action) not in _ACTIONS for action in _actions(node, keys)):
        raise Refusal("active-content")
    if "/URI" in keys and isinstance(node["/URI"], String):
        _check_address(re.sub(_IGNORED, "", values.string(node["/URI"])).lower())


def _actions(node: Object, keys: set[str]) -> Iterator[Object]:
    """The actions of a dictionary. `/OpenAction` may be a place in the document. `/A` has other uses, without `/S`."""
    places = [node[key] for key in keys & {"/A", "/PA", "/OpenAction", "/Next"}]
    if "/AA" in keys and isinstance(node["/AA"], Dictionary):
        places += list(node["/AA"].as_dict().values())
    for place in places:
        for each in place if isinstance(place, Array) else [place]:
            if isinstance(each, Dictionary) and "/S" in each:
                yield each


def _kind(action: Object) -> str:
    return values.name(action["/S"])


def _check_address(text: str) -> None:
    """Refuses scripts, and files of this machine or another, whose opening can reveal a password's hash."""
    found = re.match(_SCHEME, text)
    is_link = found is None or found[1] in _SCHEMES or re.match(_HOST, text)
    if text.startswith(("\\\\", "//")) or not is_link:
        raise Refusal("active-content")
