"""A ledger as a table for spreadsheets: a line for each matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.features.ledgers.matter import LedgerView, Matter, Named
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text

_COLUMNS = (
    *("number", "stage", "since", "registered", "severity", "category", "unit", "flags", "deadlines", "tasks_owed"),
    *("next_task", "open_acts"),
)


def as_csv(view: LedgerView, language: str) -> str:
    """`language`: of the titles and labels, `zh` or `en`."""
    words = catalogue.words("ledger_columns", language)
    return csv_text([[words[name] for name in _COLUMNS], *(_line(one, language) for one in view.matters)])


def _line(one: Matter, language: str) -> Sequence[str]:
    return (
        one.number,
        _label(one.stage_name, one.stage, language),
        one.since,
        one.registered_at,
        one.severity or "",
        _pairs(one.category),
        one.unit or "",
        _pairs(one.flags),
        _listed(f"{_label(each.name, each.clock, language)} {each.due or ''} {each.state}" for each in one.deadlines),
        _listed(f"{_label(each.name, each.task, language)} {each.due or ''}".rstrip() for each in one.tasks),
        "" if one.next is None else f"{_label(one.next.name, one.next.task, language)} {one.next.opens}",
        _listed(one.acts),
    )


def _label(name: Named | None, word: str, language: str) -> str:
    return (name or {}).get(language) or word


def _pairs(of: dict[str, str]) -> str:
    return _listed(f"{name}={value}" for name, value in sorted(of.items()))


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)
