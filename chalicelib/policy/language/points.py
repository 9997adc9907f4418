"""Points: what valid complaints count against the unit that they concern, and what is owed when they add up (P7.3)."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.policy.language.trigger import Condition, Trigger

WITHOUT_CLASSES = "none"
"""The key of `values` where the policy has no severity classes."""


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Reaching so many points within the window opens this task of the unit."""

    reached: int
    task: str
    role: str | None = None
    """Who owes it; by default whoever the task says."""


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A complaint scores once, at its first event that is valid; what its unit then has in the window is added up."""

    per: Literal["unit"] = "unit"
    on: list[Trigger]
    when: list[Condition] = []
    """Any of these, or always: what the complaint must be like at the event."""
    values: dict[str, int]
    """By severity at the event."""
    window: str
    """A limit text. Points count from their event until this is over."""
    at: list[Threshold]
    clause: str | None = None
