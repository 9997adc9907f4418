"""Checks clocks that ask whether the complainant was reached: that they wait for them, and that they are told."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import references
from chalicelib.policy.language.conditions import REACHED, Trigger
from chalicelib.policy.language.deadlines import Clock, MissedAct, Silence
from chalicelib.policy.language.derived import reach
from chalicelib.policy.language.derived.duties import ending_roles
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import role_names
from chalicelib.policy.language.stages import TELEPHONE, Act, NotificationRule
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

_COMPLAINANT = "complainant"
_FILES = "evidence_received"
"""Files of a party cause it, without an act."""


def faults(path: Path, clock: Clock, document: PolicyDocument) -> Iterator[Fault]:
    if clock.silence is not None:
        yield from _silence_faults(path, clock, clock.silence, document)
    for index, trigger in enumerate(clock.until):
        if reach.asks(document, trigger) and _tells_nothing(trigger, document):
            yield Fault((*path, "until", index, "fields", REACHED), "tells-nothing", name=trigger.event)


def way_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Messages by telephone: to the complainant alone, where clocks define the task of those who call."""
    for path, rule in _rules(document):
        if reach.is_telephoned(rule):
            position = next(at for at, one in enumerate(rule.way or ()) if one == TELEPHONE)
            if any(one != _COMPLAINANT and not one.startswith("field.") for one in role_names(rule.to)):
                yield Fault((*path, "way", position), "telephone-of-complainant")
            elif not reach.events(document):
                yield Fault((*path, "way", position), "telephone-without-task")


def _rules(document: PolicyDocument) -> Iterator[tuple[Path, NotificationRule]]:
    for index, rule in enumerate(document.intake.tells):
        yield ("intake", "tells", index), rule
    for name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            for index, rule in enumerate(act.tells):
                yield ("stages", name, "acts", act_name, "tells", index), rule


def _silence_faults(path: Path, clock: Clock, silence: Silence, document: PolicyDocument) -> Iterator[Fault]:
    asked = (*path, "silence", "asked")
    unknown = list(references.undefined_names(asked, [silence.asked], {*document.tasks, reach.TELEPHONE}, "no-task"))
    if unknown:
        yield from unknown
    elif silence.asked != reach.task(document):
        yield Fault(asked, "asked-in-two-ways", name=reach.task(document))
    elif not _waits(document, clock):
        yield Fault((*path, "silence"), "silence-of-others")
    for index, start in enumerate(clock.start):
        if _tells_nothing(start, document):
            yield Fault((*path, "start", index), "tells-nothing", name=start.event)


def _waits(document: PolicyDocument, clock: Clock) -> bool:
    """Whether the complainant can end it. Or staff do for them, and time takes their silence for an answer."""
    if any(one.event == _FILES for one in clock.until):
        return True
    roles = ending_roles(document, clock)
    return _COMPLAINANT in roles or (isinstance(clock.missed, MissedAct) and "respondent" not in roles)


def _tells_nothing(trigger: Trigger, document: PolicyDocument) -> bool:
    """Whether no act with this event tells the complainant, or is theirs. Other checks report events without act."""
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    found = [act for name, act in acts if EVENT_OF_ACT.get(name) == trigger.event]
    return bool(found) and not any(map(_reaches, found))


def _reaches(act: Act) -> bool:
    told = [role for rule in act.tells for role in role_names(rule.to)]
    return _COMPLAINANT in told or any(one.role == _COMPLAINANT for one in act.by)
