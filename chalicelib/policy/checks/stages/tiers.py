"""Hints where an alarm rings on a tier on which no person can act.

A tier helps if one of its roles can do an act of the stage that assigns people or leads to another stage, at some time.
`acting` helps if the organisation has such an act there, because the alarm then reaches those who can do it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from chalicelib.policy.checks.deadlines.due_acts import running_in
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, NO_EFFECT
from chalicelib.policy.reading.faults import Fault

_PARTIES = frozenset({"complainant", "respondent"})
_RECUSED, _ROUTED, _RECORD = "recused", "routed", "record"


def hints(document: PolicyDocument) -> Iterator[Fault]:
    """For each stage and tier one hint, with the first clock whose alarm rings there."""
    ringing = {name: _ringing_in(clock, document) for name, clock in document.clocks.items()}
    for stage in document.stages:
        able = _able(stage, document)
        for level, tier in enumerate(document.tiers):
            helps = bool(able & {*tier.roles}) or (tier.acting and bool(able))
            clock = next((name for name, rings in ringing.items() if stage in rings.get(level, ())), None)
            if clock is not None and not helps:
                yield Fault(("stages", stage), "tier-without-act", name=stage, tier=level + 1, clock=clock)


def _able(stage: str, document: PolicyDocument) -> set[str]:
    """The roles that can assign people or lead on in the stage."""
    helpful = (act for name, act in document.stages[stage].acts.items() if _helps(stage, name, act))
    found = {selector.role for act in helpful for selector in act.by} - _PARTIES
    return found | {route.role for route in document.intake.routing} if _ROUTED in found else found


def _helps(stage: str, name: str, act: Act) -> bool:
    counts = name not in NO_EFFECT and EVENT_OF_ACT.get(name) != _RECUSED
    return counts and (bool(act.assigns) or act.stages_after(stage) != {stage})


def _ringing_in(clock: Clock, document: PolicyDocument) -> Mapping[int, Set[str]]:
    """By position of a tier: the stages in which the clock's warning or miss is told on it.

    A warning is told on the tier that the complaint has reached, a miss on the next one. A missed run goes on into
    stages that would pause it.
    """
    going_on = {stage for stage in running_in(clock, document) if _goes_on(stage, document)}
    running = going_on - {*clock.paused_in}
    top = len(document.tiers) - 1
    found: dict[int, Set[str]] = {}
    if clock.warn:
        reached = range(top + 1 if any(one.missed != _RECORD for one in document.clocks.values()) else 1)
        found = dict.fromkeys(reached, running)
    if clock.missed != _RECORD and running:
        found |= dict.fromkeys(range(min(1, top), top + 1), going_on)
    return found


def _goes_on(stage: str, document: PolicyDocument) -> bool:
    return stage in document.stages and not document.stages[stage].is_end
