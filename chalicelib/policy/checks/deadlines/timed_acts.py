"""Checks the acts that time performs (`missed: {act, fields}`, `by: time`), and clocks that start again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import InBoth
from chalicelib.policy.checks.deadlines import clocks, due_acts
from chalicelib.policy.checks.deadlines.clocks import SHORTEST_REPEAT, limit_faults
from chalicelib.policy.language.deadlines import Clock, LimitRule, MissedAct
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import TIME, ActorSelector
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.value_context import InvalidFieldValue, ValueContext
from chalicelib.policy.language.vocabulary import ACTS_BY_TIME, EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_START: Instant = 0


def faults(document: PolicyDocument) -> Iterator[Fault]:
    for name, clock in document.clocks.items():
        if isinstance(clock.missed, MissedAct):
            path: Path = ("clocks", name, "missed")
            wrong = list(_act_faults(path, clock.missed, document))
            yield from wrong or due_acts.faults(path, name, clock.missed, document)
    for stage, one in document.stages.items():
        for act_name, act in one.acts.items():
            if act.by_time:
                yield from _faults_of_time(("stages", stage, "acts", act_name), act, document)
    yield from _repetition_faults(document)


def _faults_of_time(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """What no person does needs a clock that can do it in this stage, and no approval."""
    if act.by != [ActorSelector(role=TIME)]:
        yield Fault((*path, "by"), "time-and-others")
        return
    if act.approval is not None:
        yield Fault((*path, "approval"), "time-needs-no-approval")
        return
    stage, name = str(path[1]), str(path[3])
    if name in ACTS_BY_TIME and not due_acts.can_be_due(stage, name, document):
        yield Fault((*path, "by"), "time-never-does", name=name)
    elif name not in ACTS_BY_TIME:
        yield Fault((*path, "by"), "time-cannot-do", name=name, known=sorted(ACTS_BY_TIME))


def _repetition_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Clocks whose due time starts them again, also through other clocks, after less than `SHORTEST_REPEAT`.

    The due time of a clock causes an escalation or an act's event. That may be a start event of any clock.
    """
    shortest = {name: _shortest(clock) for name, clock in document.clocks.items()}
    least = _least_times(document, shortest)
    for name, clock in document.clocks.items():
        starts = {trigger.event for trigger in clock.start}
        rest = min((least.get((end, begin), _NEVER) for end in _caused_by(clock) for begin in starts), default=_NEVER)
        if rest >= SHORTEST_REPEAT:
            continue
        if clock.stated is not None:
            yield Fault(("clocks", name, "stated"), "starts-again-at-once")
        for index, rule in enumerate(clock.within):
            if _limit_time(rule) + rest < SHORTEST_REPEAT:
                yield Fault(("clocks", name, "within", index, "limit"), "repeats-too-often", name=rule.limit)


_NEVER = 10 * SHORTEST_REPEAT
"""Stands for a repetition that is none, or slow enough."""


def _least_times(document: PolicyDocument, shortest: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """The least time in which due times lead from one event to another, for each pair of their events."""
    quick = {name: clock for name, clock in document.clocks.items() if shortest[name] < SHORTEST_REPEAT}
    events = sorted({event for clock in quick.values() for event in _caused_by(clock)})
    least = {(event, event): 0 for event in events}
    for name, clock in quick.items():
        for begin in {trigger.event for trigger in clock.start} & {*events}:
            for end in _caused_by(clock):
                least[begin, end] = min(shortest[name], least.get((begin, end), _NEVER))
    for middle in events:
        for begin in events:
            for end in events:
                way = least.get((begin, middle), _NEVER) + least.get((middle, end), _NEVER)
                least[begin, end] = min(way, least.get((begin, end), _NEVER))
    return least


def _caused_by(clock: Clock) -> set[str]:
    """The events that its due time can cause. An act that is not possible is a miss, which escalates."""
    if isinstance(clock.missed, MissedAct):
        return {"escalated", EVENT_OF_ACT.get(clock.missed.act, "escalated")}
    return {"escalated"} if clock.missed == "escalate" else set()


def _shortest(clock: Clock) -> int:
    """A stated time may be over at the start."""
    return 0 if clock.stated is not None else min(map(_limit_time, clock.within), default=_NEVER)


def _limit_time(rule: LimitRule) -> int:
    """The least time of the limit. A text that is no limit is reported elsewhere."""
    return _NEVER if any(limit_faults((), rule.limit)) else clocks.shortest(parse_limit(rule.limit))


def _act_faults(path: Path, missed: MissedAct, document: PolicyDocument) -> Iterator[Fault]:
    if missed.act not in ACTS_BY_TIME:
        yield Fault((*path, "act"), "no-act", name=missed.act, known=sorted(ACTS_BY_TIME))
        return
    offered = [stage.acts[missed.act] for stage in document.stages.values() if missed.act in stage.acts]
    if not offered:
        yield Fault((*path, "act"), "act-not-offered", name=missed.act)
        return
    for name, value in missed.fields.items():
        if all(name not in (*act.needs, *act.takes) for act in offered):
            known = sorted({one for act in offered for one in (*act.needs, *act.takes)})
            yield Fault((*path, "fields", name), "no-field-of-act", name=name, known=known)
        else:
            fact = document.fields.get(name, Fact())
            people = fact_kinds.of(fact.kind).names_people or any(
                name in act.assigned_fields.values() for act in offered
            )
            yield from _value_faults((*path, "fields", name), name, value, people, document)
    if lacking := _lacking(missed, offered):
        yield Fault(path, "act-lacks-field", name=missed.act, known=lacking)


def _lacking(missed: MissedAct, offered: list[Act]) -> list[str]:
    """The fields without which the system cannot perform the act in any stage; empty if it can in at least one."""
    missing = [sorted(set(act.needs) - missed.fields.keys()) for act in offered]
    return [] if [] in missing else min(missing, key=len)


def _value_faults(path: Path, name: str, value: Any, people: bool, document: PolicyDocument) -> Iterator[Fault]:
    """`people`: true if the field names people."""
    fact = document.fields.get(name, Fact())
    choices = _choices(document, name, fact)
    kind = "choice" if choices and fact_kinds.of(fact.kind).is_free_text else fact.kind
    row = fact_kinds.of(kind)
    texts = [value.get("zh"), value.get("en")] if isinstance(value, dict) else [value]
    wrong = isinstance(value, dict) and (not row.is_free_text or not value or not value.keys() <= {"zh", "en"})
    try:
        for text in texts:
            fact_kinds.read(kind, text, ValueContext(tuple(choices), fact, _START, None))
    except InvalidFieldValue:
        wrong = True
    if people or wrong:
        expected = _NO_PEOPLE if people else row.expected
        listed = choices if not people else []
        en, zh = (f": {', '.join(listed)}", f"：{'、'.join(listed)}") if listed else ("", "")
        yield Fault(path, "constant", name=name, expected=expected.en + en, expected_zh=expected.zh + zh)


_NO_PEOPLE = InBoth("no value here, because this field names people", "其他字段，因为该字段指定人员")


def _choices(document: PolicyDocument, name: str, fact: Fact) -> list[str]:
    if name == "ground":
        return list(document.intake.refusals)
    if name == "severity" and document.severity is not None:
        return list(document.severity.classes)
    return list(fact.choices)
