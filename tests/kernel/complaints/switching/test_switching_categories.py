"""Switching a complaint to a version that requires a category which the complaint lacks."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.amended import Life, at, dues, version


def _requiring_matter(document: dict[str, Any]) -> None:
    document["intake"]["categories"] = {"matter": {"goods": {"zh": "货"}, "other": {"zh": "他"}}}
    document["intake"]["required"] = ["matter"]
    document["clocks"]["decision"]["within"] = [
        {"when": {"matter": "goods"}, "limit": "1 hour"},
        {"when": {"matter": "other"}, "limit": "2 hours"},
    ]


@pytest.mark.parametrize("given", [{}, {"matter": "mood"}, {"matter": "goods", "mood": "goods"}])
def test_a_required_category_that_the_complaint_lacks_is_named(given: dict[str, str]) -> None:
    with pytest.raises(Problem) as refused:
        Life().plan(version(2, _requiring_matter), category=given)
    assert {place.pointer for place in refused.value.places} == {f"/category/{'mood' if 'mood' in given else 'matter'}"}


def test_a_switch_takes_the_category_that_the_complaint_lacks() -> None:
    life = Life()
    terms = {"category": {"matter": "other"}}

    assert dues(life.plan(version(2, _requiring_matter), **terms))["decision"][0] == to_text(at(2))

    after = life.switch(version(2, _requiring_matter), **terms)
    assert after.category == {"matter": "other"}
    assert [run.due for run in after.runs] == [at(2)]
