"""Checks `after`: each event that an act waits for must be able to happen before the act.

Events that can happen in any stage, without an act or by an act that stages do not list, are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.derived.possible_events import events_in_any_stage
from chalicelib.policy.language.derived.stage_graph import StageGraph, reachable_stages, stage_transitions
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, REOPENING_ACTS, UNDONE_BY_REOPENING
from chalicelib.policy.reading.faults import Fault

_Place = tuple[str, str]


def faults(document: PolicyDocument) -> Iterator[Fault]:
    acts = {
        (stage_name, name): act
        for stage_name, stage in document.stages.items()
        for name, act in stage.acts.items()
        if name in EVENT_OF_ACT
    }
    never = set(_impossible(acts, events_in_any_stage(document)))
    graph = stage_transitions(document)
    if graph is not None:
        never |= set(_too_late(acts, events_in_any_stage(document), graph, document.intake.first))
    for place, event in sorted(never):
        yield Fault(("stages", place[0], "acts", place[1], "after"), "never-before", name=event)


def _impossible(acts: dict[_Place, Act], seen: set[str]) -> Iterator[tuple[_Place, str]]:
    """Each event in an act's `after` that cannot happen, because no act can cause it; with the place of that act.

    `seen`: the events that can happen without an act that is checked; changed: possible events are added. Reports a
    root cause only: its event counts as possible from then on.
    """
    waiting = dict(acts)
    while waiting:
        if not _perform_ready_acts(waiting, seen):
            place, event = _root_cause(waiting, seen)
            yield place, event
            seen.add(event)


def _perform_ready_acts(waiting: dict[_Place, Act], seen: set[str]) -> bool:
    """Performs every act that no longer waits for an event: moves it from `waiting` to `seen`. Returns False if none.

    Events that the language does not know are ignored here; `checks.stages` reports them.
    """
    ready = [place for place, act in waiting.items() if not (set(act.after) & EVENTS) - seen]
    for place in ready:
        del waiting[place]
        seen.add(EVENT_OF_ACT[place[1]])
    return bool(ready)


def _root_cause(waiting: dict[_Place, Act], seen: set[str]) -> tuple[_Place, str]:
    """An act that waits for an event that no other waiting act causes; in a cycle, the first such act."""
    lacking = [
        (place, event) for place, act in waiting.items() for event in act.after if event in EVENTS and event not in seen
    ]
    coming = {EVENT_OF_ACT[name] for _, name in waiting}
    return next((one for one in lacking if one[1] not in coming), lacking[0])


def _too_late(acts: dict[_Place, Act], seen: set[str], graph: StageGraph, first: str) -> Iterator[tuple[_Place, str]]:
    """Each event in an act's `after` that other acts cause, but never before the act; with the place of the act.

    They cause it only in stages from which the act's own stage cannot be reached. `first`: the first stage.
    """
    reachable = reachable_stages([first], graph)
    for event in {one for act in acts.values() for one in act.after if one in EVENTS and one not in seen}:
        causes = {
            place: act for place, act in acts.items() if EVENT_OF_ACT[place[1]] == event and place[0] in reachable
        }
        kept = _transitions_keeping(event, acts, graph)
        onward = {stage for place, act in causes.items() for stage in act.stages_after(place[0])}
        behind = reachable_stages(onward, kept)
        late = (place for place, act in acts.items() if event in act.after and place[0] in reachable - behind)
        yield from ((place, event) for place in late if causes)


def _transitions_keeping(event: str, acts: dict[_Place, Act], graph: StageGraph) -> StageGraph:
    """The transitions after which the event can still count."""
    return {
        name: {
            target.stage
            for (stage, act_name), act in acts.items()
            if stage == name and not _undoes(event, act_name, act)
            for target in act.targets
        }
        for name in graph
    }


def _undoes(event: str, name: str, act: Act) -> bool:
    """Reopening discards the events that ended the case. A recusal keeps what other people did."""
    by_itself = name in REOPENING_ACTS and event in UNDONE_BY_REOPENING
    return by_itself or (event in act.undoes and EVENT_OF_ACT[name] not in (event, "recused"))
