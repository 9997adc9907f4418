"""What an organisation promises: the deadlines of its policy in words, as rows of a table.

A condition without a text has a meaning only inside the policy, so it is left out. So is a long list of stages: it says
no more than that the complaint is not over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.kit import catalogue
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.conditions import FILED_BY, Condition, Trigger
from chalicelib.policy.language.derived.duties import duty_of, is_for_complainants
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording import condition_words
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.web.pages.reader import Reader

_STAGES_NAMED = 2


def conditions(policy: Policy, when: Condition, reader: Reader) -> str:
    """For every complaint: a text that says so. The stage comes first; a published policy has no order of its keys."""
    names = sorted(when, key=lambda name: name != "stage")
    parts = [part for name in names if (part := _part(policy.document, name, when[name]))]
    if parts:
        text = reader.label(condition_words.joined(parts).to_json())
        return text[:1].upper() + text[1:]
    return reader.text("org.some_cases" if when else "org.all_cases")


def _part(document: PolicyDocument, name: str, values: Sequence[str]) -> Label | None:
    """Choices are said without their name. None for a condition that is left out."""
    if name == "stage":
        values = _without_variants(document, values)
        if len(values) > _STAGES_NAMED:
            return None
    if name == FILED_BY:
        who = condition_words.said_values(document, name, values)
        said = catalogue.texts("promises")["filed_by"]
        return None if who is None else Label(zh=said.zh.format(who=who.zh), en=said.en.format(who=who.en))
    definition = document.definition(name)
    speaks_for_itself = "none" not in values and (definition is None or bool(definition.choices))
    return (condition_words.said_values if speaks_for_itself else condition_words.named)(document, name, values)


def _without_variants(document: PolicyDocument, stages: Sequence[str]) -> Sequence[str]:
    """Without a stage whose name is that of another one with a remark in brackets: readers need not tell them apart."""
    names = {stage: label.zh for stage in stages if (label := document.stages[stage].name) is not None}
    return [
        stage for stage in stages if not any(names.get(stage, "").startswith(f"{other}（") for other in names.values())
    ]


_ORDER = ("registered", *EVENT_OF_ACT.values())


class Promise(msgspec.Struct, frozen=True):
    """`case`: the complaints that the limit is for."""

    step: str
    case: str
    limit: str


def promises(policy: Policy, reader: Reader) -> list[Promise]:
    """The limits that the office has to keep, in the order of the procedure, each once.

    The others are no promises: in their time a party can act, or the service acts by itself.
    """
    document = policy.document
    owed = [
        name
        for name, clock in document.clocks.items()
        if duty_of(document, clock) == "office" and is_for_complainants(document, name, clock)
    ]
    ordered = sorted(owed, key=lambda name: _position(document, policy.clocks[name].clock.start))
    return list(dict.fromkeys(one for name in ordered for one in _of_clock(policy, policy.clocks[name], reader)))


def _position(document: PolicyDocument, starts: Sequence[Trigger]) -> int:
    """By the first event that starts it, in the order in which procedures use events: a task by what opens it."""
    opening = [one for trigger in starts for one in _opening(document, trigger)]
    return min((_ORDER.index(one.event) for one in opening if one.event in _ORDER), default=len(_ORDER))


def _opening(document: PolicyDocument, trigger: Trigger) -> Sequence[Trigger]:
    if trigger.event != "task_opened":
        return [trigger]
    tasks = [document.tasks[name] for name in trigger.fields.get("task", ()) if name in document.tasks]
    return [one for task in tasks for one in task.on]


def _of_clock(policy: Policy, clock: CompiledClock, reader: Reader) -> Iterator[Promise]:
    words = wording(reader.language)
    name = clock.clock.public_name or clock.clock.name  # as complainants read it in their case
    label = None if name is None else name.to_json()
    for rule in clock.rules:
        if rule.limit.kind != "none":
            case = conditions(policy, {**clock.clock.when, **rule.when}, reader)
            yield Promise(reader.label(label, clock.name), case, words.limit(rule.limit))
