"""Every text that a request must not leave empty is refused if a reader sees nothing of it.

The places come from the routes' own documents. A text needs the check if its type refuses an empty one. A pattern that
no unseen text matches, such as that of a number, is a check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import msgspec
import pytest

import app
from chalicelib.kit.decoding import SEEN, RequestDocument, SeenText, fields_of, invalid_values, is_struct
from chalicelib.kit.problem import Problem
from chalicelib.kit.web_addresses.folding import is_blank
from chalicelib.web.languages import say
from chalicelib.web.request_parts import decode

UNSEEN = (" ", "\u00a0", "\u3000", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u3164", "\u2800", "\U000e0041")
LENGTHS = (1, 3, 64)
"""The last is that of a digest."""
DOCUMENTS = {document for one in app.app.all_contracts for document in (one.request, one.query) if document is not None}


class Place(NamedTuple):
    """A text in a request. `filled`: a request that has only a text there. `path`: where it is."""

    kind: Any
    path: tuple[str | int, ...]

    def filled(self, text: str) -> Any:
        value: Any = text
        for step in reversed(self.path):
            value = [value] if step == 0 else {text if step == KEY else step: value}
        return value

    def at(self, text: str) -> tuple[str | int, ...]:
        return tuple(text if step == KEY else step for step in self.path)


KEY = "*"
"""Stands for the text as a key of a map; its value then is the same text."""


def texts_in(kind: Any, path: tuple[str | int, ...] = (), around: tuple[Any, ...] = ()) -> Iterator[Place]:
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    origin, inner = get_origin(plain), get_args(plain)
    if plain is str:
        yield Place(kind, path)
    elif is_struct(plain) and plain not in around:
        for field in fields_of(plain):
            yield from texts_in(field.type, (*path, field.encode_name), (*around, plain))
    elif origin in (Union, UnionType):
        for one in inner:
            yield from texts_in(one, path, around)
    elif origin in (list, tuple, set, frozenset):
        yield from texts_in(inner[0], (*path, 0), around)
    elif origin is dict:
        yield from (Place(one.kind, (*path, KEY)) for one in texts_in(inner[0], (), around))
        yield from texts_in(inner[1], (*path, "a"), around)


def takes(kind: Any, text: str) -> bool:
    try:
        msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return False
    return True


REQUIRED = {
    f"{document.__name__}/{'/'.join(map(str, one.path))}": (document, one)
    for document in DOCUMENTS
    for one in texts_in(document)
    if not takes(one.kind, "")
}


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_a_required_text_of_a_request_is_refused_if_nothing_of_it_is_seen(name: str) -> None:
    document, place = REQUIRED[name]
    texts = [sign * length for sign in UNSEEN for length in LENGTHS]

    taken = [ascii(text) for text in texts if place.at(text) not in wrong_places(place.filled(text), document)]

    assert taken == []


def wrong_places(value: Any, document: Any) -> set[tuple[str | int, ...]]:
    return {one.path for one in invalid_values(value, document, strict=False)}


def test_the_places_are_those_of_texts_that_people_write_and_of_names() -> None:
    written = {"NewComment/text", "NoticeInput/reason", "FiguresCorrection/reason", "NewImprovement/title"}
    written |= {"Suspension/reason", "SignUp/name", "NewReport/about/names/0", "ComplaintSearch/category/*"}
    inside = {"ActOnNotice/fields/texts/a", "ActOnNotice/fields/reason"}

    assert (written - {"NoticeInput/reason"}) | inside <= REQUIRED.keys()
    assert "BacktestRequest/from" not in REQUIRED


class Note(RequestDocument, frozen=True):
    text: SeenText
    by: Annotated[str, SEEN] = "x"
    names: dict[SeenText, list[SeenText]] | None = None
    more: Note | None = None


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        ({"text": "\u200b"}, ["/text"]),
        ({"text": "a", "by": " "}, ["/by"]),
        ({"text": "a", "names": {"\u3000": ["b", "\u200b"]}}, ["/names/\u3000", "/names/\u3000/1"]),
        ({"text": "a", "more": {"text": "\u2060"}}, ["/more/text"]),
        ({"text": " ", "other": 1, "names": 5}, ["/names", "/other", "/text"]),
    ],
)
def test_each_unseen_text_has_its_place_beside_other_faults(value: Any, pointers: list[str]) -> None:
    with pytest.raises(Problem) as raised:
        decode(value, Note)

    assert [place.pointer for place in raised.value.places] == pointers


@pytest.mark.parametrize(
    "text", ["a", "漏", "。", "\u202eok", "👨\u200d👩\u200d👧", "\u0967", " \u200b.", "e\u0301"], ids=ascii
)
def test_one_sign_that_is_seen_is_a_text(text: str) -> None:
    assert not is_blank(text)
    assert decode({"text": text}, Note).text == text


def test_the_problem_says_in_both_languages_what_is_missing() -> None:
    with pytest.raises(Problem) as raised:
        decode({"text": "\u200b"}, Note)
    [place] = raised.value.places

    assert [say(place.text, language) for language in ("en", "zh")] == [
        "must have a character that can be seen",
        "须有看得见的字符",
    ]


def test_no_schema_shows_the_check() -> None:
    assert msgspec.json.schema(SeenText) == {"type": "string", "minLength": 1}
