"""What the reader of a value is given, and how it refuses the value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from typing import Protocol

import msgspec

from chalicelib.kit.instants import Instant, from_instant


class ValueLimits(Protocol):
    """What a fact says about its values (`facts.Fact`)."""

    @property
    def choices(self) -> Mapping[str, object]: ...

    @property
    def most(self) -> int | float | None: ...

    @property
    def longest(self) -> int: ...

    @property
    def tense(self) -> str: ...

    @property
    def least(self) -> int | float | None: ...


class NotOfKind(Exception):
    """The value is not of the kind, whose row says what it would be (`fact_kinds.FactKind.expected`)."""


class InvalidFieldValue(Exception):
    """The value is invalid. `path` leads to the faulty part inside it."""

    def __init__(self, sentence: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path


class ValueContext(msgspec.Struct, frozen=True):
    """The limits for a value. `since` is the complaint's registration: past times must not lie before it."""

    choices: tuple[str, ...]
    fact: ValueLimits
    now: Instant
    since: Instant | None
    zone: tzinfo = UTC
    """In which a date is compared with the times."""

    def day(self, instant: Instant) -> date:
        return from_instant(instant).astimezone(self.zone).date()
