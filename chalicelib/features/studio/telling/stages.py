"""The stages in the order of the procedure, each with its acts: who may do them, where they lead, who approves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chalicelib.features.studio.telling import deadlines
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.derived.course import course, is_aside
from chalicelib.policy.language.stages import Act, Stage
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


class Lead(NamedTuple):
    """A way to another stage. `case`: empty if there is one way only."""

    stage: str
    case: str


class ActView(NamedTuple):
    """An act of a stage. `roles`: who may do it, without what narrows them. `leads`: to other stages. `usual`: most
    cases take it. `said`: further sentences."""

    key: str
    name: str
    who: str
    roles: str
    by_time: bool
    leads: list[Lead]
    usual: bool
    said: list[str]
    clause: str


class StageView(NamedTuple):
    key: str
    name: str
    ends: bool
    guidance: list[str]
    steps: list[ActView]


def stages(words: ProcedureWords) -> list[StageView]:
    usual = _usual(words)
    return [_stage(words, name, usual) for name in in_order(words)]


def in_order(words: ProcedureWords) -> list[str]:
    """First the usual course; then the others, each behind the first stage that leads to it. Ends come last."""
    document = words.document
    first = document.intake.first
    placed = [first, *(one.stage for one in course(document, first, {}))]
    ordered = [name for name in placed if name in document.stages]
    for name in ordered:  # grows while it is read
        ordered.extend(to for to in _onward(document.stages[name], name) if to in document.stages and to not in ordered)
    ordered.extend(name for name in document.stages if name not in ordered)
    return sorted(ordered, key=lambda name: document.stages[name].is_end)


def _onward(stage: Stage, name: str) -> Iterator[str]:
    """Where its acts lead, those that lead away from the course last."""
    acts = sorted(stage.acts.items(), key=lambda item: is_aside(item[0]))
    return (one.stage for _, act in acts for one in act.targets if one.stage != name)


def _usual(words: ProcedureWords) -> set[tuple[str, str]]:
    """Stage and act of each step of the usual course."""
    first = words.document.intake.first
    steps = course(words.document, first, {})
    return set(zip([first, *(one.stage for one in steps)], (one.act for one in steps), strict=False))


def _stage(words: ProcedureWords, name: str, usual: set[tuple[str, str]]) -> StageView:
    stage = words.document.stages[name]
    steps = [_step(words, name, key, (name, key) in usual) for key in _acts_in_order(stage, name, usual)]
    return StageView(name, words.stage(name), stage.is_end, [words.label(one) for one in stage.guidance], steps)


def _acts_in_order(stage: Stage, name: str, usual: set[tuple[str, str]]) -> list[str]:
    """What leads on first, and what leads away last."""

    def rank(key: str) -> tuple[bool, bool, bool]:
        leads = any(one.stage != name for one in stage.acts[key].targets)
        return (name, key) not in usual, is_aside(key), not leads

    return sorted(stage.acts, key=rank)


def _step(words: ProcedureWords, stage: str, key: str, usual: bool) -> ActView:
    act = words.document.stages[stage].acts[key]
    return ActView(
        key=key,
        name=words.act(key),
        who=who(words, act),
        roles=briefly(words, act),
        by_time=act.by_time,
        leads=_leads(words, stage, act),
        usual=usual,
        said=list(_said(words, act)),
        clause=act.clause or "",
    )


def _leads(words: ProcedureWords, stage: str, act: Act) -> list[Lead]:
    """Each stage once, with the cases in which the act leads to it."""
    ways = [one for one in act.targets if one.stage != stage]
    cases = {name: [one.when for one in ways if one.stage == name] for name in dict.fromkeys(one.stage for one in ways)}
    return [Lead(name, words.any_condition(those)) for name, those in cases.items()]


def who(words: ProcedureWords, act: Act) -> str:
    """Who may do it; each must, where all have to."""
    people = words.people(act.by)
    return words.say("each_of", people=people) if act.all and len(act.by) > 1 else people


def briefly(words: ProcedureWords, act: Act) -> str:
    """The roles alone, as they are named."""
    names = dict.fromkeys(one.role for one in act.by)
    people = words.document.people
    return words.listed(words.label(people[one]) if one in people else words.role(one) for one in names)


def _said(words: ProcedureWords, act: Act) -> Iterator[str]:
    if when := words.condition(act.when):
        yield words.say("act_if", case=when)
    if act.after:
        yield words.say("act_after", events=words.listed(map(words.happening, act.after)))
    if act.needs:
        yield words.say("act_needs", fields=_fields(words, act.needs))
    if act.takes:
        yield words.say("act_takes", fields=_fields(words, act.takes))
    yield from approvals(words, act)
    if act.assigned_fields:
        yield from (_assigned(words, role, field) for role, field in act.assigned_fields.items())
    if act.sets_unit is not None:
        yield words.say("act_unit", field=words.field(act.sets_unit))
    yield from _limited(words, act)


def approvals(words: ProcedureWords, act: Act) -> Iterator[str]:
    for one in act.approvals:
        case, people = words.condition(one.when), words.either([words.person(each) for each in one.by])
        yield words.say("approved_if", people=people, case=case) if case else words.say("approved", people=people)


def _assigned(words: ProcedureWords, role: str, field: str) -> str:
    return words.say("act_assigns", role=words.role(role), field=words.field(field))


def _limited(words: ProcedureWords, act: Act) -> Iterator[str]:
    if act.within is not None:
        yield words.say("act_within", limit=words.limit(act.within))
    if act.most is not None:
        yield words.say("act_most", limit=words.limit(act.most))
    if act.most_total is not None:
        yield words.say("act_most_total", limit=words.limit(act.most_total))
    if act.late:
        yield words.say("act_late")


def _fields(words: ProcedureWords, names: Iterable[str]) -> str:
    return words.listed(map(words.field, names))


def starting(words: ProcedureWords, stage: str) -> list[str]:
    """The deadlines that start when a complaint enters the stage, each with its limits."""
    document = words.document
    entering = {"registered"} if stage == document.intake.first else set()
    for own, one in document.stages.items():
        entering |= {EVENT_OF_ACT[key] for key, act in one.acts.items() if stage in act.stages_after(own) - {own}}
    found = [
        deadlines.deadline(words, words.policy.clocks[name]) for name in document.clocks if name in words.policy.clocks
    ]
    starts = {name: {one.event for one in document.clocks[name].start} for name in document.clocks}
    return [words.say("limit_in_box", name=one.name, limits=one.limits) for one in found if starts[one.key] & entering]
