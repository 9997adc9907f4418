"""What is accepted: channels, what a filing asks for, conditions, grounds for refusal, limitation, classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.intake import AcceptanceCondition, RefusalGround


class Element(NamedTuple):
    """`name`: of the element. `said`: further sentences, and what it holds."""

    name: str
    said: list[str]


def channels(words: ProcedureWords) -> list[Element]:
    intake = words.document.intake
    found = []
    for name, label in intake.channels.items():
        filers = intake.filed_by.get(name)
        said = [] if filers is None else [words.say("filed_by", people=words.either([*map(words.role, filers)]))]
        said += [words.say("of_pages")] if intake.web == name else []
        found.append(Element(words.label(label, name), said))
    return found


def conditions(words: ProcedureWords) -> list[Element]:
    return [condition(words, one) for one in words.document.intake.conditions.values()]


def condition(words: ProcedureWords, one: AcceptanceCondition) -> Element:
    said = [] if one.source == "screening" else [words.say(f"condition_{one.source}")]
    return Element(words.label(one.name), said + ([words.say("may_fail")] if one.may_fail else []))


def grounds(words: ProcedureWords) -> list[Element]:
    return [ground(words, one) for one in words.document.intake.refusals.values()]


def ground(words: ProcedureWords, one: RefusalGround) -> Element:
    said = [words.say("ground_if", case=case)] if (case := words.condition(one.when)) else []
    if one.needs:
        said.append(words.say("act_needs", fields=words.listed(map(words.field, one.needs))))
    return Element(words.label(one.name), said)


def limitation(words: ProcedureWords) -> str:
    """Empty without one."""
    rule = words.document.intake.limitation
    if rule is None:
        return ""
    if rule.within is not None:
        named = words.listed(map(words.field, rule.latest))
        name = "limitation_latest" if len(rule.latest) > 1 else "limitation"
        return words.say(name, limit=words.limit(rule.within), facts=named)
    parts = [
        words.say("limitation_part", limit=words.limit(one.within), fact=_named(words, one.start)) for one in rule.parts
    ]
    return words.say("limitation_later" if rule.later_of else "limitation_earlier", parts=words.sentence(parts))


def _named(words: ProcedureWords, name: str) -> str:
    return words.happening(name) if name == "registered" else words.field(name)


def classes(words: ProcedureWords) -> list[Element]:
    """The lowest first, with their signs."""
    severity = words.document.severity
    if severity is None:
        return []
    return [
        Element(
            words.label(severity.classes[name], name),
            [words.label(one) for one in severity.signs.get(name, {}).values()],
        )
        for name in words.policy.classes
        if name in severity.classes
    ]


def ageing(words: ProcedureWords) -> Iterator[str]:
    severity = words.document.severity
    for one in words.policy.ageing:
        to = None if severity is None else severity.classes.get(one.ageing.to)
        events = words.either([*map(words.happening, one.ageing.until)])
        yield words.say(
            "ageing",
            limit=words.limit(one.limit),
            start=words.happening(one.ageing.start),
            events=events,
            to=words.label(to, one.ageing.to),
        )
