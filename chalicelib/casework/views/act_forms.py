"""The forms of all acts that exist for a person: of those that are open to them, and of the others with what fails.

`open_acts` decides what is open. Nothing is listed for a person whom the complaint excludes, and no act that no grant
of the person permits: not even what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.casework.views import field_rules
from chalicelib.casework.views.field_rules import AskedField
from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.acting.act_hooks import ACTS, hooks_of
from chalicelib.complaints.acting.requested import NotOpen
from chalicelib.complaints.condition_context import with_clocks
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, grant_for, is_recused
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition, holds
from chalicelib.policy.language.stages import Act, Approval


class PossibleApproval(msgspec.Struct, frozen=True):
    """Roles of which one must approve the act, where the act's own fields have one of these values."""

    roles: list[str]
    when: Condition


class ActForm(msgspec.Struct, frozen=True, kw_only=True):
    """`act`: the stage's definition; None for a built-in act. `refusal`: None if the act is open."""

    name: str
    act: Act | None
    refusal: NotOpen | None
    fields: list[AskedField]
    approvals: list[PossibleApproval] = []


def forms(policy: Policy, complaint: Complaint, asker: Asker, now: Instant, units: Mapping[str, str]) -> list[ActForm]:
    """The acts of the stage in its order, then the built-in ones. `units`: the names of the units, by id."""
    if is_recused(complaint, asker) or complaint.erased_at is not None:
        return []
    acts, found = open_acts.listed(policy, complaint), list[ActForm]()
    for name, refusal in _standing(policy, complaint, asker, now):
        act = acts.get(name)
        # A member who records an act of the complainant fills in the complainant's form.
        teller = asker if asker.behalf is None else COMPLAINANT
        found.append(
            ActForm(
                name=name,
                act=act,
                refusal=refusal,
                fields=field_rules.asked(policy, complaint, teller, name, units),
                approvals=[] if act is None else list(_approvals(policy, complaint, name, act)),
            )
        )
    return found


def _standing(policy: Policy, complaint: Complaint, asker: Asker, now: Instant) -> Iterator[tuple[str, NotOpen | None]]:
    """The acts that exist for the person, each with why it is not open."""
    acts = open_acts.listed(policy, complaint)
    is_open = {
        *open_acts.open_to(policy, complaint, asker),
        *open_acts.office_acts_open_to(policy, complaint, asker),
    }
    for name, act in acts.items():
        if name in is_open:
            yield name, None
        elif not act.by_time and grant_for(act, complaint, asker) is not None:
            yield name, open_acts.refusal(policy, complaint, name, asker)
    for name in (one for one in ACTS if one not in acts):
        if name in is_open:
            yield name, None
        elif (refusal := open_acts.builtin_refusal(policy, complaint, name, asker, now)) is not None:
            yield name, refusal


def _approvals(policy: Policy, complaint: Complaint, name: str, act: Act) -> Iterator[PossibleApproval]:
    """Those that the case does not rule out. The act's own fields and flags decide between them."""
    own = {*act.needs, *act.takes, *act.sets}
    for one, added in [*_of_lower_class(policy, complaint, name), *((one, {}) for one in act.approvals)]:
        rest = {key: values for key, values in one.when.items() if key not in own}
        if "stage" in rest or holds(rest, with_clocks(policy, complaint, rest)):
            when = {key: values for key, values in one.when.items() if key in own}
            yield PossibleApproval(one.roles, {**when, **added})


def _of_lower_class(policy: Policy, complaint: Complaint, name: str) -> Iterator[tuple[Approval, Condition]]:
    """The approval of a lower class, once for each way to lower it."""
    if hooks_of(name).severity is None:
        return
    from chalicelib.complaints.applying import lowering  # few acts

    rule = lowering.rule(policy)
    if rule is not None and rule.approval is not None:
        for when in field_rules.lower_class(policy, complaint):
            yield rule.approval, when
