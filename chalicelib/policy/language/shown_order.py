"""The order in which people read the values of choices, categories and the like: that in which the policy lists them.

Canonical JSON sorts the keys of maps, so a published document keeps the order beside them, in its key `order`. A
document that was published without it shows its values by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake


class HasSigns(Protocol):
    """`model.Severity`."""

    @property
    def signs(self) -> Mapping[str, dict[str, Any]]: ...


class HasLists(Protocol):
    """What has the lists of a policy: `model.PolicyDocument`, which imports this module."""

    @property
    def intake(self) -> Intake: ...
    @property
    def severity(self) -> HasSigns | None: ...
    @property
    def fields(self) -> Mapping[str, Fact]: ...


Order = Mapping[str, list[str]]
"""By the place of a list, such as `fields.outcome` or `intake.categories.kind`: its keys."""


def lists(document: HasLists) -> Iterator[tuple[str, dict[str, Any]]]:
    """The maps of values from which people choose, each with its place."""
    intake, severity = document.intake, document.severity
    yield "intake.channels", intake.channels
    yield "intake.categories", intake.categories
    yield from ((f"intake.categories.{name}", values) for name, values in intake.categories.items())
    yield from ((f"intake.facts.{name}", fact.choices) for name, fact in intake.facts.items())
    yield "intake.conditions", intake.conditions
    yield "intake.refusals", intake.refusals
    yield "intake.evidence", intake.evidence
    yield from ((f"fields.{name}", fact.choices) for name, fact in document.fields.items())
    signs = {} if severity is None else severity.signs
    yield from ((f"severity.signs.{name}", values) for name, values in signs.items())


def of(document: HasLists) -> dict[str, list[str]]:
    """Of the lists whose order canonical JSON would change."""
    return {place: list(values) for place, values in lists(document) if not is_by_key(values)}


def is_by_key(values: Mapping[str, Any]) -> bool:
    """Whether canonical JSON keeps the order: it compares UTF-16."""
    keys = [key.encode("utf-16-be", "surrogatepass") for key in values]
    return keys == sorted(keys)


def restore(document: HasLists, order: Order) -> None:
    """Puts the lists of a document that was just read into their order. What the order does not name stays behind."""
    for place, values in lists(document):
        if place not in order:
            continue
        rank = {key: number for number, key in enumerate(order[place])}
        arranged = sorted(values.items(), key=lambda item: rank.get(item[0], len(rank)))
        values.clear()
        values.update(arranged)
