"""P3 `auto-repair-forms` as its people live it: everybody answers, or one of them is silent at a stage."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, from_text, to_text
from tests.clauses.offices import workshop as at
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.walks.at_workshop import WORK, parked
from tests.clauses.walks.silence import Silence, each, is_escalated, is_owed, next_month
from tests.clauses.walks.silent_workshop import LADDER, SILENCES
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import World


@pytest.fixture
def workshop(world: World) -> Organisation:
    return with_mails(sign_up(world, "auto-repair-forms"))


def test_walk_of_a_workshop_in_which_everybody_answers(workshop: Organisation) -> None:
    to_the_archive(workshop, workshop.file(), WORK)


@each(SILENCES)
def test_walk_of_a_workshop_in_which_silence_is_escalated(workshop: Organisation, silence: Silence) -> None:
    number = silence.until(workshop)
    is_owed(workshop, number, silence)

    is_escalated(workshop, number, silence.clock, LADDER)

    for who, act, fields in silence.instead:
        workshop.act(number, who, act, **fields)
    to_the_archive(workshop, number, WORK)


def stays_away(workshop: Organisation, number: str) -> None:
    """The customer of a pending matter does not come for three months, and the manager makes contact each month."""
    for _ in range(3):
        next_month(workshop.world)
        assert any("未了事宜的客户沟通" in text for text in workshop.told("customer_manager", number))
        workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="联系不上。")
    assert len(workshop.events(number, type_="task_opened")) == 3
    assert workshop.events(number, type_="missed") == []


def test_walk_of_a_workshop_whose_customer_stays_away_is_a_pending_matter_with_a_contact_each_month(
    workshop: Organisation,
) -> None:
    number = parked(workshop)

    stays_away(workshop, number)

    to_the_archive(workshop, number, WORK)


def cannot_be_reached(workshop: Organisation, number: str) -> None:
    """The customer does not answer, so that the manager has twice the time."""
    due = from_text(workshop.deadline(number, "liability")["due"])
    workshop.act(number, "customer_manager", "mark_unreachable")
    workshop.world.move_to(to_text(due + 23 * HOUR))
    assert workshop.events(number, type_="missed") == []


def test_walk_of_a_workshop_whose_customer_cannot_be_reached_has_more_time(workshop: Organisation) -> None:
    number = at.filled(workshop)

    cannot_be_reached(workshop, number)

    to_the_archive(workshop, number, WORK)
    assert workshop.deadline(number, "liability")["state"] == "met"
