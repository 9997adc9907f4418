"""An answer counts as given when it reached the customer: by a mail that did not bounce, or by an attempt on record."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.reaching.shop import WITH_NUMBER, bounce, open_shop, replied, runs, tasks, tried


@pytest.fixture
def shop() -> Organisation:
    return open_shop()


def test_the_first_response_is_met_by_a_mail(shop: Organisation) -> None:
    assert runs(shop, replied(shop), "first_response")[0][0] == "met"


def test_a_message_that_reaches_no_person_is_no_response(shop: Organisation) -> None:
    number = replied(shop, WITH_NUMBER)

    assert (runs(shop, number, "first_response")[0][0], tasks(shop, number)) == ("running", ["telephone"])


def test_the_first_response_is_met_by_the_call_that_reached_them(shop: Organisation) -> None:
    number = replied(shop, WITH_NUMBER)

    tried(shop, number, "yes")

    assert (runs(shop, number, "first_response")[0][0], tasks(shop, number)) == ("met", [])


def test_three_attempts_in_vain_are_no_response(shop: Organisation) -> None:
    number = replied(shop, WITH_NUMBER)
    for day in ("2026-11-27T21:00", "2026-11-28T11:00", "2026-11-30T11:00"):
        shop.world.move_to(f"{day}:00+00:00")
        tried(shop, number, "no")

    assert (runs(shop, number, "first_response")[0][0], tasks(shop, number)) == ("missed", ["telephone"])


def test_a_bounce_takes_back_the_end(shop: Organisation) -> None:
    number = replied(shop)
    shop.world.move_to("2026-11-27T21:00:00+00:00")

    bounce(shop)

    assert (runs(shop, number, "first_response"), tasks(shop, number)) == (
        [("running", "2026-11-28T05:00:00.000Z")],
        ["telephone"],
    )


def test_a_due_time_within_these_hours_is_then_a_miss_of_that_time(shop: Organisation) -> None:
    number = replied(shop)
    shop.world.move_to("2026-11-28T08:00:00+00:00")
    assert shop.events(number, type_="missed") == []

    bounce(shop)
    shop.world.move_to("2026-11-28T08:01:00+00:00")

    [missed] = shop.events(number, type_="missed")
    assert (missed["due_at"], missed["at"]) == ("2026-11-28T05:00:00.000Z", "2026-11-28T08:00:00.000Z")


def test_a_mail_that_did_not_bounce_stays_a_response(shop: Organisation) -> None:
    number = replied(shop)

    shop.world.move_to("2026-12-05T08:00:00+00:00")

    missed = {event["fields"]["clock"] for event in shop.events(number, type_="missed")}
    assert (runs(shop, number, "first_response")[0][0], missed) == ("met", {"answer"})


def test_the_second_of_two_responses_bounces_and_the_first_did_not(shop: Organisation) -> None:
    number = replied(shop)
    shop.act(number, "agent", "reply")

    bounce(shop, kind="Transient")

    assert runs(shop, number, "first_response")[0][0] == "met"


def test_both_responses_bounce(shop: Organisation) -> None:
    number = replied(shop)
    shop.world.move_to("2026-11-27T20:30:00+00:00")
    shop.act(number, "agent", "reply")

    bounce(shop, kind="Transient", nth=-2)
    assert runs(shop, number, "first_response")[0][0] == "met"
    bounce(shop, kind="Transient")

    assert runs(shop, number, "first_response") == [("running", "2026-11-28T05:00:00.000Z")]
