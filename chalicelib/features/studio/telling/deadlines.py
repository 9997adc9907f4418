"""Each deadline as a sentence, such as “5 working days from acceptance; warned 1 working day before; then the head”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.features.studio.telling.ladder import told
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.compiled import CompiledClock
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.derived import duties
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNIT_CALENDAR

_ORDER = ("registered", *EVENT_OF_ACT.values())
"""In which procedures use events."""


class Deadline(NamedTuple):
    """`limits`: its limits alone, for the graph. `more`: further sentences. `who`: has to act."""

    key: str
    name: str
    limits: str
    sentence: str
    more: list[str]
    who: str
    clause: str


def deadlines(words: ProcedureWords) -> list[Deadline]:
    """In the order of what starts them. A task with a due time has one, too."""
    clocks = words.policy.clocks
    ordered = sorted(clocks, key=lambda name: (name in words.document.tasks, _position(words, clocks[name].clock)))
    return [deadline(words, clocks[name]) for name in ordered]


def _position(words: ProcedureWords, clock: Clock) -> int:
    return min((_ORDER.index(one.event) for one in clock.start if one.event in _ORDER), default=len(_ORDER))


def deadline(words: ProcedureWords, compiled: CompiledClock) -> Deadline:
    clock = compiled.clock
    limits = _limits(words, compiled)
    start = words.either([_start(words, one, clock.fact) for one in clock.start])
    counted = words.say("counted" if clock.stated is None else "counted_stated", limits=limits, start=start)
    when = words.condition(clock.when)
    parts = [
        words.say("if_case", case=when, said=counted) if when else counted,
        _warned(words, compiled),
        missed(words, clock),
    ]
    actor = duties.actor_of(words.document, compiled.name, clock, public=False)
    sentence = words.sentence(parts) + words.say("full_stop")
    return Deadline(
        key=compiled.name,
        name=words.label(clock.name, compiled.name),
        limits=limits,
        sentence=sentence[:1].upper() + sentence[1:],
        more=list(_more(words, clock)),
        who=words.label(actor),
        clause=clock.clause or "",
    )


def _start(words: ProcedureWords, one: Trigger, fact: str | None) -> str:
    return words.say("from_fact", fact=words.field(fact)) if fact is not None else words.trigger(one)


def _limits(words: ProcedureWords, compiled: CompiledClock) -> str:
    """The limit, or each with its cases."""
    if compiled.clock.stated is not None:
        return words.say("stated", field=words.field(compiled.clock.stated))
    said = []
    for rule in compiled.rules:
        limit, case = words.limit(rule.limit), words.condition(rule.when)
        said.append(words.say("limit_of", limit=limit, case=case) if case else limit)
    return words.listed(said)


def _warned(words: ProcedureWords, compiled: CompiledClock) -> str:
    return words.say("warned", times=words.listed(map(words.warning, compiled.warns))) if compiled.warns else ""


def missed(words: ProcedureWords, clock: Clock) -> str:
    """What follows a miss."""
    if isinstance(clock.missed, MissedAct):
        return words.say("missed_act", act=words.act(clock.missed.act))
    if clock.missed == "record":
        return words.say("missed_record")
    tiers = words.document.tiers
    if not tiers:
        return words.say("missed_tier", who=words.role("owner"))
    return words.say("missed_tier", who=told(words, tiers[min(1, len(tiers) - 1)]))


def _more(words: ProcedureWords, clock: Clock) -> Iterator[str]:
    if clock.until:
        yield words.say("ends", events=words.either([words.trigger(one) for one in clock.until]))
    if clock.starts is not None:
        yield words.say("starts_next")
    if clock.paused_in:
        yield words.say("paused", stages=words.listed(map(words.stage, clock.paused_in)))
    if clock.survives:
        yield words.say("survives", events=words.listed(map(words.happening, clock.survives)))
    if clock.silence is not None:
        yield words.say("silence", task=words.deadline(clock.silence.asked))
    if clock.tells_missed is not None:
        yield words.say("tells_missed")
    if clock.calendar is not None:
        yield words.say("unit_calendar" if clock.calendar == UNIT_CALENDAR else "in_calendar", name=clock.calendar)
    if clock.follows_unit:
        yield words.say("follows_unit")
