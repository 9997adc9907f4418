"""Closing duplicates: when a complaint ends, its followers (see `duplicates`) are closed with the same outcome.

Until then a follower keeps its own deadlines and acts, so that its complainant does not wait longer. If the target is
refused, transferred or withdrawn, its followers stay open in their own procedure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.casework import commit, due_events
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import load
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, Event, EventFields, Occurrence, event_id
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling import duplicates
from chalicelib.features.handling.forms_of_acts import Words
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording import field_words
from chalicelib.store import event_log
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

_NOT_FOR_FOLLOWERS = frozenset({"refused", "transferred", "withdrawn"})
Fate = Literal["now", "later", "alone"]


class EndedTarget(msgspec.Struct, frozen=True):
    """The target that has ended, the public values of its outcome, the id of the causing event, and the time."""

    target: Complaint
    outcome: EventFields
    cause: str
    now: Instant


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can lead to closing followers: it links a complaint, or it ends one."""
    event = committed.event
    if committed.is_of_unit:
        return False
    if event.type == "closed" or duplicates.follows(event):
        return True
    stage = committed.policy.document.stages.get(event.result["stage"])
    return event.act is not None and stage is not None and not stage.acts


def close_duplicates(wiring: Wiring, committed: CommittedEvent, now: Instant) -> int:
    """Close the duplicates of an ended complaint. Returns how many this call closed. The caller binds the tenant.

    It uses the current state of the complaints, so that repeated and reordered events lead to the same result. Raises
    `Problem`: `complaint-unknown`, `conflict`. Duplicates that were closed before it stay closed; a repetition closes
    the rest.
    """
    tenant, event = committed.tenant, committed.event
    target = event.fields["to"] if event.type == "linked" else committed.number
    case = load(wiring.store, wiring.compiled, CaseRef(tenant, target))
    if fate(case.policy, case.complaint) != "now":
        return 0
    closing = EndedTarget(case.complaint, outcome(wiring.store, wiring.compiled, tenant, target), event.id, now)
    return sum(_close(wiring, one, closing) for one in duplicates.followers(wiring.store, CaseRef(tenant, target)))


def fate(policy: Policy, target: Complaint) -> Fate:
    """When the complaints that follow this one are closed: `now`, as it has ended with an outcome that holds for them
    too; `later`, when it ends; `alone`, by their own procedures, as it ended without such an outcome."""
    if _NOT_FOR_FOLLOWERS & set(target.seen):
        return "alone"
    has_ended = not policy.document.stages[target.stage].acts
    return "now" if has_ended or "closed" in target.seen else "later"  # `seen` has no end before a reopening


def outcome(store: Store, compiled: CompiledPolicies, tenant: str, target: str) -> EventFields:
    """The public values of the target's last decision. Its texts concern its own complainant and are not copied.

    If it was closed as a duplicate itself, they are those of the complaint that it followed.
    """
    found: EventFields = {}
    for event in event_log.read(store, CaseRef(tenant, target).pk):
        if event.type == "decided":
            found = outcome_of(compiled.get(tenant, event.policy), event)
        elif event.type == "closed" and "follows" in event.fields:
            found = event.fields.get("outcome", {})
    return found


def outcome_of(policy: Policy, event: Event) -> EventFields:
    """The public values of a decision (`event`), without fields that its act neither `needs` nor `takes`."""
    decisions = [stage.acts[event.act] for stage in policy.document.stages.values() if event.act in stage.acts]
    asked = {name for act in decisions for name in (*act.needs, *act.takes)}
    return {name: value for name, value in event.fields.items() if name in asked}


def _close(wiring: Wiring, ref: CaseRef, closing: EndedTarget) -> bool:
    return retry_or_refuse(lambda: _attempt(wiring, ref, closing), "Others acted on the complaint at the same time.")


def _attempt(wiring: Wiring, ref: CaseRef, closing: EndedTarget) -> bool:
    """Returns False if the complaint no longer follows the target, or has ended.

    Raises `CommitConflict` if another writer has changed it meanwhile.
    """
    now = closing.now
    flow = due_events.apply(wiring.store, wiring.sealer, ref.tenant, load(wiring.store, wiring.compiled, ref), now)
    complaint, stages = flow.complaint, flow.policy.document.stages
    if complaint.follows != closing.target.number or "closed" in complaint.seen or not stages[complaint.stage].acts:
        return False
    close(flow, closing)
    _, writes = commit.writes(wiring.sealer, ref.tenant, flow, now)
    wiring.store.commit(writes)
    return True


def close(flow: Flow, closing: EndedTarget) -> None:
    """Adds the end of a follower: with the target's outcome, and in its stage if the follower's policy has it.

    Its id does not name the target, since the follower's complainant reads it.
    """
    target, complaint = closing.target, flow.complaint
    fields = {"follows": target.number, "cause": closing.cause} | (
        {"outcome": closing.outcome} if closing.outcome else {}
    )
    stage = target.stage if target.stage in flow.policy.document.stages else complaint.stage
    at = max(closing.now, complaint.at)
    about = flow.add("closed", Occurrence(at, SYSTEM), fields, stage=stage)
    then = consequences.open_tasks(flow, "closed", fields, at)
    flow.notify(["complainant"], about=about, at=at, wording="closed")
    for message in then:
        message()


class WouldGoOn(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of the complaint that goes on after the link. `due`: null while it does not run."""

    clock: str
    run: int
    label: Words
    due: str | None


class WouldLink(msgspec.Struct, frozen=True, kw_only=True):
    """`to`: the complaint that goes on, with its present stage. `closes`: when this one is closed: `now`, as the other
    has ended; `later`, when the other ends; `alone`, by its own procedure, as the other ended without an outcome that
    holds for both. `goes_on`: its own deadlines until then. Nothing is copied but the values of the other's outcome."""

    to: str
    stage: str
    label: Words
    closes: Fate
    goes_on: list[WouldGoOn]


def foresee(
    wiring: Wiring, tenant: str, flow: Flow, entries: Mapping[Key, Entry], now: Instant
) -> WouldLink | UnsetType:
    """Of a flow with the act. If the other complaint has ended, the end of this one is added to the flow."""
    linked = [(seq, one) for seq, one in enumerate(flow.drafts, flow.before.seq + 1) if duplicates.follows(one)]
    if not linked:
        return UNSET
    (seq, draft), *_ = linked
    target = duplicates.target_of(tenant, draft.fields["to"], entries)
    if target is None:
        return UNSET
    policy = wiring.compiled.get(tenant, target.policy)
    when = fate(policy, target)
    if when == "now":
        found = outcome(wiring.store, wiring.compiled, tenant, target.number)
        cause = event_id(flow.before.number, seq, draft.name)
        close(flow, EndedTarget(target, found, cause, now))
    stage = field_words.of_stage(policy.document, target.stage)
    return WouldLink(to=target.number, stage=target.stage, label=_words(stage), closes=when, goes_on=_going_on(flow))


def _going_on(flow: Flow) -> list[WouldGoOn]:
    return [
        WouldGoOn(
            clock=run.clock,
            run=run.n,
            label=_words(field_words.of_clock(flow.policy.document, run.clock, public=False)),
            due=None if run.due is None else to_text(run.due),
        )
        for run in flow.complaint.runs
        if run.open
    ]


def _words(label: Label) -> Words:
    return {"zh": label.zh, "en": label.en}


REACTION = Reaction("duplicates", applies, close_duplicates)
