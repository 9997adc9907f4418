"""The table of acts with rules of their own. An act without a row is a list of fields and the policy's consequences.

An act with `decide` is built in: it exists under every policy. If a stage lists the act itself, the stage's definition
applies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chalicelib.complaints.acting import approvals, demands, rules, tasks
from chalicelib.complaints.acting.office import builtin_acts, links
from chalicelib.complaints.acting.requested import PerformProposal, Requested
from chalicelib.complaints.acting.talking import conversation
from chalicelib.complaints.envelope import EventFields
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.complaints.rights import permits
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.stages import Act


def _no_rule(_policy: Policy, _complaint: Complaint, _act: Act, _given: CheckedFields, _now: Instant) -> None:
    """The default of `check`."""


def _as_given(_policy: Policy, _complaint: Complaint, _act: Act, given: CheckedFields) -> CheckedFields:
    """The default of `completes`."""
    return given


def _writes_nothing(*_: object) -> EventFields:
    """The default of `writes`."""
    return {}


def _any_asker(_act: Act, _asker: Asker, _given: CheckedFields) -> None:
    """The default of `check_asker`."""


def _concerns_nothing(_complaint: Complaint, _given: Mapping[str, Any]) -> str | None:
    """The default of `concerns`."""
    return None


def _always_shown(_policy: Policy, _complaint: Complaint) -> Mapping[str, Condition]:
    """The default of `shown_when`."""
    return {}


def _never_open(_policy: Policy, _complaint: Complaint, _asker: Asker) -> bool:
    """The default of `is_open`."""
    return False


def _check_extension(policy: Policy, complaint: Complaint, act: Act, given: CheckedFields, now: Instant) -> None:
    from chalicelib.complaints.acting import postponing  # few acts put off a due time

    postponing.check_extension(policy, complaint, act, given, now)


def _check_promise(
    policy: Policy, complaint: Complaint, act: Act, given: Mapping[str, Any], now: Instant
) -> EventFields:
    from chalicelib.complaints.acting import postponing

    return postponing.check_promise(policy, complaint, act, given, now)


def _can_contest(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    if complaint.follows is None:
        return False
    from chalicelib.complaints.acting.office import objections  # few complaints follow another one

    return objections.is_open(policy, complaint, asker)


def _contest(asked: Requested) -> None:
    from chalicelib.complaints.acting.office import objections

    objections.contest(asked)


class ActHooks(msgspec.Struct, frozen=True, kw_only=True):
    """What an act does under every policy, besides the policy's definition of it."""

    completes: Callable[[Policy, Complaint, Act, CheckedFields], CheckedFields] = _as_given
    """Adds the values of fields that follow from the complaint. Raises `Problem("invalid")`."""
    check: Callable[[Policy, Complaint, Act, CheckedFields, Instant], None] = _no_rule
    """Compares the values with the complaint at the given time. Raises `Problem("invalid")`."""
    check_asker: Callable[[Act, Asker, CheckedFields], None] = _any_asker
    """Compares the values with the person who acts. Raises `Problem("invalid")`."""
    writes: Callable[[Policy, Complaint, Act, Mapping[str, Any], Instant], EventFields] = _writes_nothing
    """Derives further event fields from the public values, at the given time. Raises `Problem`."""
    flags: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Flags that it sets. The policy's `sets` takes precedence."""
    concerns: Callable[[Complaint, Mapping[str, Any]], str | None] = _concerns_nothing
    """Derives from the public values what a proposal of the act is about (`Result.concerns`)."""
    concern: str | None = None
    """The field that names it, if the act can be about one of several."""
    severity: str | None = None
    """The field with the complaint's new severity."""
    corrects: bool = False
    """True if it can correct the categories that the filing chose."""
    decide: Callable[[Requested], None] | None = None
    """Adds the events of a built-in act. Raises `Problem` (act-not-open, forbidden, invalid)."""
    perform: PerformProposal | None = None
    """Adds the events of a built-in act that was proposed and is approved. Raises `Problem`."""
    is_open: Callable[[Policy, Complaint, Asker], bool] = _never_open
    """Whether the person may do the built-in act now."""
    is_for: Callable[[Policy, Asker], bool] = builtin_acts.is_member
    """Whether a person with these grants can ever do the built-in act under the policy."""
    fixed: tuple[FieldSpec, ...] = ()
    """The fields of a built-in act, unless `form` and `keys` derive them. Forms for people have all of both."""
    form: Callable[[Policy, Complaint, Asker], list[FieldSpec]] | None = None
    """Derives the fields of a built-in act that is open to the person."""
    shown_when: Callable[[Policy, Complaint], Mapping[str, Condition]] = _always_shown
    """For fields that only some values of another field ask for: these values."""
    keys: Callable[[Policy], frozenset[str]] | None = None
    """Derives the names of all fields that a built-in act can have."""
    office: bool = False
    """True if the API lists the built-in act among the `office_acts`."""
    on_units: bool = False
    """True if the built-in act can be done on units too."""
    is_internal: bool = False
    """True if parties do not read its private values, unless the policy gives a field another `holder`."""
    reads_masks: bool = False
    """True if it decides on masks, or can begin a time of the respondent, which waits for such decisions."""

    reads_address: bool = False
    """True if it needs the complainant's e-mail address so far (`Flow.former`)."""
    is_counted: bool = False
    """True if what complainants do by it is counted for each source: it is possible as often as they like."""
    in_bulk: bool = False
    """True if members may do it on many complaints at once: it decides nothing and ends nothing."""

    def form_of(self, policy: Policy, complaint: Complaint, asker: Asker) -> list[FieldSpec]:
        return list(self.fixed) if self.form is None else self.form(policy, complaint, asker)

    def keys_of(self, policy: Policy) -> frozenset[str]:
        return frozenset(one.name for one in self.fixed) if self.keys is None else self.keys(policy)

    def named(self, concerned: str | None) -> dict[str, str]:
        """The field that names what the act is about."""
        return {} if self.concern is None or concerned is None else {self.concern: concerned}

    def severity_after(self, given: Mapping[str, Any], before: str | None) -> str | None:
        return before if self.severity is None else given.get(self.severity, before)


_PLAIN = ActHooks()
_ON_MASKS = ActHooks(
    decide=builtin_acts.decide_on_masks,
    is_open=builtin_acts.can_decide_on_masks,
    fixed=(builtin_acts.MASKS,),
    office=True,
    reads_masks=True,
)
ACTS: dict[str, ActHooks] = {
    "accept": ActHooks(check=rules.check_acceptance),
    "refuse": ActHooks(check=rules.check_refusal),
    "classify": ActHooks(check=rules.check_class, severity="severity", corrects=True, in_bulk=True),
    "extend": ActHooks(check=_check_extension, concerns=rules.extended_run),
    "promise": ActHooks(writes=_check_promise),
    "recuse": ActHooks(check_asker=permits.check_recusal, is_internal=True),
    "demand_evidence": ActHooks(writes=demands.demand_fields, reads_masks=True),
    "receive_evidence": ActHooks(
        completes=demands.with_party,
        writes=demands.answer_fields,
        flags={"demand": "answered"},
        concerns=demands.answered_demand,
        concern="demand",
    ),
    "mark_unreachable": ActHooks(flags={"reachable": "no"}),
    "do_task": ActHooks(
        decide=tasks.do,
        is_open=tasks.is_open,
        is_for=tasks.is_for,
        form=tasks.form,
        shown_when=tasks.shown_when,
        keys=tasks.keys,
        writes=tasks.done_fields,
        on_units=True,
    ),
    "approve": ActHooks(
        decide=approvals.approve,
        is_open=approvals.is_open,
        is_for=approvals.is_for,
        fixed=approvals.FIELDS,
        form=approvals.form,
    ),
    "reject": ActHooks(
        decide=approvals.reject,
        is_open=approvals.is_open,
        is_for=approvals.is_for,
        fixed=approvals.FIELDS,
        form=approvals.form,
    ),
    "note": ActHooks(
        decide=builtin_acts.note,
        is_open=builtin_acts.can_note,
        fixed=(builtin_acts.NOTE,),
        office=True,
        in_bulk=True,
    ),
    "link": ActHooks(
        decide=links.link,
        perform=links.link_approved,
        is_open=links.can_link,
        form=links.link_form,
        keys=links.link_keys,
        fixed=(links.WHY,),
        office=True,
    ),
    "unlink": ActHooks(decide=links.unlink, is_open=links.can_unlink, fixed=(builtin_acts.REASON,), office=True),
    "contest_link": ActHooks(
        decide=_contest,
        is_open=_can_contest,
        is_for=builtin_acts.is_complainant,
        fixed=(links.OBJECTION,),
        office=True,
    ),
    "hold": ActHooks(
        decide=builtin_acts.hold, is_open=builtin_acts.can_hold, fixed=(builtin_acts.REASON,), office=True
    ),
    "release": ActHooks(
        decide=builtin_acts.release, is_open=builtin_acts.can_release, fixed=(builtin_acts.REASON,), office=True
    ),
    "remind": ActHooks(decide=builtin_acts.remind, is_open=builtin_acts.can_remind, is_for=builtin_acts.is_complainant),
    "attempt": ActHooks(
        decide=tasks.attempt,
        is_open=tasks.can_attempt,
        is_for=tasks.attempt_is_for,
        form=tasks.attempt_form,
        keys=tasks.attempt_keys,
    ),
    "write": ActHooks(
        decide=conversation.write,
        is_open=conversation.can_write,
        is_for=builtin_acts.is_complainant,
        fixed=conversation.WRITTEN,
        office=True,
        is_counted=True,
    ),
    "inform": ActHooks(
        decide=conversation.inform,
        is_open=conversation.can_inform,
        fixed=conversation.INFORMED,
        office=True,
        in_bulk=True,
    ),
    "correct": ActHooks(
        decide=conversation.correct,
        is_open=conversation.can_correct,
        is_for=builtin_acts.is_complainant,
        form=conversation.correct_form,
        keys=conversation.correct_keys,
        office=True,
        reads_address=True,
        is_counted=True,
    ),
    "lack_evidence": ActHooks(
        decide=conversation.lack_evidence,
        is_open=conversation.can_lack_evidence,
        is_for=builtin_acts.is_complainant,
        form=conversation.lack_form,
        keys=conversation.lack_keys,
        office=True,
        is_counted=True,
    ),
    "unmask": _ON_MASKS,
    "confirm_mask": _ON_MASKS,
    "assign": ActHooks(
        decide=builtin_acts.assign,
        is_open=builtin_acts.can_assign,
        form=builtin_acts.assign_form,
        keys=builtin_acts.assign_keys,
        office=True,
        in_bulk=True,
    ),
}
"""By name. Open built-in acts are listed in this order."""


def hooks_of(name: str) -> ActHooks:
    """The act's row of `ACTS`. Without a row (also for an unknown name), hooks that do nothing."""
    return ACTS.get(name, _PLAIN)
