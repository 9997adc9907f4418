"""Refuses dictionaries of a PDF that act, or that have or load another file (ISO 32000-1 12.5, 12.6, 7.11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from chalicelib.evidence.check import addresses
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
_BY_ITSELF = frozenset({"/OpenAction", "/AA"})
"""Keys of actions that a reader does without a click: at opening, at each page, when the mouse is over a place."""
_WHEN_ASKED = frozenset({"/A", "/PA", "/NA", "/Next"})
"""Keys of actions that follow a click or a key. They have other uses, with values that have no `/S`."""
_ACTIONS = frozenset({"/GoTo", "/URI", "/Named", "/Hide", "/ResetForm", "/SetOCGState"})
"""Actions that stay inside the document, and links that a person follows."""
_MENU = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward", "/Find", "/Print"})
"""Commands of the reader that a named action may give. Buttons of slides and forms have them."""


def check_all(nodes: Iterable[Object]) -> None:
    """`nodes`: dictionaries and streams. Raises `Refusal`: `active-content`, `action`, or `link`."""
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
    _check_actions(node, keys)
    _check_addresses(node, keys)


def _check_actions(node: Object, keys: set[str]) -> None:
    refused = [each for each in _dictionaries(node, keys & _BY_ITSELF) if not _is_place(each)]
    asked = [each for each in _dictionaries(node, keys & _WHEN_ASKED) if "/S" in each]
    if "/Type" in keys and values.name(node["/Type"]) == "/Action":
        asked.append(node)
    for action in refused + [each for each in asked if not _is_allowed(each)]:
        raise Refusal("active-content" if _kind(action) in _VALUES else "action")


def _dictionaries(node: Object, keys: set[str]) -> Iterator[Object]:
    """The actions under these keys. Additional actions are the values of a dictionary (12.6.3), without being one.

    An array has actions, or is a place, which begins with its page.
    """
    for key in keys:
        value = node[key]
        several = list(value.as_dict().values()) if key == "/AA" and isinstance(value, Dictionary) else [value]
        for each in several:
            if isinstance(each, Dictionary):
                yield each
            elif isinstance(each, Array):
                yield from (one for one in each if isinstance(one, Dictionary) and "/S" in one)


def _is_place(action: Object) -> bool:
    """True for a jump in the document that nothing follows."""
    return _kind(action) == "/GoTo" and _is_allowed(action) and "/Next" not in action


def _is_allowed(action: Object) -> bool:
    kind = _kind(action)
    if kind == "/Named":
        return values.name(action.get("/N", "")) in _MENU
    return kind in _ACTIONS and "/F" not in action  # a file


def _kind(action: Object) -> str:
    return values.name(action.get("/S", ""))


def _check_addresses(node: Object, keys: set[str]) -> None:
    """`/Base` goes before each address without a scheme (12.6.4.7)."""
    for key in keys & {"/URI", "/Base"}:
        if isinstance(given := node[key], String):
            address = values.string(given)
            relative = key == "/URI" and addresses.is_relative(address)
            if not relative and not addresses.is_followed(address):
                raise Refusal("link")
