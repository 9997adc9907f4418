"""Who is told what: for each event the readers of its messages, with the text that the policy gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.stages import NotificationRule

_FILING = "registered"


class Told(NamedTuple):
    """`text`: empty where the service has its own."""

    who: str
    text: str
    said: tuple[str, ...]


class EventNotice(NamedTuple):
    """`stage`: empty for the filing, and where every stage that has the act tells the same."""

    event: str
    stage: str
    told: list[Told]


def notices(words: ProcedureWords, order: list[str]) -> list[EventNotice]:
    """In the order of the stages. Rules that several stages have alike are said once."""
    found: dict[tuple[str, tuple[Told, ...]], list[str]] = {}
    for stage, event, rules in _rules(words, order):
        told = tuple(_told(words, rule) for rule in rules)
        found.setdefault((event, told), []).append(stage)
    return [
        EventNotice(event, words.listed(filter(None, stages)), list(told))
        for (event, told), stages in found.items()
        if told
    ]


def _rules(words: ProcedureWords, order: list[str]) -> Iterator[tuple[str, str, list[NotificationRule]]]:
    document = words.document
    yield "", words.event(_FILING), document.intake.tells
    for name in order:
        for key, act in document.stages[name].acts.items():
            yield words.stage(name), words.act(key), act.tells
    for task in document.tasks.values():
        yield "", words.say("done", task=words.label(task.name)), task.tells


def _told(words: ProcedureWords, rule: NotificationRule) -> Told:
    wording = words.document.wording.get(rule.wording or "")
    return Told(words.people(rule.to), words.label(wording), tuple(_said(words, rule)))


def _said(words: ProcedureWords, rule: NotificationRule) -> Iterator[str]:
    if when := words.condition(rule.when):
        yield words.say("tells_if", case=when)
    if rule.encloses:
        yield words.say("encloses", fields=words.listed(map(words.field, rule.encloses)))
    if rule.way is not None and "telephone" in rule.way:
        yield words.say("by_telephone")
