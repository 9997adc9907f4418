"""Hints: what an author may not have meant. A hint has the form of a fault, and does not block publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from chalicelib.policy.checks import contact
from chalicelib.policy.checks.deadlines.limits import deadlines
from chalicelib.policy.checks.stages import tiers
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.derived.duties import duty_of
from chalicelib.policy.language.derived.possible_events import stages_after
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, Path
from chalicelib.policy.worktime import parse_limit, parse_warning
from chalicelib.policy.worktime.calendars.reader import read_calendar

_PARTIES = frozenset({"complainant", "respondent"})
_DEFAULTS = Fact()


def hints(document: PolicyDocument) -> list[Fault]:
    """For a document without faults. Each hint has its path in the full form."""
    found = chain(
        _elapsed_days(document),
        _unlisted_years(document),
        _clock_hints(document),
        _by_hand_hints(document),
        _duty_hints(document),
        _kind_hints(document),
        _evidence_hints(document),
        _recusal_hints(document),
        _respondent_hints(document),
        tiers.hints(document),
        contact.hints(document),
    )
    return list(islice(found, MAX_FAULTS))


def _elapsed_days(document: PolicyDocument) -> Iterator[Fault]:
    """Laws count whole days; `30 days` is elapsed time and ends at the time of day at which it began."""
    for limit in deadlines(document):
        if parse_limit(limit.text).is_elapsed_days:
            yield Fault(limit.path, "elapsed-days", name=limit.text)


def _unlisted_years(document: PolicyDocument) -> Iterator[Fault]:
    """A calendar whose dates count as complete through some year, although it does not say so."""
    places: list[tuple[Path, Mapping[str, Any]]] = [(("calendar",), document.calendar)]
    places += [(("calendars", name), one) for name, one in document.calendars.items()]
    for path, calendar in places:
        read = read_calendar(calendar)
        if read.listed_through is None and read.complete_through is not None:
            yield Fault(path, "listed-through", year=read.complete_through)


def _clock_hints(document: PolicyDocument) -> Iterator[Fault]:
    for name, clock in document.clocks.items():
        for event in clock.survives:
            if event not in CANCELLING_EVENTS:
                yield Fault(
                    ("clocks", name, "survives"), "survives-nothing", name=event, known=sorted(CANCELLING_EVENTS)
                )
        for index, warn in enumerate(clock.warn):
            if (limit := _shorter_limit(clock, warn)) is not None:
                yield Fault(("clocks", name, "warn", index), "warns-at-once", name=warn, limit=limit)


def _by_hand_hints(document: PolicyDocument) -> Iterator[Fault]:
    """The act of a clock may be done before time. Then the clock must end, or it is missed when the act is gone."""
    for name, clock in document.clocks.items():
        if not isinstance(clock.missed, MissedAct):
            continue
        act = clock.missed.act
        event = EVENT_OF_ACT[act]
        cancels = event in CANCELLING_EVENTS and event not in clock.survives
        ends = cancels or event in {trigger.event for trigger in clock.until}
        if not ends and not _stages_without(act, clock, document) <= set(clock.paused_in):
            yield Fault(("clocks", name, "until"), "done-by-hand", name=act, event=event)


def _duty_hints(document: PolicyDocument) -> Iterator[Fault]:
    """A miss that does not escalate may be the office's, a party's or only the service's own."""
    for name, clock in document.clocks.items():
        if clock.duty is None and clock.missed != "escalate":
            yield Fault(("clocks", name, "missed"), "whose-duty", name=name, duty=duty_of(document, clock))


def _stages_without(act: str, clock: Clock, document: PolicyDocument) -> set[str]:
    """The stages without the act, to which it leads from where the clock starts, if not this clock does it."""
    offering = {name: one.acts[act] for name, one in document.stages.items() if act in one.acts}
    doing = sum(isinstance(one.missed, MissedAct) and one.missed.act == act for one in document.clocks.values())
    sooner = {name for name, one in offering.items() if doing > 1 or not one.by_time}
    started = stages_after((trigger.event for trigger in clock.start), document) & sooner
    return {after for name in started for after in offering[name].stages_after(name)} - offering.keys()


def _shorter_limit(clock: Clock, warn: str) -> str | None:
    """The first limit of the clock that is not longer than the warning and has the same unit."""
    before = parse_warning(warn).before
    if before is None:
        return None
    limits = ((rule.limit, parse_limit(rule.limit)) for rule in clock.within)
    return next(
        (text for text, one in limits if one.kind == before.kind and one.amount - one.first_day <= before.amount), None
    )


def _kind_hints(document: PolicyDocument) -> Iterator[Fault]:
    """Keys that only other kinds use. `most` is a length; a greatest number is none."""
    parts: list[tuple[Path, dict[str, Fact]]] = [
        (("intake", "facts"), document.intake.facts),
        (("fields",), document.fields),
    ]
    for root, facts in parts:
        for name, fact in facts.items():
            for key in fact_kinds.of(fact.kind).ignores:
                if getattr(fact, key) != getattr(_DEFAULTS, key):
                    yield Fault((*root, name, key), "no-effect-on-kind", name=key, of=fact.kind)


def _evidence_hints(document: PolicyDocument) -> Iterator[Fault]:
    """Files that the respondent does not get, although the policy shows them: they may say who complains."""
    for name, kind in document.intake.evidence.items():
        kept = sorted(each for each in kind.types or FILE_TYPES if FILE_TYPES[each].metadata == "kept")
        if kept and "respondent" in kind.shown_to:
            good = sorted(each for each, one in FILE_TYPES.items() if one.metadata != "kept")
            place = "types" if kind.types else "shown_to"
            yield Fault(("intake", "evidence", name, place), "keeps-metadata", names=kept, known=good)


def _recusal_hints(document: PolicyDocument) -> Iterator[Fault]:
    """Parties perform no acts of the organisation from which `recuse` could exclude them."""
    placed = [((stage, name), act) for stage, one in document.stages.items() for name, act in one.acts.items()]
    for (stage, name), act in placed:
        parties = {selector.role for selector in act.by} & _PARTIES
        if EVENT_OF_ACT.get(name) == "recused" and parties and "person" not in (*act.needs, *act.takes):
            yield Fault(("stages", stage, "acts", name, "by"), "recuses-party", name=min(parties))


def _respondent_hints(document: PolicyDocument) -> Iterator[Fault]:
    """The respondent is the person with this role for the complaint's unit. Without units no person has it."""
    if document.intake.unit != "none":
        return
    yield from _told_respondents(("intake",), document.intake.tells)
    for stage, one in document.stages.items():
        for name, act in one.acts.items():
            path: Path = ("stages", stage, "acts", name)
            if "respondent" in {selector.role for selector in act.by}:
                yield Fault((*path, "by"), "no-respondent")
            yield from _told_respondents(path, act.tells)


def _told_respondents(path: Path, tells: Sequence[NotificationRule]) -> Iterator[Fault]:
    return (
        Fault((*path, "tells", index), "no-respondent") for index, one in enumerate(tells) if "respondent" in one.roles
    )
