"""A complaint's history as input of a replay: the filing and the acts, with their times and actors.

Events caused by the passing of time or by the policy are left out: the other policy causes its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from chalicelib.complaints import of_staff
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.envelope import Actor, Event, EventFields
from chalicelib.complaints.fields import CheckedFields
from chalicelib.complaints.filing import Arrival, Filing
from chalicelib.complaints.state import corrected
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import ORDINALS

ERASED = "—"
"""Replaces a private value that was erased."""
_DERIVED = frozenset({"given", "assigned", "opened", "approvers", "act", "proposal"})
"""Fields of an event that the system derives; no request has them."""
_NOT_REPLAYED = frozenset({"switched", "unmasked", "mask_confirmed"})
"""The replay uses one policy only. It searches no texts, so no time waits for decisions on masks."""
EVIDENCE_EVENTS = frozenset(
    {"evidence_declared", "evidence_uploaded", "evidence_sealed", "evidence_refused", "evidence_expired"}
)
"""Events of files: they happen under any policy that accepts the file."""
_DECISIONS = frozenset({"approved", "rejected"})

PrivateValues = Mapping[int, Mapping[str, Any]]
"""Private values, decrypted, by the event's number."""
PolicyLookup = Callable[[str], Policy]
"""Returns the policy of a version."""


class HistoryStep(msgspec.Struct, frozen=True, kw_only=True):
    """An act, or an event of a file (`act` is None)."""

    seq: int
    at: Instant
    actor: Actor
    act: str | None
    event: str
    fields: Mapping[str, Any]
    decides: str | None = None
    """Of `approve` and `reject`: the act that was proposed."""
    proposal: int = 0
    """Of `approve` and `reject`: the number of the event that proposed the act."""


class History(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    at: Instant
    actor: Actor
    filing: Filing
    arrival: Arrival | None = None
    """For a complaint that arrived before it was filed."""
    steps: list[HistoryStep]


def history_of(events: Sequence[Event], values: PrivateValues, policy_of: PolicyLookup) -> History:
    """Return the history. `events`: the complaint's events from the first on."""
    first = events[0]
    found: list[HistoryStep] = []
    for before, event in pairwise(one for one in events if not _is_message(one)):
        if not _follows_from(before, event) and (step := _step(before, event, values, policy_of)) is not None:
            found.append(step)
    return History(
        number=first.id.partition("/")[0],
        at=from_text(first.at),
        actor=_actor(first),
        filing=_filing(first, values, policy_of(first.policy)),
        arrival=_arrival(first),
        steps=found,
    )


def _is_message(event: Event) -> bool:
    return event.type == "notified" and event.act is None


def _follows_from(before: Event, event: Event) -> bool:
    """True for the act that an approval puts into effect: it follows the approval, with the approver as its actor."""
    return before.type == "approved" and event.act == before.fields.get("act")


def _step(before: Event, event: Event, values: PrivateValues, policy_of: PolicyLookup) -> HistoryStep | None:
    actor = _actor(event)
    is_evidence = event.type in EVIDENCE_EVENTS
    if not is_evidence and (event.act is None or actor.kind == "system" or event.type in _NOT_REPLAYED):
        return None
    fields = {**event.fields} if is_evidence else _requested_fields(before, event, values.get(event.seq, {}), policy_of)
    is_decision = event.type in _DECISIONS
    return HistoryStep(
        seq=event.seq,
        at=from_text(event.at),
        actor=actor,
        act=event.act,
        event=event.type,
        fields=fields,
        decides=event.fields.get("act", "") if is_decision else None,
        proposal=int(event.fields["proposal"].rpartition("/")[2]) if is_decision else 0,
    )


def _requested_fields(before: Event, event: Event, values: Mapping[str, Any], policy_of: PolicyLookup) -> EventFields:
    """Return the act's fields as they were requested: those that the policy allowed, without derived ones."""
    policy = policy_of(event.policy)
    erased = dict.fromkeys(event.fields.get("given", []), ERASED)
    public = {**event.fields, **corrected(event.type, event.fields)}
    fields = {**{key: value for key, value in public.items() if key not in _DERIVED}, **erased, **values}
    allowed = _allowed_fields(policy, before.result["stage"], event.act or "")
    if allowed is not None:
        fields = {key: value for key, value in fields.items() if key in allowed}
    if isinstance(fields.get("conditions"), dict):
        fields["conditions"] = _screened(policy, fields["conditions"])
    return fields


def _allowed_fields(policy: Policy, stage: str, name: str) -> frozenset[str] | None:
    """Return the fields that a request of the act may have. None if the policy does not have the act there."""
    act = policy.document.stages[stage].acts.get(name)
    if act is None:
        hooks = hooks_of(name)
        return None if hooks.decide is None else hooks.keys_of(policy)
    return frozenset([*act.needs, *act.takes, *of_staff.names(policy.document)])


def _screened(policy: Policy, conditions: Mapping[str, bool]) -> dict[str, bool]:
    """Return the acceptance conditions that people answered. The replay evaluates the others again."""
    defined = policy.document.intake.conditions
    return {name: answer for name, answer in conditions.items() if defined[name].source == "screening"}


def _filing(event: Event, values: PrivateValues, policy: Policy) -> Filing:
    """Return the filing. If the event does not record the requested severity class, the result's severity class counts
    as requested, unless it is the lowest.
    """
    fields, resulting = event.fields, event.result.get("severity")
    erased = dict.fromkeys(fields.get("given", []), ERASED)
    of_receipt = fields.get("received", {}).get("given", [])
    private = {name: value for name, value in values.get(event.seq, {}).items() if name not in of_receipt}
    facts = {**fields.get("facts", {}), **erased, **private}
    subject = None if "subject" in policy.document.intake.facts else facts.pop("subject", None)
    return Filing(
        channel=fields["channel"],
        facts=facts,
        severity=fields.get("severity", None if resulting in policy.classes[:1] else resulting),
        category=fields.get("category") or None,
        subject=subject,
        unit=fields.get("unit"),
        filed_by=(event.actor.get("role") if event.actor["kind"] == "staff" else None) or "complainant",
        repeat=fields.get("repeat", ORDINALS[0]),
        earlier=fields.get("earlier", ()),
    )


def _arrival(event: Event) -> Arrival | None:
    """The time of receipt. The fields that belong to it are left out: no policy depends on them."""
    received = event.fields.get("received_at")
    return None if received is None else Arrival(from_text(received), CheckedFields({}, {}))


def _actor(event: Event) -> Actor:
    return msgspec.convert(event.actor, Actor)
