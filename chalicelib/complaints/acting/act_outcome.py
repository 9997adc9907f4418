"""The case as an act would leave it: conditions of its approval, messages and targets are evaluated on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.acting.requested import Intent
from chalicelib.complaints.applying.evolve import evolve
from chalicelib.complaints.condition_context import banded, clock_states, flags_with_route, situation
from chalicelib.complaints.envelope import SYSTEM, EventDraft, EventFields, Result
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.participation import Doer, excluded_by
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.rights.permits import ROUTED
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import CATEGORY, COMPLAINT_CONDITIONS


class ActOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The event of an act, not added yet. `case`: the values that conditions compare, with the stage after the act."""

    fields: EventFields
    stage: str
    flags: dict[str, str]
    severity: str | None
    assigned: dict[str, list[str]]
    signed: list[str]
    partial: bool
    took_part: list[list[str]]
    undone: list[str]
    unit: str | None
    case: Mapping[str, str]


def outcome_of(policy: Policy, before: Complaint, intent: Intent) -> ActOutcome:
    """Raises `Problem` if the values do not fit the complaint."""
    act, given, hooks = intent.act, intent.given, hooks_of(intent.name)
    concerned = {} if intent.origin is None else hooks.named(intent.origin.concerns)
    written = hooks.writes(policy, before, act, {**given.public, **concerned}, intent.at)
    fields = with_categories(policy, before, intent.name, {**given.event_fields(), **written})
    people = {role: given.public[key] for role, key in act.assigned_fields.items() if key in given.public}
    if people:
        fields["assigned"] = people
    signed = _signed(before, intent)
    partial = bool(signed) and not _complete(act, before, signed)
    if partial:
        fields.pop(CATEGORY, None)
    set_flags = flags_after(policy, act, given.public)
    flags = {**before.flags, **({} if partial else hooks.flags), **set_flags}
    severity = before.severity if partial else hooks.severity_after(given.public, before.severity)
    unit = None if partial or act.sets_unit is None else given.public.get(act.sets_unit)
    _check_another_unit(act, before, unit)
    result = Result(before.stage, before.tier, severity, flags, partial=partial, unit=unit)
    after = evolve(before, EventDraft(type=intent.event, at=intent.at, actor=SYSTEM, fields=fields, result=result))
    if policy.document.intake.routing:
        after = msgspec.structs.replace(after, flags=flags_with_route(policy, after))
    case = _case_after(policy, after, intent)
    stage = before.stage if partial else act.next_stage(case) or before.stage
    return ActOutcome(
        fields=fields,
        stage=stage,
        flags=flags,
        severity=severity,
        assigned=people if intent.event != "assigned" else {},
        signed=signed,
        partial=partial,
        took_part=intent.took_part,
        undone=[] if partial else exclusion.undone_by(policy, act, before, _excluded(intent)),
        unit=unit,
        case={**case, "stage": stage, **_clocks_before(before, act)},
    )


def _check_another_unit(act: Act, before: Complaint, unit: str | None) -> None:
    """Raises `Problem("invalid")` if the act does nothing but set a unit, and the complaint has this one already."""
    if unit is None or unit != before.unit or act.to or act.sets or act.assigns:
        return
    place = Place(pointer("fields", act.sets_unit or ""), "the complaint belongs to this unit already")
    raise Problem("invalid", "Some values are missing or not of the kind that is needed.", places=[place])


def _clocks_before(before: Complaint, act: Act) -> dict[str, str]:
    """The clocks that the conditions of the act's messages ask for. The act has not started or ended them yet."""
    return clock_states(before, (name for one in act.tells for name in one.when))


def with_categories(policy: Policy, before: Complaint, name: str, fields: EventFields) -> EventFields:
    """The fields of an event. Categories are together under one key, as at the filing: those that `classify` corrects,
    and those that staff choose."""
    document = policy.document
    chosen = {key: fields[key] for key in document.intake.categories if key in fields and not document.definition(key)}
    if not hooks_of(name).corrects:
        chosen = {key: value for key, value in chosen.items() if key in before.for_staff}
    if not chosen:
        return fields
    return {**{key: value for key, value in fields.items() if key not in chosen}, CATEGORY: chosen}


def _case_after(policy: Policy, after: Complaint, intent: Intent) -> dict[str, str]:
    """The values that conditions compare. What the complaint has by nature, the act's fields cannot replace."""
    given, case = intent.given.public, situation(policy, after)
    own = {**own_values(policy, given), **flags_after(policy, intent.act, given)}
    fixed = COMPLAINT_CONDITIONS | policy.document.intake.categories.keys()
    return {**case, **{name: value for name, value in own.items() if name not in fixed}}


def _excluded(intent: Intent) -> list[Doer] | None:
    """The people whom a recusal excludes; None for other acts."""
    return excluded_by(intent.given.public, intent.actor) if intent.event == "recused" else None


def _signed(before: Complaint, intent: Intent) -> list[str]:
    """For an act that several roles do: those that have done it, this one included."""
    if not intent.act.all or intent.actor.kind == SYSTEM.kind:
        return []
    return sorted({*before.signed.get(intent.name, []), intent.role})


def own_values(policy: Policy, given: Mapping[str, Any]) -> dict[str, str]:
    """The act's own public values, as conditions spell them."""
    single = {name: value for name, value in given.items() if not isinstance(value, list | dict)}
    return {name: condition_value(value) for name, value in banded(policy, single).items()}


def flags_after(policy: Policy, act: Act, given: Mapping[str, Any]) -> dict[str, str]:
    """The flags of the act's `sets`. `field.x` stands for the value of field `x`; without it, the flag is not set."""
    given = banded(policy, given)
    values = {
        flag: value if not value.startswith("field.") else given.get(value.removeprefix("field."))
        for flag, value in act.sets.items()
    }
    return {flag: condition_value(value) for flag, value in values.items() if value is not None}


def roles_of(act: Act, complaint: Complaint) -> set[str]:
    """The roles that may do the act in this complaint."""
    return {complaint.flags.get(ROUTED, doer.role) if doer.role == ROUTED else doer.role for doer in act.by}


def _complete(act: Act, before: Complaint, done: list[str]) -> bool:
    return roles_of(act, before) <= set(done)
