"""The filters of the queue's page: what each offers, in the policy's words, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

from chalicelib.casework import queue_row
from chalicelib.casework.queue_row import Mark
from chalicelib.web.pages.labels import CaseLabels


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


def offered(query: Any, labels: CaseLabels, people: Mapping[str, str]) -> list[OfferedFilter]:
    """Filters with more than one value. People: those who are assigned on the page."""
    found = [
        OfferedFilter(
            name, [FilterOption(value, label, value in getattr(query, name)) for value, label in values.items()]
        )
        for name, values in _values(labels, people).items()
    ]
    return [one for one in found if len(one.options) > 1]


def chosen(query: Any, labels: CaseLabels, people: Mapping[str, str]) -> list[ChosenFilter]:
    """A value that no filter offers is shown as it is, so that it can be taken away."""
    known = _values(labels, people)
    several = [
        ChosenFilter(name, known[name].get(value, value), {name: _others(getattr(query, name), value)})
        for name in known
        for value in getattr(query, name)
    ]
    tier = [] if query.tier is None else [ChosenFilter("tier", str(query.tier), {"tier": None})]
    switches = [name for name, (_, one) in queue_row.filters().items() if one.type is bool]
    flags = [ChosenFilter(name, "", {name: False}) for name in switches if getattr(query, name)]
    return [*several, *tier, *flags]


def _others(values: Iterable[str], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _values(labels: CaseLabels, people: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """By parameter: the values with their labels."""
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
