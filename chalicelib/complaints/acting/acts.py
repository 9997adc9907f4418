"""Decides a requested act: checks permission, stage and fields, and adds the act's events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.acting import approvals, open_acts, rules
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.acting.act_outcome import outcome_of, own_values
from chalicelib.complaints.acting.requested import Approved, Intent, Requested
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.consequences import Telling
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import banded, field_case
from chalicelib.complaints.envelope import LOWERING, PARTIES, Actor, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldContext, FieldSpec
from chalicelib.complaints.participation import took_part
from chalicelib.complaints.rights.permits import ActRequest, Asker, is_recused
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.conditions import REACHED, holds
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


def decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    """Adds the act's events to the flow, or raises `Problem` (act-not-open, forbidden, invalid) and adds nothing."""
    savepoint = flow.savepoint()
    try:
        _decide(flow, request, asker, now)
        rules.refuse_beyond(savepoint.complaint, flow.complaint)
        if asker.behalf is not None:
            consequences.tell_of_record(flow, savepoint.drafts, now)
        if flow.complaint.recused and flow.complaint.receipt_with:
            from chalicelib.complaints.acting import alarms  # few complaints exclude people

            consequences.mark_exposed_receipt(flow, alarms.recipients(flow), now)
        flow.tell_moves()
        if flow.policy.telephoned is not None:
            from chalicelib.complaints.acting import attempts

            attempts.settle(flow, now)
    except Problem as problem:
        flow.roll_back(savepoint)
        if not problem.places:
            raise
        from chalicelib.complaints.acting import unmet  # only for refusals

        raise unmet.in_words(problem, flow.policy.document) from problem


def _decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    if is_recused(flow.complaint, asker):
        raise Problem("forbidden", "You are excluded from the acts on this complaint.")
    if flow.complaint.erased_at is not None:
        from chalicelib.complaints.acting import closed

        raise closed.erased(flow.complaint)
    decide_builtin = hooks_of(request.act).decide
    if decide_builtin is not None and request.act not in open_acts.listed(flow.policy, flow.complaint):
        decide_builtin(Requested(flow, request, asker, now, _perform_proposal))
        return
    act, grant = open_acts.permitted(flow.policy, flow.complaint, request.act, asker)
    act = open_acts.as_asked(flow.policy, flow.complaint, act, asker)
    given = checked(flow, request.act, fields.by_hand(flow.policy, act), request.fields, now)
    hooks_of(request.act).check_asker(act, asker, given)
    intent = Intent(request.act, act, given, asker.actor(grant), now)
    entry = _approval_of(flow, intent)
    if entry is not None:
        approvals.propose(flow, intent, entry, hooks_of(request.act).concerns(flow.complaint, given.public))
        return
    perform(flow, intent)


def _approval_of(flow: Flow, intent: Intent) -> int | None:
    """The place of the approval that the act needs (`Result.approval`); None if it needs none.

    Conditions of an approval ask about the case as the act would leave it.
    """
    policy, complaint, second = flow.policy, flow.complaint, None
    if hooks_of(intent.name).severity is not None:
        from chalicelib.complaints.applying import lowering  # few acts

        second = lowering.second_person(policy, complaint, intent.given.public)
    if second is None and not intent.act.approvals:
        return None
    case = outcome_of(policy, complaint, intent).case
    return LOWERING if second is not None and holds(second.when, case) else intent.act.approval_in(case)


def checked(flow: Flow, name: str, act: Act, given: Mapping[str, Any], now: Instant) -> CheckedFields:
    """Returns the checked values, completed by the policy's rules for this act.

    Raises `Problem("invalid")` with the place of each faulty or missing value.
    """
    complaint = flow.complaint
    case = field_case(flow.policy, complaint, (*act.needs, *act.takes))
    specs, found = _read(flow, act, given, case, now)
    if hooks_of(name).is_internal:
        found = replace(found, private=rules.internal(specs, found.private))
    lacking = fields.missing(specs, found, case, banded(flow.policy, found.public))
    if lacking:
        from chalicelib.complaints.acting import unmet

        document = flow.policy.document
        places = [Place(fields.pointer("fields", one.name), unmet.required(document, one.fact)) for one in lacking]
        raise Problem("invalid", "Some values are missing or not of the kind that is needed.", places=places)
    found = rules.with_derived_conditions(flow.policy, complaint, found)
    found = hooks_of(name).completes(flow.policy, complaint, act, found)
    hooks_of(name).check(flow.policy, complaint, act, found, now)
    rules.check_stated_due(flow.policy, EVENT_OF_ACT[name], found)
    return found


def _read(
    flow: Flow, act: Act, given: Mapping[str, Any], case: FieldContext, now: Instant
) -> tuple[list[FieldSpec], CheckedFields]:
    """The fields and their values. A choice may depend on the act's other values: a sanction on the outcome (P1.5)."""
    policy, since = flow.policy, flow.complaint.received_at
    specs, free, own = fields.specs(policy, act, case), frozenset((*act.needs, *act.takes)), dict[str, str]()
    try:
        found = fields.check(specs, given, now=now, since=since, root="fields")
        possible, free = specs, frozenset()
        own = own_values(policy, found.public)
        specs = fields.specs(policy, act, case, own)
        if specs != possible:
            found = fields.check(specs, given, now=now, since=since, root="fields")
    except Problem as problem:
        from chalicelib.complaints.acting import unmet  # as all texts of refusals

        raise unmet.explained(problem, policy.document, given, {**case, **own}, free) from problem
    return specs, found


def perform(flow: Flow, intent: Intent) -> None:
    """Adds the act's event and its consequences.

    Before the last role has done it, no message is sent and no task opens.
    """
    event, now = intent.event, intent.at
    outcome = outcome_of(flow.policy, flow.complaint, intent)
    if event in flow.policy.reach and not outcome.partial:
        from chalicelib.complaints.applying import reaching  # few policies ask whether people were reached

        reached = reaching.told_by(flow.complaint, intent.act, intent.role, outcome.case)
        outcome = replace(outcome, fields={**outcome.fields, REACHED: reached})
    if flow.masking is not None:
        from chalicelib.complaints.acting.masks import waiting  # few acts

        outcome = replace(outcome, fields=waiting.held(flow, intent, outcome.fields))
    about = flow.add(
        event,
        Occurrence(now, intent.actor, act=intent.name),
        outcome.fields,
        secrets=intent.given.private,
        stage=outcome.stage,
        flags=outcome.flags,
        severity=outcome.severity,
        assigned=outcome.assigned,
        signed=outcome.signed,
        partial=outcome.partial,
        took_part=outcome.took_part,
        undone=outcome.undone,
        unit=outcome.unit,
    )
    if outcome.partial:
        return
    if flow.masking is not None:
        waiting.tell_if_held(flow, about, now)
    then = consequences.open_tasks(flow, event, outcome.fields, now)
    consequences.apply_tells(flow, intent.act.tells, Telling(about, now, outcome.fields, event, outcome.case), then)
    if flow.policy.reach:
        from chalicelib.complaints.acting import attempts

        attempts.settle(flow, now)


def _perform_proposal(flow: Flow, approved: Approved, approver: Actor, now: Instant) -> None:
    """Performs an approved proposal. The act is checked again, because the stage may have changed since then."""
    from chalicelib.complaints.acting import closed

    proposal, origin = approved.proposal, approved.origin
    if proposal.task is not None:
        consequences.open_task(flow, proposal.task, approved.fields.get("until"), now)()
        return
    name = proposal.act
    if (perform_builtin := hooks_of(name).perform) is not None:
        perform_builtin(flow, approved, approver, now)
        return
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    if act is None:
        raise closed.no_longer_open()
    recorded = origin.role in PARTIES and proposal.by not in PARTIES
    if not rules.is_possible(flow.policy, act, flow.complaint, recorded=recorded):
        raise closed.no_longer_possible(flow.policy, act, flow.complaint)
    if flow.complaint.for_staff and origin.role not in PARTIES:
        from chalicelib.complaints import of_staff  # few policies

        act = of_staff.asking(flow.policy.document, flow.complaint, act)
    actor = replace(approver, on_behalf_of=origin.proposer.stood_for or proposal.by)
    try:
        given, hooks = checked(flow, name, act, approved.fields, now), hooks_of(name)
        about = hooks.concerns(flow.complaint, {**given.public, **hooks.named(origin.concerns)})
        if origin.concerns not in (None, about):
            raise closed.no_longer_open()
        perform(flow, Intent(name, act, given, actor, now, origin, took_part(origin.proposer, approver)))
    except Problem as problem:
        raise closed.of_proposal(problem, flow.policy.document) from problem
