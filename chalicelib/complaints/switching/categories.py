"""Categories that a newer version requires. A switch must name a choice for those that the complaint lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.complaints.fields import pointer
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Text
from chalicelib.policy.compiled import Policy


def gaps(new: Policy, complaint: Complaint, given: Mapping[str, str]) -> Iterator[Place]:
    """Places below `/category`. A choice that the newer version knows is kept."""
    intake = new.document.intake
    lacking = [name for name in intake.required if complaint.category.get(name) not in intake.categories.get(name, {})]
    for name in given:
        if name not in lacking:
            yield Place(pointer("category", name), "the complaint needs no choice of this category")
    for name in lacking:
        known = ", ".join(intake.categories[name])
        if name not in given:
            why = Text("the newer version requires a choice: name one of {known} in this field", known=known)
            yield Place(pointer("category", name), why)
        elif given[name] not in intake.categories[name]:
            yield Place(pointer("category", name), Text("must be one of: {known}", known=known))
