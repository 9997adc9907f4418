"""Acceptance conditions that follow from the limitation or the categories, and those that staff tick."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import Case, policy

IN_TIME, TOO_LATE = "2026-11-26T09:00:00+08:00", "2026-11-20T09:00:00+08:00"
KINDS = {"matter": {"goods": {"en": "Goods"}}, "link": {"shop": {"en": "Shop"}}}
MAY_BE_TICKED = {"/fields/conditions/it": "must be ticked or left: true or false"}


def case(source: str | None, **filed: Any) -> Case:
    """A filing under a policy with the condition `it`, which may fail."""
    intake = {
        "categories": KINDS,
        "facts": {"when": {"kind": "time", "tense": "past", "required": True}},
        "limitation": {"within": "2 days", "latest": "when"},
        "conditions": {"it": {"en": "It holds", "may_fail": True, **({"source": source} if source else {})}},
    }
    accept = {"by": ["agent", "manager"], "to": "done", "needs": "conditions"}
    decide = {"by": ["agent", "manager"], "to": "done"}
    under = policy({"intake": intake, "stages": {"open": {"accept": accept, "decide": decide}}})
    return Case(under, **{"facts": {"when": IN_TIME}, **filed})


def ticked(given: Case, **conditions: bool) -> dict[str, bool] | dict[str, str]:
    """The conditions as recorded, or the places of the faults with their texts."""
    try:
        event = given.act("accept", conditions=conditions) and given.drafts[-1]
    except Problem as problem:
        return {place.pointer: place.detail for place in problem.places}
    found: dict[str, bool] = event.fields["conditions"]
    return found


def follows(known: str) -> dict[str, str]:
    return {"/fields/conditions/it": f"follows from the complaint and is {known}"}


@pytest.mark.parametrize(("when", "holds"), [(IN_TIME, True), (TOO_LATE, False)])
def test_the_limitation_says_whether_a_complaint_is_in_time(when: str, holds: bool) -> None:
    def filed() -> Case:
        return case("limitation", facts={"when": when})

    assert ticked(filed()) == ticked(filed(), it=holds) == {"it": holds}
    assert ticked(filed(), it=not holds) == follows(str(holds).lower())


def with_flags(flags: dict[str, str], **conditions: bool) -> dict[str, bool] | dict[str, str]:
    """`ticked` for a complaint that was filed too late, with these flags instead."""
    one = case("limitation", facts={"when": TOO_LATE})
    one.complaint = replace(one.complaint, flags=flags)
    return ticked(one, **conditions)


@pytest.mark.parametrize("holds", [True, False])
def test_staff_say_whether_a_complaint_without_a_time_is_in_time(holds: bool) -> None:
    """It came under a version that did not require the time."""
    assert with_flags({"in_time": "none"}) == MAY_BE_TICKED
    assert with_flags({"in_time": "none"}, it=holds) == {"it": holds}


def test_a_complaint_that_was_filed_without_a_limitation_is_in_time() -> None:
    """It came under a version without one, and was switched."""
    assert with_flags({}) == {"it": True}
    assert with_flags({}, it=False) == follows("true")


@pytest.mark.parametrize(
    ("category", "holds"),
    [({"matter": "goods", "link": "shop"}, True), ({"matter": "goods"}, False), ({"link": "shop"}, False), ({}, False)],
)
def test_a_complaint_is_in_scope_if_it_has_all_categories(category: dict[str, str], holds: bool) -> None:
    assert ticked(case("categories", category=category)) == {"it": holds}
    assert ticked(case("categories", category=category), it=not holds) == follows(str(holds).lower())


@pytest.mark.parametrize("holds", [True, False])
def test_staff_tick_what_follows_from_nothing(holds: bool) -> None:
    both = {"matter": "goods", "link": "shop"}
    assert ticked(case(None, category=both)) == MAY_BE_TICKED
    assert ticked(case(None, category=both), it=holds) == {"it": holds}
