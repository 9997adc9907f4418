"""Checking what acts wait for: an event that cannot have been before is a condition that never holds.

Events that also come by themselves, or by an act of the language in any stage, are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.model import Act, PolicyDocument
from chalicelib.policy.language.possible_events import events_in_any_stage
from chalicelib.policy.language.stage_graph import StageGraph, reachable_stages, stage_transitions
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, UNDONE_BY_REOPENING
from chalicelib.policy.reading.faults import Fault

_Place = tuple[str, str]


def faults(document: PolicyDocument) -> Iterator[Fault]:
    acts = {
        (stage_name, name): act
        for stage_name, stage in document.stages.items()
        for name, act in stage.acts.items()
        if name in EVENT_OF_ACT
    }
    never = set(_by_nothing(acts, events_in_any_stage(document)))
    onward = stage_transitions(document)
    if onward is not None:
        never |= set(_only_later(acts, events_in_any_stage(document), onward, document.intake.first))
    for place, event in sorted(never):
        yield Fault(("stages", place[0], "acts", place[1], "after"), "never-before", name=event)


def _by_nothing(acts: dict[_Place, Act], seen: set[str]) -> Iterator[tuple[_Place, str]]:
    """No act that can be done leads to the event, wherever. Reported once, at the root: from then on it counts."""
    waiting = dict(acts)
    while waiting:
        if not _happen(waiting, seen):
            place, event = _root(waiting, seen)
            yield place, event
            seen.add(event)


def _happen(waiting: dict[_Place, Act], seen: set[str]) -> bool:
    """Let every act happen that waits for nothing more. An event that the language does not know is not waited for."""
    ready = [place for place, act in waiting.items() if not (set(act.after) & EVENTS) - seen]
    for place in ready:
        del waiting[place]
        seen.add(EVENT_OF_ACT[place[1]])
    return bool(ready)


def _root(waiting: dict[_Place, Act], seen: set[str]) -> tuple[_Place, str]:
    """An act that waits for an event which no other waiting act would lead to; in a circle, the first of it."""
    lacking = [
        (place, event) for place, act in waiting.items() for event in act.after if event in EVENTS and event not in seen
    ]
    coming = {EVENT_OF_ACT[name] for _, name in waiting}
    return next((one for one in lacking if one[1] not in coming), lacking[0])


def _only_later(
    acts: dict[_Place, Act], seen: set[str], onward: StageGraph, first: str
) -> Iterator[tuple[_Place, str]]:
    """Acts lead to the event, but no way from any of them to the stage in which it is waited for."""
    possible = reachable_stages([first], onward)
    for event in {one for act in acts.values() for one in act.after if one in EVENTS and one not in seen}:
        causes = {place: act for place, act in acts.items() if EVENT_OF_ACT[place[1]] == event and place[0] in possible}
        kept = _remembering(event, acts, onward)
        behind = reachable_stages({stage for place, act in causes.items() for stage in _then(place, act)}, kept)
        late = (place for place, act in acts.items() if event in act.after and place[0] in possible - behind)
        yield from ((place, event) for place in late if causes)


def _then(place: _Place, act: Act) -> set[str]:
    """Where the complaint may be right after the act; one that all must do stays until the last has."""
    return {act.to or place[0], place[0]} if act.all else {act.to or place[0]}


def _remembering(event: str, acts: dict[_Place, Act], onward: StageGraph) -> StageGraph:
    """The ways on which the event still counts: reopening forgets what ended the case."""
    if event not in UNDONE_BY_REOPENING:
        return onward
    return {
        name: {act.to for (stage, act_name), act in acts.items() if stage == name and act_name != "reopen" and act.to}
        for name in onward
    }
