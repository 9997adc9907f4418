"""P1.3: no person handles a complaint about the unit for which they answer as its respondent."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import accepted, archived, unit
from tests.clauses.organisation import Organisation, hire


@pytest.fixture
def both(marketplace: Organisation) -> str:
    """A handler who also answers for the unit `seller`."""
    grants = [{"role": "handler"}, {"role": "respondent", "unit": "seller"}]
    hire(marketplace, "handler", name="both")
    path = f"{marketplace.path}/people/{marketplace.subs['both']}"
    answer = marketplace.world.call("PUT", path, {"grants": grants}, auth=marketplace.auth("owner"))
    assert answer.status == 200, answer.text
    return marketplace.subs["both"]


def test_p1_3_the_respondent_is_not_named_as_the_responsible_party(marketplace: Organisation, both: str) -> None:
    number = marketplace.file(unit="seller")

    answer = marketplace.try_act(number, "screener", "accept", responsible=both)

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")
    assert answer.json["errors"][0]["detail"] == "names a person who answers for the unit that the complaint is about"
    assert marketplace.complaint(number)["stage"] == "registered"


def test_p1_3_the_complaint_is_not_passed_on_to_the_respondent(marketplace: Organisation, both: str) -> None:
    number = accepted(marketplace)

    assert marketplace.try_act(number, "director", "assign", responsible=both).pointer == "/fields/responsible"


def test_p1_6_the_respondent_does_not_examine_again(marketplace: Organisation, both: str) -> None:
    number = archived(marketplace)

    answer = marketplace.try_act(number, "director", "reopen", reason="新证据", responsible=both)

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


@pytest.mark.parametrize("about", ["another unit", "no unit"])
def test_p1_3_the_same_person_handles_other_complaints(marketplace: Organisation, both: str, about: str) -> None:
    number = marketplace.file(unit=unit(marketplace, "other") if about == "another unit" else None)

    assert marketplace.act(number, "screener", "accept", responsible=both)["assigned"] == {"handler": [both]}
