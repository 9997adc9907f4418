"""A complaint's record as an example: what people did, with its public values. What follows comes of the policy."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.complaints.applying.contact import MAIL
from chalicelib.complaints.trial.preview import ASSUMABLE
from chalicelib.kit.instants import SECOND, from_text
from chalicelib.policy.checks.intake.fields import EVENT_KEYS
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.vocabulary import LINKING_EVENTS
from chalicelib.policy.worktime.zone import wall_clock

NOT_SHOWN = "—"
"""In place of a private value. That it was given can matter."""
_DERIVED = frozenset({"given", "assigned", "opened", "approvers", "act", "proposal"})
"""Fields that the system derives."""


def as_example(policy: Policy, record: RecordView) -> dict[str, Any]:
    """In the written form of examples, without `then`. Times are local, to the second."""
    first, *rest = record.events
    registered = {"event": first.type, "at": wall_text(policy, first.at)}
    return {
        "given": _given(policy, first),
        "events": [registered, *(_event(policy, one) for one in rest if _done(one))],
    }


def _done(one: EnvelopeView) -> bool:
    """Whether a person did it, or another complaint that it follows. The act that an approval puts into effect is an
    event of its own. A trial has no other complaint to link."""
    follows = one.type == "closed" and "follows" in one.fields
    return (one.actor.kind != "system" or follows) and one.type in ASSUMABLE - LINKING_EVENTS


def wall_text(policy: Policy, at: str) -> str:
    """Of an instant as text, without the seconds of a whole minute."""
    instant = from_text(at)
    moment = wall_clock(policy.calendar.zone, instant - instant % SECOND)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _event(policy: Policy, one: EnvelopeView) -> dict[str, Any]:
    """What happened without an act has no fields that a person gave."""
    public: dict[str, Any] = {} if one.act is msgspec.UNSET else one.fields
    if one.type != "attempted":
        public = {key: value for key, value in public.items() if key != REACHED}
    private = dict.fromkeys(public.get("given", ()), NOT_SHOWN)
    fields = {key: value for key, value in {**public, **private}.items() if _is_known(policy, key)}
    return {"event": one.type, "at": wall_text(policy, one.at), **({"fields": fields} if fields else {})}


def _is_known(policy: Policy, key: str) -> bool:
    document = policy.document
    known = key in EVENT_KEYS or key in BUILT_IN_FIELDS or key in document.fields or key in document.intake.facts
    return known and key not in _DERIVED


def _given(policy: Policy, first: EnvelopeView) -> dict[str, Any]:
    fields: dict[str, Any] = first.fields
    result: dict[str, Any] = first.result
    actor, ways = first.actor, result.get("contact")
    found = {
        "channel": fields["channel"],
        "facts": fields.get("facts") or None,
        "severity": fields.get("severity") or result.get("severity"),
        "category": fields.get("category") or None,
        "unit": fields.get("unit"),
        "repeat": fields.get("repeat"),
        "reached": "no" if ways and MAIL not in ways else None,
        "filed_by": (actor.role or None) if actor.kind == "staff" else None,
        "received": {"at": wall_text(policy, fields["received_at"])} if "received_at" in fields else None,
    }
    return {key: value for key, value in found.items() if value is not None}
