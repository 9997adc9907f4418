"""Points: how valid complaints score against a unit, and which tasks open when the sum reaches a threshold (P7.3)."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.parts import LanguagePart

WITHOUT_CLASSES = "none"
"""The key of `Points.values` in a policy without severity classes."""


class Threshold(LanguagePart, frozen=True, kw_only=True):
    """When the points in the window reach this number, the task opens for the unit."""

    reached: int
    task: str
    role: str | None = None
    """The role responsible for the task; by default the task's own role."""


class Points(LanguagePart, frozen=True, kw_only=True):
    """A complaint scores at an event that matches. The points of a unit are added up over the window."""

    per: Literal["unit"] = "unit"
    on: list[Trigger]
    when: list[Condition] = []
    """At least one must hold at the event; an empty list always holds."""
    counts: Literal["first", "latest"] = "first"
    """Which event decides. `latest`: a further event of a type in `on` replaces the complaint's points, also by 0."""
    values: dict[str, int]
    """Points by the complaint's severity class at the event."""
    window: str
    """A limit text. Points count from their event until this time has passed."""
    at: list[Threshold]
    clause: str | None = None
