"""Checks publicity and supervision.

The organisation publishes only public choices, dates and texts that were written by its people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks.deadlines import clocks, limits
from chalicelib.policy.checks.references import condition_faults, trigger_faults, undefined_names
from chalicelib.policy.checks.stages.stages import approval_faults
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.possible_values import Values, single_values
from chalicelib.policy.language.facts import Fact, is_public
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import PARENT
from chalicelib.policy.language.publicity import INSPECTION, Inspection, Notices, Supervision
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import CalendarFault, due_time, parse_calendars, parse_limit

_DATE_SUFFIX = "_on"
"""`decided_on` is the week of the event `decided`."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    publicity = document.publicity
    if publicity is not None and publicity.notices is not None:
        yield from _notice_faults(("publicity", "notices"), publicity.notices, document, names)
    if publicity is not None and publicity.results is not None:
        path: Path = ("publicity", "results")
        yield from _trigger_faults((*path, "on"), publicity.results.on, document, names)
        yield from _shown_faults((*path, "shows"), publicity.results.shows, document, names)
    if publicity is not None and publicity.figures is not None and not publicity.figures.shows:
        yield Fault(("publicity", "figures", "shows"), "shows-nothing")
    yield from _consent_faults(document)


def _notice_faults(path: Path, notices: Notices, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    fields = _choices_of_acts(document)
    yield from condition_faults((*path, "when"), notices.when, names, fields)
    yield from _trigger_faults((*path, "on"), notices.on, document, names)
    if notices.delay is not None:
        yield from clocks.limit_faults((*path, "delay"), notices.delay)
    if notices.approval is not None:
        yield from approval_faults((*path, "approval"), notices.approval, names, fields)
        for index, one in enumerate(notices.approval.by):
            if not isinstance(one, str) and one.of == PARENT:
                yield Fault((*path, "approval", "by", index, "of"), "parent-elsewhere")
    if notices.objection is not None:
        yield from _ending_limit_faults((*path, "objection", "within"), notices.objection.within)
    yield from _shown_faults((*path, "shows"), notices.shows, document, names)


def _ending_limit_faults(path: Path, text: str) -> Iterator[Fault]:
    wrong = list(clocks.limit_faults(path, text))
    yield from wrong
    if not wrong and parse_limit(text).kind == "none":
        yield Fault(path, "never-published")


def _trigger_faults(path: Path, on: list[Trigger], document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if not on:
        yield Fault(path, "never-published")
    yield from trigger_faults(path, on, document, names)


def _choices_of_acts(document: PolicyDocument) -> Values:
    found = {}
    for name, fact in document.fields.items():
        values = single_values(fact) if is_public(fact.kind, fact) else None
        if values:
            found[name] = values | {"none"}
    return found


def _shown_faults(path: Path, shows: Iterable[str], document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if not shows:
        yield Fault(path, "shows-nothing")
    dates = {event + _DATE_SUFFIX for event in names.events}
    facts = {**document.intake.facts, **document.fields}
    builtin = {"category", "channel", "severity", "unit", "ground", *document.intake.categories}
    fields = {name: fact for name, fact in document.fields.items() if fact.holder in (None, "content")}
    texts = {name for name, fact in fields.items() if fact_kinds.of(fact.kind).is_free_text}
    public = {name for name, fact in facts.items() if is_public(fact.kind, fact)}
    for index, name in enumerate(shows):
        if name in facts and name not in texts | public:
            yield Fault((*path, index), "never-public", name=name)
        else:
            yield from undefined_names((*path, index), [name], builtin | dates | texts | public, "cannot-be-shown")


def _consent_faults(document: PolicyDocument) -> Iterator[Fault]:
    """`consent` of a field matters only if notices show the field."""
    notices = None if document.publicity is None else document.publicity.notices
    shown = [] if notices is None else notices.shows
    parts: list[tuple[Path, dict[str, Fact]]] = [
        (("intake", "facts"), document.intake.facts),
        (("fields",), document.fields),
    ]
    for root, facts in parts:
        for name, fact in facts.items():
            if fact.consent is not None and name not in shown:
                yield Fault((*root, name, "consent"), "consent-to-nothing", name=name)


def supervision_faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """The supervisors exist, and their inspections have an end."""
    supervision = document.supervision
    if supervision is None:
        return
    path: Path = ("supervision",)
    if not supervision.by:
        yield Fault((*path, "by"), "supervision-without-role")
    yield from undefined_names((*path, "by"), supervision.by, names.roles, "no-role")
    yield from _report_faults(path, supervision, document)
    if supervision.inspection is not None:
        for part, defined in (("tasks", document.tasks), ("clocks", document.clocks)):
            if INSPECTION in defined:
                yield Fault((part, INSPECTION), "reserved", name=INSPECTION)
        yield from _inspection_faults((*path, "inspection"), supervision.inspection, names)


def _report_faults(path: Path, supervision: Supervision, document: PolicyDocument) -> Iterator[Fault]:
    """Both limits end, the reminder first."""
    given = {name: text for name in ("within", "remind") if (text := getattr(supervision, name)) is not None}
    wrong = [fault for name, text in given.items() for fault in _report_limit_faults((*path, name), text)]
    yield from wrong
    if supervision.remind is not None and not wrong:
        if supervision.within is None:
            yield Fault((*path, "remind"), "reminded-of-nothing")
        elif not _is_before(document, supervision.remind, supervision.within):
            yield Fault((*path, "remind"), "reminded-too-late", name=supervision.within)


def _report_limit_faults(path: Path, text: str) -> Iterator[Fault]:
    wrong = list(clocks.limit_faults(path, text))
    yield from wrong
    if not wrong and parse_limit(text).kind == "none":
        yield Fault(path, "report-never-due")


def _is_before(document: PolicyDocument, earlier: str, later: str) -> bool:
    """From an ordinary start. A faulty calendar is reported elsewhere."""
    try:
        calendar = parse_calendars(document.calendar, document.calendars)[""]
    except (CalendarFault, ValueError):
        return True
    ends = [due_time(calendar, parse_limit(text), limits.START).due for text in (earlier, later)]
    return ends[0] is not None and ends[1] is not None and ends[0] < ends[1]


def _inspection_faults(path: Path, inspection: Inspection, names: DefinedNames) -> Iterator[Fault]:
    wrong = list(clocks.limit_faults((*path, "due"), inspection.due))
    yield from wrong
    if not wrong and parse_limit(inspection.due).kind == "none":
        yield Fault((*path, "due"), "schedule-never-due")
    yield from undefined_names((*path, "role"), [inspection.role], names.roles, "no-role")
    yield from undefined_names((*path, "tells"), inspection.tells, names.roles | {"owner"}, "no-role")
