"""A ledger as a table for programs, as reports are written: codes with their labels beside them, and local times.

Columns have the same names in every language. `table` has the ledger in words, as the people who keep it read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.features.ledgers.matter import LedgerView, Matter
from chalicelib.features.ledgers.table import Words
from chalicelib.kit.csv_text import csv_text
from chalicelib.policy.worktime.zone import local_text
from chalicelib.statistics.dimensions import joined_categories


def as_csv(view: LedgerView, words: Words) -> str:
    lines = [_line(one, words) for one in view.matters]
    # Each row shows the same values. Without a row there are the columns that every ledger has.
    return csv_text([[*(lines[0] if lines else _COLUMNS)], *(list(line.values()) for line in lines)])


def _line(one: Matter, words: Words) -> dict[str, str]:
    """By column."""
    return {
        "number": one.number,
        **{
            f"shown.{value.value}": words.text("withheld") if value.withheld else words.label(value.text, "")
            for value in one.shows or []
        },
        "stage": one.stage,
        "stage_label": words.label(one.stage_name, one.stage),
        "since": _local(words, one.since),
        "registered_at": _local(words, one.registered_at),
        "severity": one.severity or "",
        "severity_label": words.severity(one.severity),
        "category": joined_categories(one.category),
        "category_label": words.categories(one.category),
        "unit": one.unit or "",
        "unit_label": words.units.get(one.unit or "", one.unit or ""),
        "flags": _codes(f"{name}={value}" for name, value in sorted(one.flags.items())),
        "flags_label": words.flags(one.flags),
        **_owed(one, words),
        "open_acts": _codes(one.acts),
        "open_acts_label": words.listed(map(words.act, one.acts)),
    }


def _owed(one: Matter, words: Words) -> dict[str, str]:
    """Deadlines and tasks, each as its code, its due time and its state."""
    coming = one.next
    return {
        "deadlines": _codes(f"{each.clock} {_local(words, each.due)} {each.state}" for each in one.deadlines),
        "deadlines_label": words.listed(
            f"{words.label(each.name, each.clock)} {words.due(each.due)} {words.state(each.state)}"
            for each in one.deadlines
        ),
        "tasks": _codes(f"{each.task} {_local(words, each.due)}".rstrip() for each in one.tasks),
        "tasks_label": words.listed(
            f"{words.label(each.name, each.task)} {words.due(each.due)}".rstrip() for each in one.tasks
        ),
        "next_task": "" if coming is None else coming.task,
        "next_task_label": "" if coming is None else words.label(coming.name, coming.task),
        "next_task_opens": "" if coming is None else _local(words, coming.opens),
    }


def _local(words: Words, at: str | None) -> str:
    return "" if at is None else local_text(words.policy.calendar.zone, at)


def _codes(parts: Iterable[str]) -> str:
    return "; ".join(parts)


_COLUMNS = (
    *("number", "stage", "stage_label", "since", "registered_at", "severity", "severity_label", "category"),
    *("category_label", "unit", "unit_label", "flags", "flags_label", "deadlines", "deadlines_label", "tasks"),
    *("tasks_label", "next_task", "next_task_label", "next_task_opens", "open_acts", "open_acts_label"),
)
