"""The ways in which an entry of a preset can be changed, by the kind of its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from chalicelib.policy.language.vocabulary import EVENTS, LISTABLE_ACTS
from tests.clauses.mutation.lines import Entry
from tests.clauses.mutation.names import Names

_LIMIT = re.compile(r"(\d+) ((?:(?:working|calendar) )?(?:minute|hour|day|week|month|year))s?( before)?")
_OTHER_UNIT = {
    "minute": "hour",
    "hour": "working hour",
    "day": "working day",
    "month": "calendar month",
    "working hour": "hour",
    "working day": "calendar day",
    "calendar day": "working day",
}
_OTHER_WORDS = {
    "missed": ("record", "escalate"),
    "audience": ("users", "public"),
    "duty": ("office", "complainant", "service"),
    "holder": ("internal", "content", "complainant", "respondent"),
    "tense": ("any", "future", "past"),
    "day_ends": ("midnight", "close"),
    "source": ("screening",),
    "consent": ("none", "complainant"),
    "shelf": ("open", "pending", "archived"),
    "unit": ("optional", "required", "none"),
    "of": ("any", "assigned", "unit", "complaint"),
    "kind": ("text", "choice", "choices"),
    "hours": ("closed", "open"),
    "timezone": ("Asia/Tokyo",),
    "holidays": ("JP",),
    "per": ("unit",),
}
_ROLE_KEYS = frozenset(
    {"by", "to", "tells", "roles", "role", "for", "approval", "complainant", "content", "auditors", "assigns"}
)
_FIELD_KEYS = frozenset({"needs", "takes", "phone", "email", "subject", "latest", "field", "encloses", "shows"})
_EVENT_KEYS = frozenset({"from", "until", "on", "after", "not", "same", "survives", "event", "start"})
PARTIES = ("complainant", "respondent", "assigned", "owner")


class Change(NamedTuple):
    """`value`: what stands in the entry's place; `GONE` if nothing does."""

    way: str
    value: Any


GONE = object()


def changes(entry: Entry, names: Names) -> Iterator[Sequence[Change]]:
    """For each way, the changes of which the first valid one is a mutant."""
    yield [Change("removed", GONE)]
    if not entry.is_leaf:
        return
    value, key = entry.value, _key(entry)
    if isinstance(value, bool):
        yield [Change("flipped", not value)]
    elif isinstance(value, int):
        yield [Change("other-number", value + 1)]
    elif value in ("yes", "no") and isinstance(value, str):
        yield [Change("flipped", "no" if value == "yes" else "yes")]
    elif isinstance(value, str):
        yield from _of_text(entry, value, key, names)


def _of_text(entry: Entry, value: str, key: str, names: Names) -> Iterator[Sequence[Change]]:
    if _LIMIT.fullmatch(value):
        yield from _limits(value)
    elif value in ("same day", "same working day"):
        yield [Change("other-limit", "1 working day")]
    elif "when" in entry.path or key in ("values", "when"):
        known = names.stages if key == "stage" else names.choices.get(key, ())
        yield _others("other-value", value, known)
    elif value in names.roles + PARTIES and key in _ROLE_KEYS | set(names.roles):
        yield _others("other-role", value, (*names.roles, *PARTIES))
    elif value in names.stages and key in ("to", "stage", "stages", "paused_in", "first"):
        yield _others("other-stage", value, names.stages)
    elif value in EVENTS and key in _EVENT_KEYS:
        yield _others("other-event", value, sorted(EVENTS))
    else:
        yield from _of_words(value, key, names)


def _of_words(value: str, key: str, names: Names) -> Iterator[Sequence[Change]]:
    if key == "needs":
        yield [Change("optional", value)]
    if key == "act":
        yield _others("other-act", value, sorted(LISTABLE_ACTS))
    elif key == "wording":
        yield _others("other-wording", value, names.wordings)
    elif key in ("to", "needs_sign") and value in names.classes:
        yield _others("other-class", value, names.classes)
    elif key in _OTHER_WORDS:
        yield _others("other-word", value, _OTHER_WORDS[key])
    elif key in _FIELD_KEYS or value.startswith("field."):
        prefix = "field." if value.startswith("field.") else ""
        yield _others("other-field", value, [prefix + name for name in names.fields])


def _limits(text: str) -> Iterator[Sequence[Change]]:
    found = _LIMIT.fullmatch(text)
    assert found is not None
    number, unit, before = int(found[1]), found[2], found[3] or ""
    yield [Change("longer-limit", _limit(number + 1, unit, before))]
    if number > 1:
        yield [Change("shorter-limit", _limit(number - 1, unit, before))]
    if unit in _OTHER_UNIT:
        yield [Change("other-unit", _limit(number, _OTHER_UNIT[unit], before))]


def _limit(number: int, unit: str, before: str) -> str:
    return f"{number} {unit}{'s' if number > 1 else ''}{before}"


def _others(way: str, value: str, known: Sequence[str]) -> list[Change]:
    """The other names, from the next one on."""
    at = list(known).index(value) + 1 if value in known else 0
    return [Change(way, one) for one in (*known[at:], *known[:at]) if one != value]


def _key(entry: Entry) -> str:
    """The innermost name around a value that is a list item, or the entry's own."""
    return next(str(step) for step in reversed(entry.path) if isinstance(step, str))
