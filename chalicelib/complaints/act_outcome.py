"""The case as an act would leave it: conditions of its approval, messages and targets are evaluated on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.complaints.act_hooks import hooks_of
from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.envelope import SYSTEM, Actor, EventDraft, EventFields, Result
from chalicelib.complaints.fields import CheckedFields
from chalicelib.complaints.flow import flags_with_route
from chalicelib.complaints.permits import ROUTED
from chalicelib.complaints.state import Complaint, evolve
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


class Intent(msgspec.Struct, frozen=True):
    """An act that is permitted and whose fields are checked."""

    name: str
    act: Act
    given: CheckedFields
    actor: Actor
    at: Instant

    @property
    def event(self) -> str:
        return EVENT_OF_ACT[self.name]


class ActOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The event of an act, not added yet. `case`: the values that conditions compare, with the stage after the act."""

    fields: EventFields
    stage: str
    flags: dict[str, str]
    severity: str | None
    assigned: dict[str, list[str]]
    signed: list[str]
    case: Mapping[str, str]


def outcome_of(policy: Policy, before: Complaint, intent: Intent) -> ActOutcome:
    """Raises `Problem` if the values do not fit the complaint."""
    act, given, hooks = intent.act, intent.given, hooks_of(intent.name)
    fields = {**given.event_fields(), **hooks.writes(policy, before, act, given.public, intent.at)}
    people = {role: given.public[key] for role, key in act.assigned_fields.items() if key in given.public}
    if people:
        fields["assigned"] = people
    set_flags = flags_after(policy, intent.name, act, given.public)
    flags, severity = {**before.flags, **set_flags}, hooks.severity_after(given.public, before.severity)
    case = situation(policy, before)
    if policy.second_edition:
        result = Result(before.stage, before.tier, severity, flags)
        after = evolve(before, EventDraft(type=intent.event, at=intent.at, actor=SYSTEM, fields=fields, result=result))
        if policy.document.intake.routing:
            after = msgspec.structs.replace(after, flags=flags_with_route(policy, after))
        case = {**situation(policy, after), **own_values(policy, given.public), **set_flags}
    by_roles = act.all and intent.actor.kind != SYSTEM.kind
    signed = sorted({*before.signed.get(intent.name, []), intent.actor.stands_for or ""}) if by_roles else []
    stage = before.stage if by_roles and not _complete(act, before, signed) else act.next_stage(case) or before.stage
    return ActOutcome(
        fields=fields,
        stage=stage,
        flags=flags,
        severity=severity,
        assigned=people if intent.event != "assigned" else {},
        signed=signed if policy.second_edition else [],
        case={**case, "stage": stage},
    )


def own_values(policy: Policy, given: Mapping[str, Any]) -> dict[str, str]:
    """The act's own public values, as conditions spell them."""
    single = {name: value for name, value in given.items() if not isinstance(value, list | dict)}
    return {name: condition_value(value) for name, value in banded(policy, single).items()}


def flags_after(policy: Policy, name: str, act: Act, given: Mapping[str, Any]) -> dict[str, str]:
    """The flags that the act sets. `field.x` stands for the value of field `x`; without that value, no flag is set."""
    given = banded(policy, given)
    values = {
        flag: value if not value.startswith("field.") else given.get(value.removeprefix("field."))
        for flag, value in act.sets.items()
    }
    return {
        **hooks_of(name).flags,
        **{flag: condition_value(value) for flag, value in values.items() if value is not None},
    }


def roles_of(act: Act, complaint: Complaint) -> set[str]:
    """The roles that may do the act in this complaint."""
    return {complaint.flags.get(ROUTED, doer.role) if doer.role == ROUTED else doer.role for doer in act.by}


def _complete(act: Act, before: Complaint, done: list[str]) -> bool:
    return roles_of(act, before) <= set(done)
