"""Routes to try out a calendar or a policy, without signing in."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.deadline_views import views
from chalicelib.complaints import filing
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.trial import preview
from chalicelib.complaints.trial.preview import NUMBER, AssumedEvent
from chalicelib.decoding import RequestDocument
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.routes.complaint_schemas import CalculationView, DeadlineView
from chalicelib.instants import Instant, from_text, to_text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.fact_kinds import FieldValue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.worktime import Calendar, CalendarFault, due_time, explain, parse_limit
from chalicelib.problem import Place, Problem
from chalicelib.tenants.publication.policy_source import Document

MAX_EVENTS = 100
MAX_PAUSES = 100
_VERSION = "preview"
_TEXT = {"type": "string"}
_OPEN_TIMES = {
    "type": "array",
    "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}]},
    "description": 'Open times of a day, such as `["09:00-12:00", "13:30-18:00"]`.',
}
_CALENDAR_SCHEMA = {
    "description": "A calendar, as in a policy. `worktime` checks it, with a place and a reason for each fault.",
    "required": ["timezone", "hours"],
    "properties": {
        "timezone": _TEXT,
        "hours": {"type": "object", "additionalProperties": _OPEN_TIMES},
        "holidays": {"type": ["string", "null"]},
        "closed": {"type": "array", "items": _TEXT},
        "open": {"type": "object", "additionalProperties": _OPEN_TIMES},
        "day_ends": {"enum": ["close", "midnight"]},
        "swapped": _TEXT,
    },
}
_Calendar = Annotated[dict[str, Any], msgspec.Meta(extra_json_schema=_CALENDAR_SCHEMA)]


class DeadlinePreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """`within`: a time limit, as in a policy. `pauses`: `[from, to]` each; the last `to` is null while paused."""

    calendar: _Calendar
    start: str
    within: str
    pauses: Annotated[list[tuple[str, str | None]], msgspec.Meta(max_length=MAX_PAUSES)] = msgspec.field(
        default_factory=list
    )


class DeadlinePreview(msgspec.Struct, frozen=True):
    due: str | None
    provisional: bool
    because: CalculationView


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


def register(api: Api) -> None:
    @api.route(
        "/v1/preview/deadline",
        method="POST",
        summary="Calculate when a time limit is due under a calendar, with the reasons",
        allow=["public"],
        request=DeadlinePreviewRequest,
        response=DeadlinePreview,
    )
    def preview_deadline(call: Call) -> Reply:
        return Reply(_deadline(call.body))

    @api.route(
        "/v1/preview/policy",
        method="POST",
        summary="Preview a complaint under a policy: deadlines, stage, open acts",
        allow=["public"],
        request=PolicyPreviewRequest,
        response=PolicyPreview,
        problems=["policy-invalid"],
        weight=5,
    )
    def preview_policy(call: Call) -> Reply:
        return Reply(_policy(call, call.body))


def _deadline(body: DeadlinePreviewRequest) -> DeadlinePreview:
    places: list[Place] = []
    calendar = _calendar(body.calendar, places)
    start = _time(body.start, "/start", places)
    pauses = _pauses(body.pauses, places)
    try:
        limit = parse_limit(body.within)
    except ValueError as error:
        places.append(Place("/within", str(error)))
    places.extend(
        Place(pointer("pauses", str(index)), "ends before it begins")
        for index, (begin, end) in enumerate(pauses)
        if end is not None and end < begin
    )
    if places or calendar is None:
        raise Problem("invalid", "The deadline cannot be calculated from these values.", places=places)
    found = due_time(calendar, limit, start, pauses)
    because = msgspec.convert(explain(calendar, limit, start, pauses), CalculationView)
    return DeadlinePreview(None if found.due is None else to_text(found.due), found.provisional, because)


def _pauses(texts: list[tuple[str, str | None]], places: list[Place]) -> list[tuple[Instant, Instant | None]]:
    pauses = []
    for index, (begin_text, end_text) in enumerate(texts):
        begin = _time(begin_text, pointer("pauses", str(index), "0"), places)
        end = _time(end_text, pointer("pauses", str(index), "1"), places) if end_text else None
        pauses.append((begin, end))
    return pauses


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
        places.append(Place(place, f"is not a time: {error}"))
        return 0


def _policy(call: Call, body: PolicyPreviewRequest) -> PolicyPreview:
    policy = _compiled(call, body)
    places: list[Place] = []
    events = [
        AssumedEvent(one.event, _time(one.at, pointer("events", str(at), "at"), places), one.fields)
        for at, one in enumerate(body.events)
    ]
    now = events[-1].at if body.now is None else _time(body.now, "/now", places)
    if places:
        raise Problem("invalid", "Some times of the events are invalid.", places=places)
    complaint = filing.Filing(**msgspec.structs.asdict(body.complaint))
    accepted = filing.check(policy, complaint, events[0].at, complete=False)
    found = preview.preview(policy, accepted, events, now)
    return PolicyPreview(
        deadlines=msgspec.convert(views(policy, found.runs, NUMBER), list[DeadlineView]),
        stage=found.complaint.stage,
        severity=found.complaint.severity,
        tier=found.complaint.tier,
        acts=found.acts,
    )


def _compiled(call: Call, body: PolicyPreviewRequest) -> Policy:
    if (body.preset is None) == (body.policy is None):
        raise Problem(
            "invalid", "Give either a preset or a policy.", places=[Place("/preset", "either this or /policy")]
        )
    source = call.wiring.policies
    document = body.policy if body.preset is None else source.preset(body.preset)
    if document is None:
        raise RuntimeError("neither preset nor policy is set")
    encoded = source.read(document).body
    return compile_policy(msgspec.json.decode(encoded, type=PolicyDocument), _VERSION)
