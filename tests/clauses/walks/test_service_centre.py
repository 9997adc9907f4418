"""P4 `government-service-centre` as its people live it: everybody answers, or the complainant falls silent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.hall import accepted, assigned, decided, inspected
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.presets.p4.steps import REFUSED_CLASS
from tests.clauses.silent_parties import until_the_end
from tests.clauses.walks.archive import is_archived
from tests.clauses.world import World


@pytest.fixture
def hall(world: World) -> Organisation:
    return with_mails(sign_up(world, "government-service-centre"))


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair", comment="解释清楚。")
    return number


def test_walk_of_a_centre_in_which_everybody_answers(hall: Organisation) -> None:
    number = rated(hall)
    hall.act(number, "reception", "do_task", task="follow_up", feedback="已电话告知。")
    hall.act(number, "reception", "close", summary="已评价。")
    hall.act(number, "reception", "archive")

    assert is_archived(hall, number, "reception")
    assert hall.deadline(number, "decision")["state"] == "met"


def test_walk_of_a_centre_that_refuses_a_matter_of_no_class(hall: Organisation) -> None:
    number = hall.file(category=None)

    hall.act(number, "reception", "refuse", ground="not_in_class", conditions={}, reason="反映的是道路施工。")

    assert hall.complaint(number)["stage"] == "refused"
    assert hall.told("complainant", number)[:1] == [REFUSED_CLASS.format(number)]


def reopened(hall: Organisation) -> str:
    """A case that silence closed, and that the complainant reopened and left again."""
    number = decided(hall)
    hall.world.move_to(hall.deadline(number, "silence")["due"])
    hall.act(number, "complainant", "reopen")
    return number


@pytest.mark.slow
@pytest.mark.parametrize("until_then", [Organisation.file, accepted, assigned, inspected, decided, rated, reopened])
def test_walk_of_a_centre_whose_complainant_falls_silent(hall: Organisation, until_then: Any) -> None:
    """The centre takes the complaint: a refusal would end the walk at once."""
    number = until_then(hall)

    until_the_end(hall, number, seed=1, never=frozenset({"refuse"}))

    assert is_archived(hall, number, "reception")
