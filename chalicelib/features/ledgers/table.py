"""A ledger as a table for spreadsheets: a line for each matter, in words and local times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.features.ledgers.matter import LedgerView, Matter, Named
from chalicelib.features.ledgers.shown import flag_words
from chalicelib.features.ledgers.words import due_words, time_words
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.condition_words import STATES
from chalicelib.policy.language.wording.own_terms import event_label

_COLUMNS = (
    *("stage", "since", "registered", "severity", "category", "unit", "flags", "deadlines", "tasks_owed"),
    *("next_task", "open_acts"),
)


class Words(msgspec.Struct, frozen=True):
    """What gives the table its words. `units`: their names. `language`: `zh` or `en`."""

    policy: Policy
    units: Mapping[str, str]
    language: str

    def text(self, name: str) -> str:
        return catalogue.words("ledger_words", self.language)[name]

    def label(self, name: Named | None, code: str) -> str:
        return (name or {}).get(self.language) or code

    def time(self, at: str) -> str:
        return time_words(self.policy.calendar, self.language, at)

    def due(self, at: str | None) -> str:
        return "" if at is None else due_words(self.policy.calendar, self.language, at)

    def state(self, state: str) -> str:
        return STATES[state].to_json()[self.language] if state in STATES else state

    def severity(self, name: str | None) -> str:
        classes = {} if self.policy.document.severity is None else self.policy.document.severity.classes
        return "" if name is None else self.label(classes[name].to_json() if name in classes else None, name)

    def categories(self, chosen: Mapping[str, str]) -> str:
        known = self.policy.document.intake.categories
        labels = ((known.get(name, {}).get(value), value) for name, value in sorted(chosen.items()))
        return self.listed(value if label is None else label.to_json()[self.language] for label, value in labels)

    def flags(self, flags: Mapping[str, str]) -> str:
        return self.listed(flag_words(self.policy, flags, self.language))

    def act(self, name: str) -> str:
        return event_label(self.policy.document, EVENT_OF_ACT[name]).to_json()[self.language]

    def listed(self, parts: Iterable[str]) -> str:
        return self.text("list").join(parts)


class LedgerLines(NamedTuple):
    """`head`: the titles of the columns. The first is that of the number."""

    head: list[str]
    lines: list[Sequence[str]]


def as_csv(view: LedgerView, words: Words) -> str:
    found = lines(view, words)
    return csv_text([found.head, *found.lines])


def lines(view: LedgerView, words: Words) -> LedgerLines:
    """A line for each matter."""
    titles = catalogue.words("ledger_columns", words.language)
    # Each row shows the same values.
    shown = next(([one.name[words.language] for one in matter.shows or []] for matter in view.matters), [])
    head = [titles["number"], *shown, *(titles[name] for name in _COLUMNS)]
    return LedgerLines(head, [_line(one, words) for one in view.matters])


def _line(one: Matter, words: Words) -> Sequence[str]:
    return (
        one.number,
        *(words.text("withheld") if value.withheld else words.label(value.text, "") for value in one.shows or []),
        words.label(one.stage_name, one.stage),
        words.time(one.since),
        words.time(one.registered_at),
        words.severity(one.severity),
        words.categories(one.category),
        words.units.get(one.unit or "", one.unit or ""),
        words.flags(one.flags),
        words.listed(
            f"{words.label(each.name, each.clock)} {words.due(each.due)} {words.state(each.state)}"
            for each in one.deadlines
        ),
        words.listed(f"{words.label(each.name, each.task)} {words.due(each.due)}".rstrip() for each in one.tasks),
        "" if one.next is None else f"{words.label(one.next.name, one.next.task)} {words.time(one.next.opens)}",
        words.listed(map(words.act, one.acts)),
    )
