"""The categories that a filing chooses, by dimension."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.complaints.fields import pointer
from chalicelib.kit.problem import Place, Text
from chalicelib.policy.language.intake import Intake

MAX_WRONG_CATEGORIES = 100
"""Wrong categories that a refused filing lists."""


def chosen(intake: Intake, given: str | Mapping[str, str] | None) -> tuple[dict[str, str], list[Place]]:
    """Assigns a single value to the only dimension that has it."""
    dimensions = intake.categories
    if given is None:
        return {}, []
    if isinstance(given, str):
        found = [name for name, of_it in dimensions.items() if given in of_it]
        if len(found) == 1:
            return {found[0]: given}, []
        known = [value for of_it in dimensions.values() for value in of_it]
        return {}, [Place("/category", Text("must be one of: {known}", known=", ".join(known)))]
    wrong = [name for name, value in given.items() if value not in dimensions.get(name, {})]
    return dict(given), [_no_category(dimensions, name) for name in wrong[:MAX_WRONG_CATEGORIES]]


def _no_category(dimensions: Mapping[str, Mapping[str, object]], name: str) -> Place:
    known = ", ".join(dimensions.get(name, dimensions))
    if not known:  # the person who files is asked for none
        return Place(pointer("category", name), "is not one of this request's fields")
    return Place(pointer("category", name), Text("must be one of: {known}", known=known))
