"""Clocks: deadlines, with their limits."""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.parts import Label, LanguagePart


class LimitRule(LanguagePart, frozen=True, kw_only=True):
    """The limit for the complaints that match the condition."""

    limit: str
    when: Condition = {}


class MissedAct(LanguagePart, frozen=True, kw_only=True):
    """An act that the system performs at the due time, if the present stage offers it."""

    act: str
    fields: dict[str, Any] = {}
    """The act's fields: constants, or texts as `{zh, en}`."""


class Clock(LanguagePart, frozen=True, kw_only=True):
    """A deadline: the events that start and stop it, and its time limits."""

    name: Label | None = None
    start: list[Trigger]
    until: list[Trigger]
    when: Condition = {}
    within: list[LimitRule] = []
    stated: str | None = None
    """Instead of `within`: the field or fact of the starting event that holds the due time (P7.1)."""
    warn: list[str] = []
    missed: Literal["escalate", "record"] | MissedAct = "escalate"
    paused_in: list[str] = []
    survives: list[str] = []
    calendar: str | None = None
    """A name of `calendars`, or `unit`. By default the policy's `calendar`."""
    clause: str | None = None
