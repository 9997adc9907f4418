"""The filters of the queue's page: what each offers, in the policy's words, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

from chalicelib.casework import queue_row
from chalicelib.casework.queue_row import Mark
from chalicelib.web.pages.labels import CaseLabels

KnownValues = Mapping[str, Mapping[str, str]]
"""By parameter: the values that it can have, with their labels."""


class FilterOption(NamedTuple):
    value: str
    label: str
    is_chosen: bool


class OfferedFilter(NamedTuple):
    """A parameter that can be repeated, with its values."""

    name: str
    options: list[FilterOption]


class ChosenFilter(NamedTuple):
    """A chosen value. `without`: the parameter without it."""

    name: str
    label: str
    without: dict[str, Any]


def offered(query: Any, known: KnownValues) -> list[OfferedFilter]:
    """Filters with more than one value."""
    return [
        OfferedFilter(name, [FilterOption(value, label, value in asked) for value, label in labels.items()])
        for name, labels in known.items()
        if len(labels) > 1
        for asked in [getattr(query, name)]
    ]


def chosen(query: Any, known: KnownValues) -> list[ChosenFilter]:
    """A value that no filter offers is shown as it is, so that it can be taken away."""
    several = [
        ChosenFilter(name, labels.get(value, value), {name: _others(getattr(query, name), value)})
        for name, labels in known.items()
        for value in getattr(query, name)
    ]
    tier = [] if query.tier is None else [ChosenFilter("tier", str(query.tier), {"tier": None})]
    switches = [name for name, (_, one) in queue_row.filters().items() if one.type is bool]
    flags = [ChosenFilter(name, "", {name: False}) for name in switches if getattr(query, name)]
    return [*several, *tier, *flags]


def _others(values: Iterable[str], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def values(labels: CaseLabels, people: Mapping[str, str]) -> KnownValues:
    """Those of the policy in force. `people`: those who are assigned on the page."""
    document = labels.policy.document
    classes = () if document.severity is None else document.severity.order or document.severity.classes
    categories = {value: (group, value) for group, names in document.intake.categories.items() for value in names}
    return {
        "stage": {name: labels.stage(name) for name in document.stages},
        "clock": {name: labels.clock(name) for name in labels.policy.clocks},
        "category": {value: labels.category({group: name}) for value, (group, name) in categories.items()},
        "severity": {name: labels.severity(name) for name in classes},
        "channel": {name: labels.channel(name) for name in document.intake.channels},
        "unit": labels.units,
        "person": people,
        "mark": {name: labels.reader.text(f"queue.mark.{name}") for name in get_args(Mark)},
    }
