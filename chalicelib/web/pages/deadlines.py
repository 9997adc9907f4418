"""Deadlines as pages show them: in the reader's language, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.policy.worktime import Calendar
from chalicelib.web.pages.drawing import Drawing, draw
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


class ShownDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """`why`: the explanation, sentence by sentence. `drawing`: the days from the start to the due time."""

    name: str
    state: str
    due: str
    why: list[str]
    drawing: Drawing | None


def shown(deadlines: Iterable[Mapping[str, Any]], calendar: Calendar, reader: Reader) -> list[ShownDeadline]:
    """`deadlines`: `DeadlineView`s as JSON."""
    return [_shown(one, calendar, reader) for one in deadlines]


def _shown(one: Mapping[str, Any], calendar: Calendar, reader: Reader) -> ShownDeadline:
    text: str = one["because"]["text"][reader.language]
    ends = "。" if reader.language == "zh" else ". "
    sentences = [part.strip() for part in text.split(ends) if part.strip()]
    stop = ends.strip()
    return ShownDeadline(
        name=reader.label(one.get("label"), one["clock"]),
        state=one["state"],
        due=time_text(calendar, reader, one["due"]) if one["due"] else "",
        drawing=draw(one["because"], reader),
        why=[sentence if sentence.endswith(stop) else sentence + stop for sentence in sentences],
    )
