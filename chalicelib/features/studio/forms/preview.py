"""A wording as people read it: its placeholders have the values of an invented case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from chalicelib.features.studio.forms.options import WrittenChoices
from chalicelib.features.studio.forms.written import LANGUAGES, value_at
from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining.text import clock_time
from chalicelib.web.pages.reader import Reader

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
_NUMBER = "202611-000001"
_NAMED = {"stage": ("stages",), "clock": ("clocks",), "task": ("tasks",), "role": ("people",)}
"""Placeholders for what the document names, with its part: the first one is shown."""


class TextPreview(NamedTuple):
    language: str
    text: str


def previews(typed: Callable[[str], str], document: Any, calendar: Calendar, now: Instant) -> list[TextPreview]:
    """`typed`: by language. What is no placeholder stays, and the check says so."""
    found = []
    for language in LANGUAGES:
        values = _values(WrittenChoices(document, Reader(language, chosen=True)), clock_time(calendar, now, language))
        shown = _OPTIONAL.sub(lambda part: part[1], typed(language))
        text = _PLACEHOLDER.sub(lambda name, of=values: of.get(name[1], name[0]), shown)  # type: ignore[misc]
        found += [TextPreview(language, text)] if text else []
    return found


def _values(choices: WrittenChoices, time: str) -> dict[str, str]:
    reader = choices.reader
    parts = {name: next(iter(choices.labels(path).values()), "") for name, path in _NAMED.items()}
    own = (value_at(choices.document, path) for path in (("fields",), ("intake", "facts")))
    times = {str(name): time for part in own if isinstance(part, Mapping) for name in part}
    invented = {name: reader.text(f"studio.invented.{name}") for name in ("unit", "said")}
    events = {"event": choices.event("inspected"), "progress": choices.event("inspected")}
    return {**times, **parts, **invented, **events, "number": _NUMBER, "due": time, "tier": "2", "points": "3"}
