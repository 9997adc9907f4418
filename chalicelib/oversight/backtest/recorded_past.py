"""A complaint's past as input: what was filed and done, when and by whom, read off its record.

What time or the policy caused is left out: another policy causes its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from chalicelib.complaints import office
from chalicelib.complaints.envelope import Actor, Event
from chalicelib.complaints.filing import Filing
from chalicelib.instants import Instant, from_text
from chalicelib.policy.compiled import Policy

ERASED = "—"
"""Stands for a private value that was given and is gone."""
_ADDED = frozenset({"given", "assigned", "opened", "approvers", "act", "proposal"})
"""Members of an event's fields that are worked out, never asked for."""
_SWITCHED = "switched"
"""No part of how a complaint is handled: under the policy that is tried there is nothing to switch from."""
EVIDENCE_EVENTS = frozenset(
    {"evidence_declared", "evidence_uploaded", "evidence_sealed", "evidence_refused", "evidence_expired"}
)
"""What happens to a file happens under any policy that takes it."""
_SETTLING = frozenset({"approved", "rejected"})

PrivateValues = Mapping[int, Mapping[str, Any]]
"""Private values by the event's number, as they were given."""
PolicyLookup = Callable[[str], Policy]
"""The policy of a version."""


class HistoryStep(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done. `act` is None for what happened to evidence."""

    seq: int
    at: Instant
    actor: Actor
    act: str | None
    event: str
    fields: Mapping[str, Any]
    settles: str | None = None
    """Of `approve` and `reject`: the act that was proposed, and `proposal` the event that proposed it."""
    proposal: int = 0


class History(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    at: Instant
    actor: Actor
    filing: Filing
    steps: list[HistoryStep]


def history_of(events: Sequence[Event], values: PrivateValues, policies: PolicyLookup) -> History:
    """`events` from the first."""
    first = events[0]
    found: list[HistoryStep] = []
    for before, event in pairwise(events):
        if not _follows_from(before, event) and (step := _step(before, event, values, policies)) is not None:
            found.append(step)
    return History(
        number=first.id.partition("/")[0],
        at=from_text(first.at),
        actor=_actor(first),
        filing=_filing(first, values, policies(first.policy)),
        steps=found,
    )


def _follows_from(before: Event, event: Event) -> bool:
    """The effect of a proposal comes right behind its approval, in the approver's name: it was not asked for again."""
    return before.type == "approved" and event.act == before.fields.get("act")


def _step(before: Event, event: Event, values: PrivateValues, policies: PolicyLookup) -> HistoryStep | None:
    actor = _actor(event)
    of_evidence = event.type in EVIDENCE_EVENTS
    if not of_evidence and (event.act is None or actor.kind == "system" or event.type == _SWITCHED):
        return None
    given = {**event.fields} if of_evidence else _asked(before, event, values.get(event.seq, {}), policies)
    settling = event.type in _SETTLING
    return HistoryStep(
        seq=event.seq,
        at=from_text(event.at),
        actor=actor,
        act=event.act,
        event=event.type,
        fields=given,
        settles=event.fields.get("act", "") if settling else None,
        proposal=int(event.fields["proposal"].rpartition("/")[2]) if settling else 0,
    )


def _asked(before: Event, event: Event, values: Mapping[str, Any], policies: PolicyLookup) -> dict[str, Any]:
    """The act's fields as they were sent: what the policy of then let people say, without what it added itself."""
    policy = policies(event.policy)
    gone = dict.fromkeys(event.fields.get("given", []), ERASED)
    said = {**{key: value for key, value in event.fields.items() if key not in _ADDED}, **gone, **values}
    asked = _fields_of(policy, before.result["stage"], event.act or "")
    if asked is not None:
        said = {key: value for key, value in said.items() if key in asked}
    if isinstance(said.get("conditions"), dict):
        said["conditions"] = _ticked(policy, said["conditions"])
    return said


def _fields_of(policy: Policy, stage: str, name: str) -> frozenset[str] | None:
    """What may be sent with the act; None for those of the language, which record nothing else."""
    act = policy.document.stages[stage].acts.get(name)
    if act is None:
        return office.fields_of(policy, name)
    return frozenset([*act.needs, *act.takes])


def _ticked(policy: Policy, conditions: Mapping[str, bool]) -> dict[str, bool]:
    """Conditions that people ticked; those that the system knew by itself it will know again."""
    known = policy.document.intake.conditions
    return {name: tick for name, tick in conditions.items() if known[name].source == "screening"}


def _filing(event: Event, values: PrivateValues, policy: Policy) -> Filing:
    """Events that do not say which class was named: the lowest of then counts as none, any other was named."""
    fields, first = event.fields, event.result.get("severity")
    gone = dict.fromkeys(fields.get("given", []), ERASED)
    facts = {**fields.get("facts", {}), **gone, **values.get(event.seq, {})}
    subject = None if "subject" in policy.document.intake.facts else facts.pop("subject", None)
    return Filing(
        channel=fields["channel"],
        facts=facts,
        severity=fields.get("severity", None if first in policy.classes[:1] else first),
        category=fields.get("category") or None,
        subject=subject,
        unit=fields.get("unit"),
    )


def _actor(event: Event) -> Actor:
    return msgspec.convert(event.actor, Actor)
