"""Previews: a complaint under a policy, from assumed events, and a time limit under a calendar, with the reasons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chalicelib.casework.views.deadline_views import DeadlineView, views
from chalicelib.complaints import filing, late_filing, repeats
from chalicelib.complaints.deadlines.because_view import CalculationView
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.trial import preview as trial
from chalicelib.complaints.trial.preview import NUMBER, AssumedEvent
from chalicelib.features.filing.file_complaint import ReceivedEarlier
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.policy.worktime import (
    Budget,
    BudgetExceeded,
    Calendar,
    CalendarFault,
    Term,
    bounded,
    parse_limit,
)
from chalicelib.policy.worktime.explaining import explain
from chalicelib.ports.policy_source import Document, PolicySource

MAX_PAUSES = 100
MAX_DEADLINE_STEPS = 60_000
"""For a due time and its explanation: the years to 2100, and more than thirty years of days."""
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
        "last_day": {"enum": ["same day", "next working day", "previous working day"]},
        "calendar_days_end": {"enum": ["midnight", "close"]},
        "paused_days": {"enum": ["whole", "touched"]},
        "listed_through": {"type": "integer"},
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


def preview_deadline(body: DeadlinePreviewRequest) -> DeadlinePreview:
    """Raises `Problem("invalid")` with the place of each value that cannot be read."""
    places: list[Place] = []
    calendar = _calendar(body.calendar, places)
    start = read_time(body.start, "/start", places)
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
    return _calculated(Term(calendar, limit, start, pauses))


def _calculated(term: Term) -> DeadlinePreview:
    try:
        with bounded(Budget(MAX_DEADLINE_STEPS)):
            found = term.due()
            because = explain(term.calendar, term.limit, term.start, term.pauses)
    except BudgetExceeded:
        raise _refused("takes too many steps with this calendar and these pauses") from None
    if found.beyond:
        raise _refused("would end after 2099")
    due = None if found.due is None else to_text(found.due)
    return DeadlinePreview(due, found.provisional, msgspec.convert(because, CalculationView))


def _refused(why: str) -> Problem:
    return Problem("invalid", "The deadline cannot be calculated from these values.", places=[Place("/within", why)])


def _pauses(texts: list[tuple[str, str | None]], places: list[Place]) -> list[tuple[Instant, Instant | None]]:
    """Adds faults to `places`, as `read_time`."""
    pauses = []
    for index, (begin_text, end_text) in enumerate(texts):
        begin = read_time(begin_text, pointer("pauses", str(index), "0"), places)
        end = read_time(end_text, pointer("pauses", str(index), "1"), places) if end_text else None
        pauses.append((begin, end))
    return pauses


def _calendar(document: dict[str, Any], places: list[Place]) -> Calendar | None:
    """None if the calendar has faults, which are added to `places`."""
    try:
        return Calendar.parse(document)
    except CalendarFault as fault:
        places.extend(Place(pointer("calendar", *map(str, path)), message) for path, message in fault.faults)
        return None


def read_time(text: str, place: str, places: list[Place]) -> Instant:
    """The instant. If the text is no time, adds a fault at `place` to `places` and returns 0."""
    try:
        return from_text(text)
    except ValueError as error:
        places.append(Place(place, Text("is not a time: {error}", error=error)))
        return 0


MAX_EVENTS = 100
MAX_UNITS = 100
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
    repeat: Literal["first", "second", "third"] = "first"
    """Which complaint about the same matter it is, where the policy has `intake.repeats`."""
    filed_by: str | None = None
    """The role of the member who files, by default the complainant."""
    reached: Literal["yes", "no"] = "yes"
    """`no` if messages do not reach the complainant. Attempts on record count."""


class PolicyPreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """Give either `preset` or `policy`. `now`: the time of the deadlines' states, by default that of the last event.

    `unit_calendars`: by unit, the name of the calendar that the owners would have chosen for it.
    """

    preset: str | None = None
    policy: Document | None = None
    complaint: PreviewComplaint
    events: Annotated[list[PreviewEvent], msgspec.Meta(min_length=1, max_length=MAX_EVENTS)]
    now: str | None = None
    unit_calendars: Annotated[dict[str, str], msgspec.Meta(max_length=MAX_UNITS)] = msgspec.field(default_factory=dict)


class PolicyPreview(msgspec.Struct, frozen=True, kw_only=True):
    deadlines: list[DeadlineView]
    stage: str
    severity: str | None
    tier: int
    acts: list[str]


def preview(source: PolicySource, body: PolicyPreviewRequest) -> PolicyPreview:
    """Raises `Problem`: `policy-invalid`, or `invalid` for the complaint, its events or their times."""
    policy = trial.on_unit_calendars(_compiled(source, body), body.unit_calendars, body.complaint.unit)
    places: list[Place] = []
    events = [
        AssumedEvent(one.event, read_time(one.at, pointer("events", str(at), "at"), places), one.fields)
        for at, one in enumerate(body.events)
    ]
    now = events[-1].at if body.now is None else read_time(body.now, "/now", places)
    if places:
        raise Problem("invalid", "Some times of the events are invalid.", places=places)
    try:
        accepted = _filed(policy, body.complaint, events[0].at)
    except Problem as problem:
        raise problem.below("/complaint") from problem
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


def _filed(policy: Policy, complaint: PreviewComplaint, at: Instant) -> filing.CheckedFiling:
    given = msgspec.structs.asdict(complaint)
    received: ReceivedEarlier | None = given.pop("received")
    filed_by: str | None = given.pop("filed_by")
    repeats.check_used(policy, complaint.repeat, "/repeat")
    arrival = None if received is None else late_filing.check(policy, received.at, received.fields, at)
    filed, by_staff = trial.filer(policy, filing.Filing(**given), filed_by, "/filed_by")
    return filing.check(policy, filed, at, complete=False, arrival=arrival, by_staff=by_staff)


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
