"""Stages, their acts, and who is told of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from chalicelib.policy.language.conditions import Condition, holds
from chalicelib.policy.language.parts import TIME, ActorSelector, Label, LanguagePart, PeopleSelector, role_names
from chalicelib.policy.language.vocabulary import LATE_ACTS, REOPENING_ACTS

TELEPHONE = "telephone"
"""The way of messages that staff tell by telephone if no mail reaches the complainant."""


class NotificationRule(LanguagePart, frozen=True, kw_only=True):
    """Sends a notification to the people of a role, to `assigned`, or to the `complainant`."""

    to: list[str | PeopleSelector]
    wording: str | None = None
    due: str | None = None
    """The clock that supplies the `{due}` placeholder of the wording. By default the clock that is due first."""
    when: Condition = {}
    encloses: list[str] = []
    """Fields of the event whose text is included in the e-mail to the complainant, as a written reply (P7.8)."""
    way: list[Literal["mail", "telephone", "text"]] | None = None
    """How it is sent, besides the inbox. By default `mail`; an empty list is the inbox alone. `telephone`: a task for
    staff if no mail reaches the complainant. `text` is refused until there are text messages."""

    @property
    def roles(self) -> list[str]:
        """The recipients without their exclusions."""
        return role_names(self.to)


class Approval(LanguagePart, frozen=True, kw_only=True):
    """The act becomes a proposal that one of these roles approves or rejects (P7.8)."""

    by: list[str | PeopleSelector]
    when: Condition = {}

    @property
    def roles(self) -> list[str]:
        """The approvers without their exclusions."""
        return role_names(self.by)


class Target(LanguagePart, frozen=True, kw_only=True):
    """The next stage of the cases that match the condition. `stage` in it means the stage before the act."""

    stage: str
    when: Condition = {}


class AssignedField(LanguagePart, frozen=True, kw_only=True, rename={"excluded": "not"}):
    """A field that names people, with a restriction on them. `not` and `same` are those of `PeopleSelector`."""

    field: str
    excluded: list[str] = []
    same: str | None = None


class Act(LanguagePart, frozen=True, kw_only=True):
    """An act that a stage allows."""

    by: list[ActorSelector]
    to: str | list[Target] | None = None
    """The next stage, or a list of targets of which exactly one applies in each case."""
    needs: list[str] = []
    takes: list[str] = []
    after: list[str] = []
    """Event types that must have happened before."""
    when: Condition = {}
    tells: list[NotificationRule] = []
    approval: Approval | list[Approval] | None = None
    """Of a list, the first one whose `when` holds."""
    sets: dict[str, str] = {}
    """Flags that the act sets, as text: `{reachable: "no"}`. `field.x` takes the value of field `x`."""
    assigns: dict[str, str | AssignedField] = {}
    """Maps a role to the field that lists its people: `{officer: officers}`."""
    sets_unit: str | None = None
    """The field that names one of the organisation's units, to which the complaint belongs from then on."""
    all: bool = False
    """True if every role in `by` must perform the act before the stage changes (P3.4: both parties sign). Each role
    performs it once, with its own fields."""
    within: str | None = None
    """`demand_evidence` only: the time limit for the answer. When it passes, the missing answer is recorded (P1.4)."""
    most: str | None = None
    """`extend`: the maximum extension, counted from the previous due time. `promise`: the latest time that can be
    promised, counted from the act."""
    most_total: str | None = None
    """`extend` and `promise`: the latest due time, counted from the start of the first run of the clock that they
    change."""
    late: bool = False
    """`extend` and `promise` only: true if the act is possible after the due time of the clock that it changes."""
    names: list[str] = []
    """`recuse` only: the roles that may name another person. By default all who may do the act."""
    undoes: list[str] = []
    """Event types that no longer count for `after`, until they happen again. For `recuse`: if a person whom it excludes
    did them (P9.12)."""
    clause: str | None = None

    @property
    def approvals(self) -> list[Approval]:
        return [self.approval] if isinstance(self.approval, Approval) else self.approval or []

    def approval_in(self, case: Mapping[str, str]) -> int | None:
        """The place among `approvals` of the first one whose condition holds. None: it needs no approval."""
        return next((at for at, one in enumerate(self.approvals) if holds(one.when, case)), None)

    @property
    def by_time(self) -> bool:
        """True if no person may do it, only a clock that performs it."""
        return any(one.role == TIME for one in self.by)

    @property
    def targets(self) -> list[Target]:
        """The possible next stages; empty if the act does not change the stage."""
        return [Target(stage=self.to)] if isinstance(self.to, str) else self.to or []

    def stages_after(self, before: str) -> set[str]:
        """The stages in which the act can leave a complaint. An `all` act may leave it where it is."""
        onward = {target.stage for target in self.targets} or {before}
        return onward | {before} if self.all else onward

    def next_stage(self, case: Mapping[str, str]) -> str | None:
        """The stage to which the act leads in this case; None if it does not change the stage."""
        return next((target.stage for target in self.targets if holds(target.when, case)), None)

    @property
    def assigned_fields(self) -> dict[str, str]:
        """The field that names the people of each role that the act assigns."""
        return {role: one if isinstance(one, str) else one.field for role, one in self.assigns.items()}


class Stage(LanguagePart, frozen=True, kw_only=True):
    """A stage of the procedure."""

    name: Label | None = None
    guidance: list[Label] = []
    acts: dict[str, Act] = {}
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    """The list of the staff's queue that shows complaints in this stage."""

    @property
    def is_end(self) -> bool:
        """True without acts that lead a case on: besides those that reopen it, only late acts that change no stage."""
        return all(name in REOPENING_ACTS or (name in LATE_ACTS and act.to is None) for name, act in self.acts.items())
