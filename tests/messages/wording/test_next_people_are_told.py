"""The presets tell the people to whom a case passes: of each stage, one of those who alone can move it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest

from chalicelib.policy import presets
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act, NotificationRule
from chalicelib.policy.language.vocabulary import ACT_TERMS, CANCELLING_EVENTS
from chalicelib.policy.reading import parsing

PARTIES = frozenset({"complainant", "respondent"})
NO_DUTY = frozenset({"reopen", "tick", "recuse", "park", "classify", "withdraw"})
"""Acts that no role has to do."""
People = frozenset[tuple[str, bool]]
"""Roles, each with whether only its assigned people are meant."""


def by_time(document: PolicyDocument, stage: str) -> set[str]:
    """The acts that time does there."""
    clocks = [(clock, clock.missed) for clock in document.clocks.values() if stage in running(document, clock)]
    return {missed.act for _, missed in clocks if isinstance(missed, MissedAct)}


def running(document: PolicyDocument, clock: Clock) -> set[str]:
    """The stages in which the clock can run."""
    ends, starts = ({trigger.event for trigger in part} for part in (clock.until, clock.start))
    ends |= CANCELLING_EVENTS - set(clock.survives)
    ways = [*arrivals(document)]
    found = {way.to for way in ways if ACT_TERMS[way.name].event in starts}
    for _ in document.stages:
        found |= {way.to for way in ways if way.before in found and ACT_TERMS[way.name].event not in ends}
    return found


def doers(document: PolicyDocument, act: Act) -> People:
    chosen = ((one.role, one.of == "assigned") for one in act.by if one.role not in PARTIES)
    return frozenset((role, of_them) for name, of_them in chosen for role in roles_of(document, name))


def roles_of(document: PolicyDocument, name: str) -> Iterable[str]:
    """The roles that a recipient stands for: those of a field, or all to which a complaint can be routed."""
    if name == "routed":
        return [route.role for route in document.intake.routing]
    if name == "assigned":
        fields = {field for _, _, _, act in arrivals(document) for field in act.assigned_fields.values()}
        return [name, *(role for field in sorted(fields) for role in roles_of(document, f"field.{field}"))]
    if not name.startswith("field."):
        return [name]
    field = document.fields[name.removeprefix("field.")]
    named = [field.role] if isinstance(field.role, str) else field.role or []
    return [role for one in named for role in roles_of(document, one)] or list(field.choices)


def on_duty(document: PolicyDocument, stage: str) -> People:
    """The staff who can move a case on from here: by an act that leads away, or one that this act needs before it.

    Empty if a party or time can do it too.
    """
    acts = {name: act for name, act in document.stages[stage].acts.items() if name not in NO_DUTY}
    onward = {name: act for name, act in acts.items() if act.targets and name not in by_time(document, stage)}
    events = {event for act in onward.values() for event in act.after}
    needed = {name: act for name, act in acts.items() if ACT_TERMS[name].event in events}
    if any(one.role in PARTIES for act in onward.values() for one in act.by):
        return frozenset()
    return frozenset().union(*(doers(document, act) for act in [*onward.values(), *needed.values()]))


def is_told(document: PolicyDocument, tells: Iterable[NotificationRule], people: People) -> bool:
    told = {role for rule in tells for one in rule.roles for role in roles_of(document, one)}
    return any(role in told or (of_them and "assigned" in told) for role, of_them in people)


class Arrival(NamedTuple):
    """An act that leads from the stage `before` to the stage `to`."""

    to: str
    name: str
    before: str
    act: Act


def arrivals(document: PolicyDocument) -> Iterator[Arrival]:
    for before, stage in document.stages.items():
        for name, act in stage.acts.items():
            for target in act.targets:
                yield Arrival(target.stage, name, before, act)


def untold(document: PolicyDocument) -> Iterator[tuple[str, str]]:
    """The stages whose people do not hear of a case that comes, each with the act and the stage before it."""
    first = document.intake.first or next(iter(document.stages))
    if not is_told(document, document.intake.tells, on_duty(document, first)):
        yield first, "filing"
    for to, name, before, act in arrivals(document):
        people, own = on_duty(document, to), doers(document, act)
        knows = own and own <= people and name not in by_time(document, before)
        if people and not knows and not is_told(document, act.tells, people):
            yield to, f"{before}.{name}"


@pytest.mark.parametrize("preset", presets.names())
def test_who_alone_can_move_a_case_on_is_told_that_it_has_come(preset: str) -> None:
    assert list(untold(parsing.parse(presets.document(preset)))) == []


@pytest.mark.parametrize(
    ("preset", "stage", "act", "expected"),
    [
        ("platform", "decided", "close", ("closed", "decided.close")),  # only the archivist archives
        ("auto-repair-forms", "negotiation", "sign", ("opinion", "negotiation.sign")),
        ("corporate-standard", "decided", "dispute", ("disputed", "decided.dispute")),
        ("customer-service", "registered", "assign", ("assigned", "registered.assign")),
        ("property-management", "registered", "forward", ("forwarded", "registered.forward")),
        ("government-service-centre", "decided", "close", ("closed", "decided.close")),  # by time
    ],
)
def test_a_missing_message_is_found(preset: str, stage: str, act: str, expected: tuple[str, str]) -> None:
    document = presets.document(preset)
    del document["stages"][stage][act]["tells"]

    assert list(untold(parsing.parse(document))) == [expected]


def test_a_filing_that_nobody_hears_of_is_found() -> None:
    document = presets.document("food-drug-administration")
    document["intake"]["tells"] = "complainant"

    assert list(untold(parsing.parse(document))) == [("registered", "filing")]
