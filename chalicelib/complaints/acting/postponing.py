"""How far an extension or a promise can put off a due time: `most`, and `most_total`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.acting import rules
from chalicelib.complaints.deadlines import clocks, counting
from chalicelib.complaints.envelope import SYSTEM, EventDraft, EventFields, Result
from chalicelib.complaints.fields import CheckedFields, pointer
from chalicelib.complaints.runs import Run, first_open, stated_time
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.stages import Act
from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.policy.worktime.explaining import clock_time


def check_extension(policy: Policy, complaint: Complaint, act: Act, given: CheckedFields, now: Instant) -> None:
    """Checks that the run can be extended, and by how much.

    Only a running or paused run can be extended. If the act has `late`, a missed run can be extended too. With `most`,
    all extensions together have a maximum. Raises `Problem("invalid")`.
    """
    clock = given.public.get("clock")
    run = None if clock is None else first_open(complaint.runs, clock)
    if clock is not None and run is None:
        place = Place("/fields/clock", "does not run in this complaint")
        raise Problem("invalid", "This clock does not run.", places=[place])
    if run is not None and not rules.before_due(act, run):
        place = Place("/fields/clock", Text("was due at {due}", due=_words(policy, run, run.due or run.started)))
        raise Problem("invalid", "The due time is over: it can no longer be extended.", places=[place])
    if run is None:
        return
    until = _new_due_time(policy, run, given)
    if until is not None:
        _check_time(policy, act, run, until, now)
    if act.most_total is not None:
        _check_total(policy, complaint, act.most_total, _draft("extended", given.public, now), "clock")


def _check_time(policy: Policy, act: Act, run: Run, until: Instant, now: Instant) -> None:
    present = clocks.due_if_resumed(policy, run, now)
    if present is not None and until <= present:
        due = _words(policy, run, present)
        why = Text("must lie after {due}, when it is due now", due=due)
        if run.due is None:
            why = Text("must lie after {due}, when it would be due if it resumed now", due=due)
        raise Problem("invalid", "An extension makes it later.", places=[Place("/fields/until", why)])
    if act.most is not None:
        _check_cap(policy, run, act.most, until, run.before or present)


def _words(policy: Policy, run: Run, at: Instant) -> InBoth:
    return _in(policy.calendar_of(run.calendar), at)


def _in(calendar: Calendar, at: Instant) -> InBoth:
    """A time as people read it."""
    return InBoth(*(clock_time(calendar, at, language) for language in ("en", "zh")))


def _new_due_time(policy: Policy, run: Run, given: CheckedFields) -> Instant | None:
    """The time that an extension gives. A date means its 24:00 in the zone of the run."""
    until = given.public.get("until")
    return stated_time(policy.calendar_of(run.calendar), until) if isinstance(until, str) else None


def _check_cap(policy: Policy, run: Run, most: str, until: Instant, first: Instant | None) -> None:
    """All extensions together may move the due time by at most `most` from `first`, where it was before them."""
    if first is None:
        return
    calendar = policy.calendar_of(run.calendar)
    latest = due_time(calendar, parse_limit(most), first, from_day_end=True).due
    if latest is not None and until > latest:
        place = Place(
            "/fields/until",
            Text(
                "must not lie after {latest}: the extension is at most {most}",
                latest=_in(calendar, latest),
                most=most,
            ),
        )
        raise Problem("invalid", "The extension is too long.", places=[place])


def check_promise(
    policy: Policy, complaint: Complaint, act: Act, given: Mapping[str, Any], now: Instant
) -> EventFields:
    """Adds no field.

    Raises `Problem("invalid")` if a due time that the act states lies after `most` from now, or one that it brings
    about after `most_total`.
    """
    latest = None if act.most is None else due_time(policy.calendar, parse_limit(act.most), now).due
    for name in (*act.needs, *act.takes):
        value = given.get(name)
        ends = [stated_time(one, value) for one in _stated_on(policy, name)] if isinstance(value, str) else []
        if latest is not None and any(end > latest for end in ends):
            why = Text(
                "must not lie after {latest}: a promise is at most {most}",
                latest=_in(policy.calendar, latest),
                most=act.most,
            )
            place = Place(f"/fields/{name}", why)
            raise Problem("invalid", "The promise is too long.", places=[place])
    if act.most_total is not None:
        _check_total(policy, complaint, act.most_total, _draft("promised", given, now))
    return {}


def _stated_on(policy: Policy, name: str) -> list[Calendar]:
    """The calendars of the clocks and tasks whose due time the field states. A date ends in their zones."""
    document = policy.document
    named = [one.calendar for one in document.clocks.values() if one.stated == name]
    named += [one.calendar for one in document.tasks.values() if one.stated == name]
    return [policy.calendar_of(policy.calendar_name(one)) for one in named]


def _check_total(policy: Policy, complaint: Complaint, most: str, draft: EventDraft, field: str = "") -> None:
    """No run that the event begins may be due after `most`, counted from the first run that it replaces."""
    after = replace(complaint, seq=complaint.seq + 1)
    for run in clocks.changed_runs(policy, after, draft):
        if not run.open or run.seq != after.seq:
            continue
        due = clocks.due_if_resumed(policy, run, draft.at)
        latest = counting.latest_in_total(policy, run, parse_limit(most), draft.at)
        if due is not None and latest is not None and due > latest:
            why = Text(
                "would make {clock} due after {latest}: all together it is at most {most} from its first start",
                clock=run.clock,
                latest=_words(policy, run, latest),
                most=most,
            )
            stated = "until" if draft.type == "extended" else policy.clocks[run.clock].clock.stated
            named = stated if stated in draft.fields else field
            place = Place(pointer("fields", named) if named else "", why)
            raise Problem("invalid", "The due time would be put off too far.", places=[place])


def _draft(event: str, given: Mapping[str, Any], now: Instant) -> EventDraft:
    """The event as it would be. Clocks ask only for its type, time and fields."""
    nothing = Result(stage="", tier=1, severity=None, flags={})
    return EventDraft(type=event, at=now, actor=SYSTEM, fields=dict(given), result=nothing)
