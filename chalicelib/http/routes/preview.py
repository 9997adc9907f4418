"""Routes for trying a calendar or a policy out, without signing in (design §5)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.deadline_views import view
from chalicelib.complaints import filing
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.trial import preview
from chalicelib.complaints.trial.preview import NUMBER, Told
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.instants import Instant, from_text, to_text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.worktime import Calendar, CalendarFault, due, explain, parse_limit
from chalicelib.problem import Place, Problem

MAX_EVENTS = 100
MAX_PAUSES = 100
_VERSION = "preview"


class DeadlinePreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """`within`: a limit text; `pauses`: `[from, to]` each, the last `to` null while paused."""

    calendar: dict[str, Any]
    start: str
    within: str
    pauses: Annotated[list[tuple[str, str | None]], msgspec.Meta(max_length=MAX_PAUSES)] = msgspec.field(
        default_factory=list
    )


class DeadlinePreview(msgspec.Struct, frozen=True):
    due: str | None
    provisional: bool
    because: dict[str, Any]


class PreviewEvent(RequestDocument, frozen=True, kw_only=True):
    event: str
    at: str
    fields: dict[str, Any] = msgspec.field(default_factory=dict)


class PreviewComplaint(RequestDocument, frozen=True, kw_only=True):
    channel: str
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    severity: str | None = None
    category: str | dict[str, str] | None = None
    subject: str | None = None
    unit: str | None = None


class PolicyPreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """Either `preset` or `policy`. `now`: when the deadlines' states are asked for, by default at the last event."""

    preset: str | None = None
    policy: dict[str, Any] | str | None = None
    complaint: PreviewComplaint
    events: Annotated[list[PreviewEvent], msgspec.Meta(min_length=1, max_length=MAX_EVENTS)]
    now: str | None = None


class PolicyPreview(msgspec.Struct, frozen=True, kw_only=True):
    deadlines: list[dict[str, Any]]
    stage: str
    severity: str | None
    tier: int
    acts: list[str]


def register(api: Api) -> None:
    @api.route(
        "/v1/preview/deadline",
        method="POST",
        summary="When a limit is due under a calendar, and why",
        allow=["public"],
        request=DeadlinePreviewRequest,
        response=DeadlinePreview,
    )
    def preview_deadline(call: Call) -> Reply:
        return Reply(_deadline(call.body))

    @api.route(
        "/v1/preview/policy",
        method="POST",
        summary="What a policy makes of a complaint: deadlines, stage, acts",
        allow=["public"],
        request=PolicyPreviewRequest,
        response=PolicyPreview,
        problems=["policy-invalid"],
        weight=5,
    )
    def preview_policy(call: Call) -> Reply:
        return Reply(_policy(call, call.body))


def _deadline(asked: DeadlinePreviewRequest) -> DeadlinePreview:
    places: list[Place] = []
    calendar = _calendar(asked.calendar, places)
    start = _time(asked.start, "/start", places)
    pauses = [
        (
            _time(first, pointer("pauses", str(at), "0"), places),
            last and _time(last, pointer("pauses", str(at), "1"), places),
        )
        for at, (first, last) in enumerate(asked.pauses)
    ]
    try:
        limit = parse_limit(asked.within)
    except ValueError as error:
        places.append(Place("/within", str(error)))
    places.extend(
        Place(pointer("pauses", str(at)), "ends before it begins")
        for at, (first, last) in enumerate(pauses)
        if isinstance(last, int) and last < first
    )
    if places or calendar is None:
        raise Problem("invalid", "The deadline cannot be worked out from this.", places=places)
    stopped = [(first, last if isinstance(last, int) else None) for first, last in pauses]
    found = due(calendar, limit, start, stopped)
    return DeadlinePreview(
        None if found.due is None else to_text(found.due), found.provisional, explain(calendar, limit, start, stopped)
    )


def _calendar(document: dict[str, Any], places: list[Place]) -> Calendar | None:
    try:
        return Calendar.parse(document)
    except CalendarFault as fault:
        places.extend(Place(pointer("calendar", *map(str, path)), message) for path, message in fault.faults)
        return None


def _time(text: str, place: str, places: list[Place]) -> Instant:
    try:
        return from_text(text)
    except ValueError as error:
        places.append(Place(place, f"is no time: {error}"))
        return 0


def _policy(call: Call, asked: PolicyPreviewRequest) -> PolicyPreview:
    policy = _compiled(call, asked)
    places: list[Place] = []
    told = [
        Told(one.event, _time(one.at, pointer("events", str(at), "at"), places), one.fields)
        for at, one in enumerate(asked.events)
    ]
    now = told[-1].at if asked.now is None else _time(asked.now, "/now", places)
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)
    given = filing.Filing(**msgspec.structs.asdict(asked.complaint))
    accepted = filing.check(policy, given, told[0].at, complete=False)
    found = preview.preview(policy, accepted, told, now)
    return PolicyPreview(
        deadlines=[
            view(policy, run, NUMBER) for run in sorted(found.runs, key=lambda run: (run.started, run.clock, run.n))
        ],
        stage=found.complaint.stage,
        severity=found.complaint.severity,
        tier=found.complaint.tier,
        acts=found.acts,
    )


def _compiled(call: Call, asked: PolicyPreviewRequest) -> Policy:
    if (asked.preset is None) == (asked.policy is None):
        raise Problem("invalid", "Name a preset or give a policy.", places=[Place("/preset", "either this or /policy")])
    source = call.wiring.policies
    document = asked.policy if asked.preset is None else source.preset(asked.preset)
    if document is None:
        raise RuntimeError("one of the two is there")
    body = source.read(document).body
    return compile_policy(msgspec.json.decode(body, type=PolicyDocument), _VERSION)
