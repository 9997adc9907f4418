"""The fields of an act, sorted into public values for the event and private ones beside it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import fields
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import publishing
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, Fact, is_public
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values import fact_kinds
from tests.kernel.policy.faulty_policies.faulty import faulty

WHOLE = faulty("intake/evidence", {"photo": "照片"})
"""A policy in which each built-in field has choices."""
WHOLE["severity"]["signs"] = {"high": {"injury": "伤"}}
WHOLE["stages"]["open"]["guidance"] = ["一"]
NOW = from_text("2026-11-27T09:00:00Z")


def checked(one: FieldSpec, value: Any) -> CheckedFields:
    return fields.check([one], {one.name: value}, now=NOW, since=None, root="fields")


def test_a_field_of_an_unknown_kind_is_private() -> None:
    one = FieldSpec("call_at", "unknown", False)
    assert not is_public(one.kind, one.fact)


def test_a_field_of_an_unknown_kind_is_refused_at_its_place() -> None:
    with pytest.raises(Problem) as caught:
        checked(FieldSpec("call_at", "unknown", False), "00000000000")
    assert [(place.pointer, place.detail) for place in caught.value.places] == [
        ("/fields/call_at", "is of a kind that this service cannot read")
    ]


def test_a_complainants_number_is_public_without_a_holder() -> None:
    age = FieldSpec("complainant.age", "number", False, fact=Fact(kind="number"))
    assert checked(age, 44).event_fields() == {"complainant.age": 44}


def test_a_complainants_number_is_private_with_a_holder() -> None:
    age = FieldSpec("complainant.age", "number", False, fact=Fact(kind="number", holder="complainant"))
    found = checked(age, 44)
    assert (found.event_fields(), found.private) == (
        {"given": ["complainant.age"]},
        {"complainant": {"complainant.age": 44}},
    )


def test_the_key_of_a_text_selects_its_class() -> None:
    assert checked(FieldSpec("complainant.phone", "text", False), "0").private == {
        "complainant": {"complainant.phone": "0"}
    }


@pytest.mark.parametrize("name", BUILT_IN_FIELDS)
def test_a_built_in_field_has_its_kind_and_its_choices(name: str) -> None:
    policy = compile_policy(publishing.prepare(WHOLE).document, "1")

    found = fields.spec(policy, Act(by=[]), name, True, {"stage": "open"})

    assert found.kind == BUILT_IN_FIELDS[name].kind
    assert bool(found.choices) == (found.kind in ("choice", "choices", "conditions"))


def test_the_kind_of_a_built_in_field_has_a_reader() -> None:
    assert {one.kind for one in BUILT_IN_FIELDS.values()} <= {*fact_kinds.OF_DOCUMENTS, *fact_kinds.OF_BUILT_IN_FIELDS}
