"""Visits every object of a parsed PDF, also those that nothing refers to, and those inside object streams.

Dictionaries that act, or that have or load another file, are refused (ISO 32000-1 12.5, 12.6, 7.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import filters
from chalicelib.features.evidence.refusal import Refusal

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
_STREAM_KEYS = frozenset({"/F", "/FFilter", "/Ref", "/OPI"})
"""Keys by which a stream, form or image takes its content from another file (7.3.8.2, 8.10.4, 14.11.7)."""
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
        if isinstance(node[key], Name) and filters.name(node[key]) in _VALUES:
            raise Refusal("active-content")
    _check_actions(node, keys)
    _check_addresses(node, keys)


def _check_actions(node: Object, keys: set[str]) -> None:
    refused = [each for key in keys & _BY_ITSELF for each in _done(key, node[key]) if not _is_place(each)]
    asked = [each for key in keys & _WHEN_ASKED for each in _actions(node[key])]
    if "/Type" in keys and filters.name(node["/Type"]) == "/Action":
        asked.append(node)
    for action in refused + [each for each in asked if not _is_allowed(each)]:
        raise Refusal("active-content" if _kind(action) in _VALUES else "action")


def _done(key: str, value: object) -> list[Any]:
    """What must be places. Additional actions are the values of a dictionary (12.6.3), without being one."""
    return [each for _, each in value.items()] if key == "/AA" and isinstance(value, Dictionary) else [value]


def _actions(value: object) -> Iterator[Object]:
    """The actions that a value is or has. Programs take the dictionary of a stream, and some arrays in arrays."""
    waiting, seen = [value], set[tuple[int, int]]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream) and "/S" in each:
            yield each
        elif isinstance(each, Array) and each.objgen not in seen:
            seen.update({each.objgen} if each.is_indirect else ())
            waiting += list(each)


def _is_place(value: object) -> bool:
    """True for a place in the document (12.3.2), and for a jump to one that nothing follows."""
    if isinstance(value, Array):
        return not any(
            isinstance(each, Array | Dictionary | Stream) and not _is_page(at, each) for at, each in enumerate(value)
        )
    if isinstance(value, Dictionary):
        return _kind(value) == "/GoTo" and _is_allowed(value) and "/Next" not in value
    return value is None or isinstance(value, Name | String)


def _is_page(at: int, value: Object) -> bool:
    return at == 0 and isinstance(value, Dictionary) and "/S" not in value


def _is_allowed(action: Object) -> bool:
    kind = _kind(action)
    if kind == "/Named":
        return filters.name(action.get("/N", "")) in _MENU
    return kind in _ACTIONS and "/F" not in action  # a file


def _kind(action: object) -> str:
    return filters.name(action.get("/S", "")) if isinstance(action, Dictionary | Stream) else ""


def _check_addresses(node: Object, keys: set[str]) -> None:
    """`/Base` goes before each address without a scheme (12.6.4.7)."""
    for key in keys & {"/URI", "/Base"}:
        given = node[key]
        if isinstance(given, String):
            address = filters.string(given)
            relative = key == "/URI" and addresses.is_relative(address)
            if not relative and not addresses.is_followed(address):
                raise Refusal("link")
        elif key == "/URI" and ("/S" in keys or not _has_base(given)):
            raise Refusal("link")


def _has_base(value: object) -> bool:
    """True for the dictionary `/URI` of the catalog. A program may take another value than a string as an address."""
    return isinstance(value, Dictionary) and ("/Base" not in value or isinstance(value["/Base"], String))


_SUSPECT = re.compile(
    rb"/(?:JS|JavaScript|EF|Embedded|XFA|Launch|ImportData|SubmitForm|Rich|Encrypt|GoTo[RE]|Rendition|Movie|Sound|File|Screen"
    rb"|3D|PS|AA?|PA|NA|OpenAction|Next|URI|Base\b)"
)
"""Begins every name that `actions` looks at. The parser writes names without needless escapes."""


def check(document: Pdf, budget: InflationBudget) -> None:
    """Raises `Refusal` for an encrypted document, active content, or streams that inflate beyond the budget."""
    if document.is_encrypted:
        raise Refusal("encrypted")
    for top in document.objects:
        if isinstance(top, Stream):
            filters.check(top, budget)
    check_actions(document)


def check_actions(document: Pdf) -> None:
    """Raises `Refusal`. Decodes no streams, except those of objects."""
    check_all(dictionaries(document.trailer))
    for top in document.objects:
        if isinstance(top, Stream):
            check_all(dictionaries(top))
        elif isinstance(top, Array | Dictionary) and _SUSPECT.search(top.unparse(resolved=True)):
            # A search of the text is ten times as fast as a visit, and most objects have none of these names.
            check_all(dictionaries(top))


def dictionaries(top: Object) -> Iterator[Object]:
    """The dictionaries inside an object, with itself. Objects with a number of their own are not followed."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            found = list(node)
        else:
            yield node
            found = [value for _, value in node.items()]
        waiting += [each for each in found if isinstance(each, Array | Dictionary) and not each.is_indirect]
