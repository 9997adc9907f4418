"""Figures of events that no preset makes in a random life: refusals overturned, links, publications."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.tabulating.value import Ratio, Value
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.statistics.test_lives import expected, found, slow_of

MEASURES = (
    "refused",
    "refusals_overturned",
    "linked",
    "published",
    "withdrawn",
    "accepted",
    "closed_unheard_and_reopened",
)


@pytest.fixture
def life() -> Life:
    policy = play.policy("property-management")
    sample = policy.document.sample
    assert sample is not None
    return play.filed(
        policy, play.Filing(sample.channel, sample.facts, None, sample.category, unit=sample.unit), play.START
    )


def figures(life: Life, *added: tuple[str, dict[str, Any]]) -> dict[str, Value]:
    """Of the life with further events in its stage, which the slow count counts too."""
    last = life.events[-1]
    result = {**last.result, "clocks": []}
    for type_, fields in added:
        seq = len(life.events) + 1
        more = {"id": f"{play.NUMBER}/{seq}", "seq": seq, "type": type_, "fields": fields, "result": result, "act": "x"}
        life.events.append(msgspec.structs.replace(last, **more))
    slow, policy = slow_of(life), life.policy
    counted = found(contribution(life.events, lambda _version: policy), *MEASURES)
    assert counted == {name: value for name, value in expected(slow).items() if name in MEASURES}
    return counted


def test_a_refusal_that_is_accepted_later_is_overturned(life: Life) -> None:
    refused = ("refused", {"ground": "unclear"})
    counted = figures(life, refused, ("accepted", {}), ("accepted", {}), refused, refused, ("reopened", {}))
    assert (counted["refused"], counted["refusals_overturned"]) == (Ratio(1, 1), Ratio(2, 3))


def test_a_reopening_without_a_refusal_overturns_nothing(life: Life) -> None:
    assert "refusals_overturned" not in figures(life, ("closed", {}), ("reopened", {}))


def test_an_acceptance_counts_once_in_a_case(life: Life) -> None:
    assert figures(life, ("accepted", {}), ("accepted", {}))["accepted"] == Ratio(1, 1)


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (["closed", "reopened"], Ratio(1, 1)),
        (["closed", "reopened", "closed"], Ratio(1, 2)),
        (["closed"], Ratio(0, 1)),
    ],
)
def test_a_closing_that_the_complainant_did_not_hear_of_is_reopened(
    life: Life, added: list[str], expected: Ratio
) -> None:
    counted = figures(life, *((type_, {}) for type_ in added))
    assert counted["closed_unheard_and_reopened"] == expected


def test_links_and_publications_are_counted(life: Life) -> None:
    counted = figures(life, ("linked", {"to": "202611-000002"}), ("published", {}), ("published", {}))
    assert (counted["linked"], counted["published"]) == (1, 2)
