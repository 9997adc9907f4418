"""Whose duty a clock is, who can end it, and how."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.policy.language.deadlines import Clock, Duty, MissedAct
from chalicelib.policy.language.derived.course import is_aside
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import TIME, Label
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENT_OF_ACT

_COMPLAINANT, _ROUTED = "complainant", "routed"
_PARTIES = {
    _COMPLAINANT: Label(zh="投诉人", en="Complainant"),
    "respondent": Label(zh="被投诉方", en="Respondent"),
}
_NOT_OWED = frozenset(
    {"resumed", *(EVENT_OF_ACT[name] for name in ACT_TERMS if name in EVENT_OF_ACT and is_aside(name))}
)
"""Events of a rare case. They end a clock, but are named only if no other one does."""


def duty_of(document: PolicyDocument, clock: Clock) -> Duty:
    """As the policy states it. By default the complainant's if only acts of the complainant end the clock, the
    service's if it has `silence` or a miss is only recorded, and otherwise the office's."""
    if clock.duty is not None:
        return clock.duty
    acts = {EVENT_OF_ACT.get(name) for stage in document.stages.values() for name in stage.acts}
    if acts.issuperset(one.event for one in clock.until) and ending_roles(document, clock) == [_COMPLAINANT]:
        return "complainant"
    return "service" if clock.missed == "record" or clock.silence is not None else "office"


def is_for_complainants(document: PolicyDocument, name: str, clock: Clock) -> bool:
    """Whether the complainant's pages show it: each that the policy names for complainants. Without such a name neither
    the time of a task, which is work inside the office, nor one at which only the service acts by itself."""
    if clock.public_name is not None:
        return True
    by_itself = duty_of(document, clock) == "service" and isinstance(clock.missed, MissedAct)
    return name not in document.tasks and not by_itself


def ending_roles(document: PolicyDocument, clock: Clock) -> list[str]:
    """The roles whose acts end the clock, each once, in the order of the stages. Time is none."""
    ends = {trigger.event for trigger in clock.until}
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    roles = (one.role for name, act in acts if EVENT_OF_ACT.get(name) in ends for one in act.by)
    return list(dict.fromkeys(role for role in roles if role != TIME))


def ending_events(document: PolicyDocument, clock: Clock, stage: str) -> list[str]:
    """The events with which the organisation can end the clock in the stage. Without one there, those that lead on from
    the stage; without these, those that end it in a later one."""
    ends = [trigger.event for trigger in clock.until]
    present = _office_events(document, [stage])
    onward = _onward_events(document, stage)
    found = [event for event in ends if event in present]
    return (
        [event for event in found if event not in _NOT_OWED]
        or found
        or [event for event in present if event in onward]
        or [event for event in dict.fromkeys(ends) if event in _office_events(document, document.stages)]
    )


def waits_for_approval(clock: Clock) -> bool:
    """True if the clock runs from a proposal until its rejection or what its approval brings about."""
    return "proposed" in {one.event for one in clock.start} and "rejected" in {one.event for one in clock.until}


def _office_events(document: PolicyDocument, stages: Iterable[str]) -> list[str]:
    """Each once, in the order of the acts."""
    known = [document.stages[name] for name in stages if name in document.stages]
    acts = [item for one in known for item in one.acts.items()]
    return list(dict.fromkeys(EVENT_OF_ACT[name] for name, act in acts if name in EVENT_OF_ACT and _is_for_office(act)))


def _onward_events(document: PolicyDocument, stage: str) -> set[str]:
    """The events of the stage that bring a case to another one, without those of a rare case."""
    acts = document.stages[stage].acts.items() if stage in document.stages else []
    found = {EVENT_OF_ACT[name] for name, act in acts if name in EVENT_OF_ACT and act.stages_after(stage) != {stage}}
    return found - _NOT_OWED


def ending_tasks(document: PolicyDocument, clock: Clock) -> list[Label]:
    """The names of the tasks that end the clock when they are done."""
    names = (name for one in clock.until if one.event == "task_done" for name in one.fields.get("task", ()))
    return [document.tasks[name].name for name in names if name in document.tasks]


def _is_for_office(act: Act) -> bool:
    return any(doer.role not in _PARTIES for doer in act.by)


def _bound(named: list[str], duty: Duty) -> list[str]:
    """Of the roles that can end a clock, those whose duty it is; all if there are none."""
    own = [role for role in named if (role == duty if duty in _PARTIES else role not in _PARTIES)]
    return named if duty == "service" else own or named


def actor_of(document: PolicyDocument, name: str, clock: Clock, *, public: bool) -> Label | None:
    """Who has to act: `public_actor` if `public`, by default the roles that can end the clock. None without any.

    If `public`, without those whose duty it is not.
    """
    if public and clock.public_actor is not None:
        return clock.public_actor
    task = document.tasks.get(name)
    named = [task.role] if task is not None else ending_roles(document, clock)
    named = _bound(named, duty_of(document, clock)) if public else named
    routes = [route.role for route in document.intake.routing] if _ROUTED in named else []
    known = {**document.people, **_PARTIES}
    labels = [known[role] for role in dict.fromkeys((*named, *routes)) if role in known]
    if not labels:
        return None
    return Label(zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels))
