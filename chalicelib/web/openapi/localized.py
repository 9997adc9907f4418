"""The OpenAPI document in the reader's language.

The key is the English text, as for problems (decision 0081). So a changed English text that is in code needs its
Chinese text again. Texts of parameters that a row of code defines are in that row.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from chalicelib.casework import queue_row
from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.statistics import dimensions
from chalicelib.web.languages import CHINESE
from chalicelib.web.openapi.document import Document
from chalicelib.web.openapi.texts import load

_TOLD = ("summary", "description")
_NAME = "x-displayName"
"""A tag's name for people, which viewers of OpenAPI documents know. `name` links operations to it, so it stays."""


def pairs() -> Iterator[InBoth]:
    """Every text in both languages."""
    written = load()
    yield from catalogue.section("descriptions", list[InBoth])
    for tag in written.tags.values():
        yield from (tag.name, tag.about)
    for operation in written.operations.values():
        yield from (operation.description, *operation.parameters.values())
    yield from written.parameters.values()
    yield from (InBoth(one.en, one.zh) for _, one in queue_row.filters().values())
    yield from (dimensions.rows_by(), *dimensions.filters().values())


def key(text: str) -> str:
    """The text without the line breaks that a docstring has."""
    return " ".join(text.split())


def say(text: str, language: str) -> str:
    """A text of the document in the language. Lists of problem kinds are no texts, and stay as they are."""
    return _catalogue().get(key(text), text) if language == CHINESE else text


def localized(document: Document, language: str) -> Document:
    """The document with its texts in the language."""
    if language != CHINESE:
        return document
    tags = [{**tag, _NAME: say(tag["name"], language)} for tag in document["tags"]]
    found: Document = _told({**document, "tags": tags}, language)
    return found


def texts(part: Any) -> Iterator[str]:
    """The English texts of a part of the document."""
    for name, one in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name in _TOLD and isinstance(one, str):
            yield one
        elif not _is_example(part, name):
            yield from texts(one)


def _told(part: Any, language: str) -> Any:
    if isinstance(part, list):
        return [_told(one, language) for one in part]
    if not isinstance(part, dict):
        return part
    return {name: _member(part, name, language) for name in part}


def _member(part: dict[str, Any], name: str, language: str) -> Any:
    one = part[name]
    if name in _TOLD and isinstance(one, str):
        return say(one, language)
    return one if _is_example(part, name) else _told(one, language)


def _is_example(part: Any, name: Any) -> bool:
    """Examples are what programs send and get."""
    return (name == "example" and "schema" in part) or (name == "examples" and isinstance(part[name], list))


@functools.cache
def _catalogue() -> dict[str, str]:
    return {key(pair.en): pair.zh for pair in pairs()}
