"""What an organisation promises: the deadlines of its policy in words, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.pages.reader import Reader
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.worktime.explaining.chinese import CHINESE
from chalicelib.policy.worktime.explaining.english import ENGLISH

_ORDER = ("registered", *EVENT_OF_ACT.values())


class Promise(msgspec.Struct, frozen=True):
    """`case`: the complaints that the limit is for."""

    step: str
    case: str
    limit: str


def promises(policy: Policy, reader: Reader) -> list[Promise]:
    """The limits of all clocks, in the order of the procedure, without those after which the system itself acts.

    Such a clock waits for a party, or reminds one.
    """
    return [
        one
        for name in sorted(policy.document.clocks, key=lambda name: _position(policy.clocks[name]))
        if not isinstance((clock := policy.clocks[name]).clock.missed, MissedAct)
        for one in _of_clock(policy, clock, reader)
    ]


def _position(clock: CompiledClock) -> int:
    """By the first event that starts it, in the order in which procedures use events."""
    starts = [trigger.event for trigger in clock.clock.start]
    return min((_ORDER.index(event) for event in starts if event in _ORDER), default=len(_ORDER))


def _of_clock(policy: Policy, clock: CompiledClock, reader: Reader) -> Iterator[Promise]:
    words = CHINESE if reader.language == "zh" else ENGLISH
    label = None if clock.clock.name is None else clock.clock.name.to_json()
    for rule in clock.rules:
        if rule.limit.kind != "none":
            case = conditions(policy, {**clock.clock.when, **rule.when}, reader) or reader.text("org.all_cases")
            yield Promise(reader.label(label, clock.name), case, words.limit(rule.limit))


def conditions(policy: Policy, when: Condition, reader: Reader) -> str:
    """A condition in the words of the policy, such as 投诉类别：重大投诉."""
    joined = "、" if reader.language == "zh" else " or "
    parts = [joined.join(_value(policy, name, value, reader) for value in values) for name, values in when.items()]
    return ("；" if reader.language == "zh" else "; ").join(parts)


def _value(policy: Policy, name: str, value: str, reader: Reader) -> str:
    document = policy.document
    definition = document.definition(name)
    known: dict[str, Mapping[str, Label]] = {
        **document.intake.categories,
        **({} if definition is None else {name: definition.choices}),
        "channel": document.intake.channels,
        "severity": {} if document.severity is None else document.severity.classes,
        "ground": {key: one.name for key, one in document.intake.refusals.items()},
    }
    label = known.get(name, {}).get(value)
    if label is not None:
        return reader.label(label.to_json(), value)
    of_name = None if definition is None or definition.name is None else definition.name.to_json()
    return f"{reader.label(of_name, name)}: {value}"
