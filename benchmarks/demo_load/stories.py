"""The possible courses of a complaint as data for the plan: the acts of its people."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kit.instants import Instant

Facts = Callable[[str, Instant, bool, random.Random], dict[str, Any]]
"""Returns a filing's facts for a text, a time of filing, and whether the limitation period is over."""

OK, NOT_OPEN = 200, 409


@dataclass(frozen=True, slots=True)
class Move:
    """One act: by a role or the `complainant`, between `gap[0]` and `gap[1]` working minutes after the previous act.

    A field `@role` stands for the person in that role.
    """

    who: str
    act: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    gap: tuple[int, int] = (15, 90)
    expect: int = OK


@dataclass(frozen=True, slots=True)
class Story:
    """`ends`: the last stage. `out_of_time`: filed after the limitation period."""

    name: str
    weight: int
    moves: tuple[Move, ...]
    ends: str
    out_of_time: bool = False
    severity: str = ""
    """The class of each of its filings, if not any: an act may raise the class, and not lower it without a reason."""


@dataclass(frozen=True, slots=True)
class Office:
    """A preset as this benchmark uses it. `facts`: returns invented facts for its intake, with the text."""

    preset: str
    roles: tuple[str, ...]
    tiers: Mapping[int, str]
    """The role on each escalation tier."""
    channels: tuple[str, ...]
    severities: Mapping[str, int]
    """Weights by class; empty if the preset has none."""
    categories: Mapping[str, tuple[str, ...]]
    facts: Facts
    stories: tuple[Story, ...]
    facts_of_class: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Further facts that a filing of this class must give."""
