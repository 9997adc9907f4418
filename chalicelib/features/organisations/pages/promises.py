"""What an organisation promises: the deadlines of its policy in words, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.features.organisations.pages.condition_words import conditions
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.web.pages.reader import Reader

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
    words = wording(reader.language)
    label = None if clock.clock.name is None else clock.clock.name.to_json()
    for rule in clock.rules:
        if rule.limit.kind != "none":
            case = conditions(policy, {**clock.clock.when, **rule.when}, reader)
            yield Promise(reader.label(label, clock.name), case, words.limit(rule.limit))
