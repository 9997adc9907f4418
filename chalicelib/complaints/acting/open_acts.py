"""Which acts are open, and to whom: for the list of a person's acts, and for the check of a request.

An act of the present stage is open if the case permits it (`rules.is_possible`, and a value for each choice), and open
to a person with a grant that permits it (`rights.permits`). A built-in act is open as its row of `ACTS` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.acting import rules
from chalicelib.complaints.acting.act_hooks import ACTS, hooks_of
from chalicelib.complaints.acting.requested import NotOpen, Requested
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import field_case
from chalicelib.complaints.fields import FieldSpec
from chalicelib.complaints.rights.permits import PERSON, ActRequest, Asker, Grant, grant_for, is_recused, names_others
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.stages import Act

_NONE: dict[str, list[str]] = {"acts": []}


def permitted(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> tuple[Act, Grant]:
    """Returns the act and the grant that permits it.

    Raises `Problem`: `act-not-open`, with the open acts; `forbidden` if no grant of the person permits the act.
    """
    act = policy.document.stages[complaint.stage].acts.get(name)
    if act is not None and act.by_time:
        raise Problem("forbidden", "No person may do this act: it happens at a due time.")
    recorded, mine = asker.behalf is not None, act is not None and grant_for(act, complaint, asker) is not None
    if act is None or not rules.is_possible(policy, act, complaint, recorded=recorded):
        from chalicelib.complaints.acting import closed  # as all texts of refusals

        found = open_to(policy, complaint, asker)
        raise closed.not_open(policy, act if mine else None, complaint, found, recorded=recorded)
    if not mine:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    grant = _unused_grant(policy, complaint, name, asker)
    if grant is None:
        raise Problem("act-not-open", _why_used_up(act, complaint, name, asker), extra=_NONE)
    return act, grant


def _why_used_up(act: Act, complaint: Complaint, name: str, asker: Asker) -> str:
    """Why no grant of the person is left for an act that each role does once."""
    if grant_for(act, complaint, _without_roles(asker, complaint.signed.get(name, []))) is not None:
        return "You have done this act. Another person does it for this role."
    return "Your role has done this act. Each role does it once."


def refusal(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> NotOpen | None:
    """Why an act of the present stage, which a grant of the person permits, is not open now; None if it is."""
    act, recorded = listed(policy, complaint)[name], asker.behalf is not None
    if not rules.is_possible(policy, act, complaint, recorded=recorded):
        from chalicelib.complaints.acting import closed  # as all texts of refusals

        return closed.refusal(policy, act, complaint, recorded=recorded)
    if _unused_grant(policy, complaint, name, asker) is None:
        return NotOpen(_why_used_up(act, complaint, name, asker))
    lacking = fields.without_values(policy, act, field_case(policy, complaint, (*act.needs, *act.takes)))
    if lacking:
        return NotOpen("No value of a field that it needs is possible in this case.", lacking=lacking)
    return None


def open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The acts that this person may do now, except those of the office."""
    acts = listed(policy, complaint)
    if is_recused(complaint, asker):
        return []
    found = [
        name
        for name, act in acts.items()
        if _unused_grant(policy, complaint, name, asker)  # first, because it is by far the quicker
        and _is_open(policy, act, complaint, recorded=asker.behalf is not None)
    ]
    return found + _open_builtin(policy, complaint, asker, office=False)


def office_acts_open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The built-in acts of the office that this person may do now."""
    return [] if is_recused(complaint, asker) else _open_builtin(policy, complaint, asker, office=True)


def _open_builtin(policy: Policy, complaint: Complaint, asker: Asker, *, office: bool) -> list[str]:
    acts = listed(policy, complaint)
    if complaint.erased_at is not None:
        return []
    return [
        name
        for name, hooks in ACTS.items()
        if hooks.office is office and name not in acts and hooks.is_open(policy, complaint, asker)
    ]


def builtin_refusal(policy: Policy, complaint: Complaint, name: str, asker: Asker, now: Instant) -> NotOpen | None:
    """Why a built-in act is not open to the person now: what a request for it would be told.

    None if the person has no part in it.
    """
    hooks = hooks_of(name)
    if hooks.decide is None or not hooks.is_for(policy, asker):
        return None
    try:
        hooks.decide(Requested(Flow(policy, complaint), ActRequest(name), asker, now, _performs_nothing))
    except Problem as problem:
        return NotOpen(problem.text) if problem.kind == "act-not-open" else None
    return None


def _performs_nothing(*_: object) -> None:
    """An act that is not open has no proposal to perform."""


def open_to_anybody(policy: Policy, complaint: Complaint) -> list[str]:
    """The open acts of the present stage that people do, without regard to permissions."""
    acts = policy.document.stages[complaint.stage].acts.items()
    return [name for name, act in acts if not act.by_time and _is_open(policy, act, complaint)]


def offered(policy: Policy, complaint: Complaint, name: str) -> Act | None:
    """The act, if the present stage offers it now to anybody."""
    act = listed(policy, complaint).get(name)
    return act if act is not None and _is_open(policy, act, complaint) else None


def form(policy: Policy, complaint: Complaint, asker: Asker, name: str) -> list[FieldSpec]:
    """The fields of an act that is open to the person, without choices of which the case allows none."""
    act = listed(policy, complaint).get(name)
    if act is None:
        return hooks_of(name).form_of(policy, complaint, asker)
    act = as_asked(policy, complaint, act, asker)
    found = fields.specs(policy, fields.by_hand(policy, act), field_case(policy, complaint, (*act.needs, *act.takes)))
    if hooks_of(name).severity is not None:
        from chalicelib.complaints.applying import lowering  # few acts

        found = lowering.shown(complaint, found)
    mine = [one for one in found if one.name != PERSON or names_others(act, asker)]
    return [one for one in mine if not fields.lacks_values(act, one)]


def as_asked(policy: Policy, complaint: Complaint, act: Act, asker: Asker) -> Act:
    """Members who act in a role of their own are asked for what only staff say."""
    if not complaint.for_staff or asker.kind != "staff" or asker.behalf is not None:
        return act
    from chalicelib.complaints import of_staff  # few policies

    return of_staff.asking(policy.document, complaint, act)


def listed(policy: Policy, complaint: Complaint) -> Mapping[str, Act]:
    """The acts of the present stage. None for a unit, which has no stages, and for a complaint that was erased."""
    stage = policy.document.stages.get(complaint.stage)
    return stage.acts if stage and complaint.erased_at is None else {}


def _is_open(policy: Policy, act: Act, complaint: Complaint, *, recorded: bool = False) -> bool:
    """Ready, and not without a possible value for a choice that it needs. Who tries such an act is told the field."""
    if not rules.is_possible(policy, act, complaint, recorded=recorded):
        return False
    named = (*act.needs, *act.takes)
    if not {"ground", act.sets_unit}.intersection(act.needs) and policy.conditional_choices.isdisjoint(named):
        return True  # as for most acts: every case has values for their choices
    return not fields.without_values(policy, act, field_case(policy, complaint, named))


def _unused_grant(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> Grant | None:
    """The grant that permits the act; for an act that each role does once, that of a role that has not done it.

    No person does it for two roles, neither in person nor by a deputy.
    """
    act, done = policy.document.stages[complaint.stage].acts[name], complaint.signed.get(name, [])
    if not act.all:
        return grant_for(act, complaint, asker)
    people = {sub for doer in complaint.signers.get(name, []) for sub in (doer.sub, doer.stood_for) if sub}
    me = set() if asker.behalf is not None else {asker.id}
    others = tuple(grant for grant in asker.grants if people.isdisjoint({*me, grant.lent_by}))
    return grant_for(act, complaint, _without_roles(replace(asker, grants=others), done))


def _without_roles(asker: Asker, roles: Sequence[str]) -> Asker:
    return replace(asker, grants=tuple(grant for grant in asker.grants if grant.role not in roles))
