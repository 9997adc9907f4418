"""A filing that the policy does not accept is refused, with each of its faults at its place."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.categories import MAX_WRONG_CATEGORIES
from chalicelib.complaints.filing import CheckedFiling, Filing
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.trial import sample
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import small_procedure
from tests.kernel.complaints.small_procedure import START

KINDS = {"billing": {"en": "Billing"}, "repair": {"en": "Repair"}}
AREAS = {"north": {"en": "North"}, "south": {"en": "South"}}
INTAKE: dict[str, Any] = {
    "channels": {"phone": {"en": "Phone"}, "letter": {"en": "Letter"}},
    "unit": "none",
    "categories": {"kind": KINDS, "area": AREAS},
    "required": ["kind"],
    "facts": {
        "content": {"en": "Content", "required": True},
        "address": {"en": "Address", "required": ["letter"]},
        "bought": {"en": "Bought", "kind": "date"},
    },
}
CLASSES = {"classes": {"low": {"en": "Low"}, "high": {"en": "High"}}}
CONTENT = {"content": "It leaks."}


def policy(intake: dict[str, Any] | None = None, **changes: Any) -> Policy:
    changes = {"tiers": [{"roles": "manager"}], **changes}
    return small_procedure.policy({**changes, "intake": {**INTAKE, **(intake or {})}})


def checked(under: Policy, *, complete: bool = True, **filed: Any) -> CheckedFiling:
    given = {"channel": "phone", "facts": CONTENT, "category": {"kind": "repair"}, **filed}
    return filing.check(under, Filing(**given), START, complete=complete)


def refused(under: Policy, *, complete: bool = True, **filed: Any) -> list[tuple[str, str]]:
    with pytest.raises(Problem) as problem:
        checked(under, complete=complete, **filed)
    assert (problem.value.kind, problem.value.detail) == ("invalid", "The complaint cannot be registered as it is.")
    return [(place.pointer, place.detail) for place in problem.value.places]


@pytest.mark.parametrize(
    ("filed", "place", "why"),
    [
        ({"channel": "smoke"}, "/channel", "must be one of: Phone, Letter"),
        ({"severity": "worst"}, "/severity", "must be one of: Low, High"),
        ({"unit": "north"}, "/unit", "is not used by this procedure"),
        ({"category": None}, "/category/kind", "is required"),
        ({"category": {"area": "north"}}, "/category/kind", "is required"),
        ({"category": {"kind": "weather"}}, "/category/kind", "must be one of: Billing, Repair"),
        ({"category": {"kind": "repair", "colour": "red"}}, "/category/colour", "must be one of: kind, area"),
        ({"facts": {}}, "/facts/content", "is required"),
        ({"channel": "letter"}, "/facts/address", "is required"),
        ({"facts": {**CONTENT, "more": "x"}}, "/facts/more", "is not one of this request's fields"),
    ],
)
def test_a_part_that_the_policy_does_not_know_is_refused(filed: dict[str, Any], place: str, why: str) -> None:
    assert refused(policy(severity=CLASSES), **filed) == [(place, why)]


def test_every_fault_of_a_filing_is_told() -> None:
    found = refused(policy(), channel="smoke", severity="low", unit="north", category="weather", facts={"bought": 7})
    assert [place for place, _ in found] == [
        *("/channel", "/severity", "/unit", "/category", "/facts/content", "/facts/bought"),
    ]
    assert ("/severity", "has no classes here") in found
    assert ("/category", "must be one of: Billing, Repair, North, South") in found


def test_a_policy_that_requires_a_unit_is_told_one() -> None:
    assert refused(policy({"unit": "required"})) == [("/unit", "is required")]
    assert checked(policy({"unit": "required"}), unit="north").filed.unit == "north"


def test_a_refusal_lists_a_hundred_wrong_categories_at_most() -> None:
    wrong = {f"c{number}": "x" for number in range(MAX_WRONG_CATEGORIES + 1)}
    assert len(refused(policy(), category={"kind": "repair", **wrong})) == MAX_WRONG_CATEGORIES


@pytest.mark.parametrize(
    ("given", "category"),
    [("repair", {"kind": "repair"}), ({"kind": "billing", "area": "south"}, {"kind": "billing", "area": "south"})],
)
def test_a_single_value_belongs_to_the_only_dimension_that_has_it(given: Any, category: dict[str, str]) -> None:
    assert checked(policy(), category=given).category == category


def test_a_value_of_two_dimensions_needs_the_name_of_its_own() -> None:
    both = policy({"categories": {"kind": KINDS, "area": {**AREAS, **KINDS}}})
    [(place, _)] = refused(both, category="repair")[:1]
    assert place == "/category"


def test_without_a_class_the_lowest_counts_and_is_no_choice_of_the_filing() -> None:
    under = policy(severity=CLASSES)
    assert [
        (one.severity, one.filed.severity is not None) for one in (checked(under), checked(under, severity="low"))
    ] == [
        ("low", False),
        ("low", True),
    ]
    assert checked(policy()).severity is None


def test_a_preview_may_leave_out_what_a_filing_needs() -> None:
    under = policy({"unit": "required"})
    found = checked(under, complete=False, channel="letter", facts={})
    assert (found.filed.unit, found.given.public, found.given.private) == (None, {}, {})
    assert refused(under, complete=False, facts={"bought": "soon"})[0][0] == "/facts/bought"


def test_the_subject_is_private_like_the_content() -> None:
    found = checked(policy(), subject="Order 7", language="en")
    assert found.given.private == {"content": {"content": "It leaks.", "subject": "Order 7"}}
    assert found.filed.language == "en"


@pytest.mark.parametrize(("unit", "places"), [(None, []), ("north", ["sample/unit"])])
def test_a_sample_that_cannot_be_filed_is_a_fault_of_the_policy(unit: str | None, places: list[str]) -> None:
    given = {"channel": "phone", "facts": CONTENT, "category": {"kind": "repair"}, "unit": unit}
    found = sample.faults(policy(sample={name: one for name, one in given.items() if one is not None}))
    assert ["/".join(map(str, fault.path)) for fault in found] == places


def test_the_registration_says_what_was_filed_and_holds_no_text() -> None:
    under = policy({"unit": "optional"}, severity=CLASSES)
    accepted = checked(under, unit="north", severity="high", language="en", facts={**CONTENT, "bought": "2026-11-20"})
    flow = filing.register(under, accepted, number="1", receipt="kept", actor=COMPLAINANT.actor(), now=START)
    event = flow.drafts[0]
    assert (event.type, event.act, event.at, event.actor) == ("registered", "register", START, COMPLAINANT.actor())
    assert event.fields == {
        "channel": "phone",
        "category": {"kind": "repair"},
        "receipt": "kept",
        "facts": {"bought": "2026-11-20"},
        "given": ["content"],
        "unit": "north",
        "severity": "high",
        "language": "en",
    }
    assert event.secrets == {"content": CONTENT}
    assert (event.result.stage, event.result.severity, event.result.edition) == ("open", "high", 2)
