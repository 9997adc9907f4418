"""Stages and their acts."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.notifications import NotificationRule
from chalicelib.policy.language.parts import Label, LanguagePart, RoleSelector


class Approval(LanguagePart, frozen=True, kw_only=True):
    """The act becomes a proposal that one of these roles approves or rejects (P7.8)."""

    by: list[str]
    when: Condition = {}


class Act(LanguagePart, frozen=True, kw_only=True):
    """An act that a stage allows."""

    by: list[RoleSelector]
    to: str | None = None
    needs: list[str] = []
    takes: list[str] = []
    after: list[str] = []
    """Event types that must have happened before."""
    when: Condition = {}
    tells: list[NotificationRule] = []
    approval: Approval | None = None
    sets: dict[str, str] = {}
    """Flags that the act sets, as text: `{reachable: "no"}`. `field.x` takes the value of field `x`."""
    assigns: dict[str, str] = {}
    """Maps a role to the field that lists its people: `{officer: officers}`."""
    all: bool = False
    """True if every role in `by` must perform the act before the stage changes (P3.4: both parties sign)."""
    within: str | None = None
    """`demand_evidence` only: the time limit for the answer. When it passes, the missing answer is recorded (P1.4)."""
    most: str | None = None
    """`extend` only: the maximum extension, counted from the previous due time."""
    clause: str | None = None


class Stage(LanguagePart, frozen=True, kw_only=True):
    """A stage of the procedure. A stage without acts is an end."""

    name: Label | None = None
    guidance: list[Label] = []
    acts: dict[str, Act] = {}
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    """The list of the staff's queue that shows complaints in this stage."""
