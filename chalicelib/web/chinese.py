"""Chinese texts of problems, keyed by the English text or its template. Imported at the first request in Chinese."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth, Text

_TEXTS_WITHIN = ("fault", "problem")
"""Placeholders for another text of this service, with or without values."""


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of a library or a parser, of which only the English form is known."""

    pattern: str
    zh: str


@cache
def texts() -> dict[str, str]:
    return {text.en: text.zh for text in catalogue.section("problems", list[InBoth])}


def translate(text: str) -> str:
    """The Chinese text. A text that is not in the catalogue, such as the words of an operator, stays as it is."""
    if isinstance(text, Text):
        return (
            texts()
            .get(text.template, text.template)
            .format_map({name: _value(name, value) for name, value in text.values.items()})
        )
    return texts().get(text) or translate_foreign(text)


def translate_foreign(text: str) -> str:
    """The Chinese text of a library's text, or the text itself if no pattern fits it."""
    for row in catalogue.section("patterns", list[Pattern]):
        if found := re.fullmatch(row.pattern, text, re.DOTALL):
            return found.expand(row.zh)
    return text


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Text) or name in _TEXTS_WITHIN:
        return translate(value)
    if isinstance(value, InBoth):
        return value.zh
    if isinstance(value, Exception):
        return translate_foreign(str(value))
    return catalogue.section("words", dict[str, dict[str, str]]).get(name, {}).get(str(value), value)
