"""What may become of a complaint: the moves of its people, as data for the planning."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.instants import Instant

Facts = Callable[[str, Instant, bool, random.Random], dict[str, Any]]
"""Of the text, the time of filing, and whether the limitation period is over."""

OK, NOT_OPEN = 200, 409


@dataclass(frozen=True, slots=True)
class Move:
    """One act: by a role or the `complainant`, between `gap[0]` and `gap[1]` working minutes after what came before.

    A field `@role` stands for the person in that role.
    """

    who: str
    act: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    gap: tuple[int, int] = (15, 90)
    expect: int = OK


@dataclass(frozen=True, slots=True)
class Story:
    """`ends`: the stage in which the complaint is left. `out_of_time`: filed after the limitation period."""

    name: str
    weight: int
    moves: tuple[Move, ...]
    ends: str
    out_of_time: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A preset as this load uses it. `facts`: what its intake requires, invented, and the text."""

    preset: str
    roles: tuple[str, ...]
    tiers: Mapping[int, str]
    """The role on each tier that is escalated to."""
    channels: tuple[str, ...]
    severities: Mapping[str, int]
    """Class and weight; empty where the preset has none."""
    categories: Mapping[str, tuple[str, ...]]
    facts: Facts
    stories: tuple[Story, ...]
