"""Preview of a policy: the deadlines, the stage and the open acts of a complaint, from assumed events."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.deadline_views import DeadlineView, views
from chalicelib.complaints import filing, late_filing
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.trial import preview as trial
from chalicelib.complaints.trial.preview import NUMBER, AssumedEvent
from chalicelib.features.filing.file_complaint import ReceivedEarlier
from chalicelib.features.policies.deadline_preview import read_time
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.fact_kinds import FieldValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded
from chalicelib.ports.policy_source import Document, PolicySource

MAX_EVENTS = 100
MAX_STEPS = 250_000
"""Counted steps for the events, the deadlines and their explanations: half a second."""
_VERSION = "preview"


class PreviewEvent(RequestDocument, frozen=True, kw_only=True):
    event: str
    at: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)


class PreviewComplaint(RequestDocument, frozen=True, kw_only=True):
    channel: str
    facts: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    severity: str | None = None
    category: str | dict[str, str] | None = None
    subject: str | None = None
    unit: str | None = None
    received: ReceivedEarlier | None = None


class PolicyPreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """Give either `preset` or `policy`. `now`: the time of the deadlines' states, by default that of the last event."""

    preset: str | None = None
    policy: Document | None = None
    complaint: PreviewComplaint
    events: Annotated[list[PreviewEvent], msgspec.Meta(min_length=1, max_length=MAX_EVENTS)]
    now: str | None = None


class PolicyPreview(msgspec.Struct, frozen=True, kw_only=True):
    deadlines: list[DeadlineView]
    stage: str
    severity: str | None
    tier: int
    acts: list[str]


def preview(source: PolicySource, body: PolicyPreviewRequest) -> PolicyPreview:
    """Raises `Problem`: `policy-invalid`, or `invalid` for the complaint, its events or their times."""
    policy = _compiled(source, body)
    places: list[Place] = []
    events = [
        AssumedEvent(one.event, read_time(one.at, pointer("events", str(at), "at"), places), one.fields)
        for at, one in enumerate(body.events)
    ]
    now = events[-1].at if body.now is None else read_time(body.now, "/now", places)
    if places:
        raise Problem("invalid", "Some times of the events are invalid.", places=places)
    given = msgspec.structs.asdict(body.complaint)
    received: ReceivedEarlier | None = given.pop("received")
    receipt = None if received is None else late_filing.check(policy, received.at, received.fields, events[0].at)
    accepted = filing.check(policy, filing.Filing(**given), events[0].at, complete=False, receipt=receipt)
    try:
        with bounded(Budget(MAX_STEPS)):
            found = trial.preview(policy, accepted, events, now)
            deadlines = views(policy, found.runs, NUMBER)
    except BudgetExceeded:
        places = [Place("/events", "takes too many steps with this policy")]
        raise Problem("invalid", "The preview needs too much work.", places=places) from None
    return PolicyPreview(
        deadlines=deadlines,
        stage=found.complaint.stage,
        severity=found.complaint.severity,
        tier=found.complaint.tier,
        acts=found.acts,
    )


def _compiled(source: PolicySource, body: PolicyPreviewRequest) -> Policy:
    if (body.preset is None) == (body.policy is None):
        raise Problem(
            "invalid", "Give either a preset or a policy.", places=[Place("/preset", "either this or /policy")]
        )
    document = body.policy if body.preset is None else source.preset(body.preset)
    if document is None:
        raise RuntimeError("neither preset nor policy is set")
    encoded = source.read(document).body
    return compile_policy(msgspec.json.decode(encoded, type=PolicyDocument), _VERSION)
