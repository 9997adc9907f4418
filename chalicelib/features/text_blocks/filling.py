"""A text block as it is inserted at a complaint: its placeholders have the values that messages about it would have.

A placeholder without a value becomes a gap, such as `[fill in: unit]`. An act that names a text block is refused while
its texts have gaps (`named`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from chalicelib.complaints import runs
from chalicelib.complaints.envelope import NO_HASH, VERSION, Event, EventFields
from chalicelib.complaints.state import Complaint
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import PLACEHOLDER, fill, with_values
from chalicelib.features.text_blocks.block import Language
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy


class Filled(msgspec.Struct, frozen=True):
    """`missing`: the gaps of the text, as they stand in it. `lacking`: the placeholders without a value."""

    text: str
    missing: list[str]
    lacking: list[str]


def filled(
    policy: Policy, complaint: Complaint, units: Mapping[str, str], text: str, language: Language, now: Instant
) -> Filled:
    """`units`: the names of the organisation's units, by id."""
    source = _source(policy, complaint, units, now)
    shown, values = with_values(source, text, language)
    named = re.findall(PLACEHOLDER, shown)
    found = fill(shown, {name: values.get(name) or gap(policy, name, language) for name in named})
    return Filled(found, gaps(found), [name for name in dict.fromkeys(named) if not values.get(name)])


def has_placeholder(text: str) -> bool:
    return re.search(PLACEHOLDER, text) is not None


class TextPart(NamedTuple):
    """A part of a text block as a page shows it. `is_placeholder`: `text` says what stands there in a case."""

    text: str
    is_placeholder: bool


def parts(policy: Policy, text: str, language: Language) -> list[TextPart]:
    """The text with its placeholders in words."""
    found = re.split(PLACEHOLDER, text)  # every second one is a name
    return [TextPart(label(policy, one, language) if at % 2 else one, bool(at % 2)) for at, one in enumerate(found)]


def gaps(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(_all_gaps(), text)))


@cache
def _all_gaps() -> str:
    """A regular expression."""
    said = catalogue.texts("text_block_gaps")["gap"]
    around = [said.of(language).split("{name}") for language in ("zh", "en")]
    return "|".join(f"{re.escape(start)}[^{re.escape(start[0] + end)}]*{re.escape(end)}" for start, end in around)


def gap(policy: Policy, name: str, language: Language) -> str:
    return catalogue.words("text_block_gaps", language)["gap"].format(name=label(policy, name, language))


def label(policy: Policy, name: str, language: str) -> str:
    """What the placeholder stands for; the name of one that the policy does not have any more."""
    fact = policy.document.definition(name)
    if name not in _words(language) and fact is not None and fact.name is not None:
        return getattr(fact.name, language) or fact.name.zh
    return _words(language).get(name, name)


def _words(language: str) -> Mapping[str, str]:
    return catalogue.words("text_block_placeholders", language)


def _source(policy: Policy, complaint: Complaint, units: Mapping[str, str], now: Instant) -> MessageSource:
    """A message to the complainant about the case as it is, without an event of its own."""
    first = runs.earliest(complaint.runs)
    fields: EventFields = {
        **runs.due_field(first),
        **({} if first is None else {"clock": first.clock}),
        **({} if complaint.unit is None else {"unit": complaint.unit}),
        **({"task": next(iter(complaint.tasks.values())).task} if complaint.tasks else {}),
        "roles": [role for role, people in complaint.assigned.items() if people],
        "to": [],
        "wording": "",
    }
    result = {"stage": complaint.stage, "tier": complaint.tier}
    return MessageSource(
        policy,
        _event(complaint, now, fields, result),
        complaint.number,
        subject=_event(complaint, now, {"facts": complaint.facts}, result),
        units=units,
        reader="complainant",
    )


def _event(complaint: Complaint, now: Instant, fields: EventFields, result: dict[str, object]) -> Event:
    return Event(
        id="",
        seq=complaint.seq,
        type="",
        v=VERSION,
        at=to_text(now),
        recorded_at=to_text(now),
        actor={"kind": "system", "id": "system"},
        fields=fields,
        result=result,
        policy=complaint.policy,
        calendar=complaint.calendar,
        private=[],
        prev=NO_HASH,
        hash=NO_HASH,
    )
