"""Only a customer who was reached can be silent (X.6)."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.reaching.shop import (
    FACTS,
    MAIL,
    WITH_MAIL,
    WITH_NUMBER,
    decided,
    open_shop,
    runs,
    tasks,
    tried,
)


@pytest.fixture
def shop() -> Organisation:
    return open_shop()


def test_a_mail_counts_from_its_sending(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)

    assert (runs(shop, number, "silence"), tasks(shop, number)) == (
        [("running", "2026-12-12T00:00:00.000Z")],
        [],
    )


def test_without_a_mail_address_the_time_does_not_run_and_the_task_opens(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    assert (runs(shop, number, "silence"), tasks(shop, number)) == ([], ["telephone"])


def test_a_person_who_was_never_reached_is_not_silent(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    shop.world.move_to("2027-02-01T10:00:00+00:00")

    assert shop.complaint(number, "agent")["stage"] == "decided"


def test_the_time_runs_from_the_call_that_reached_them(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)
    shop.world.move_to("2026-11-30T11:00:00+00:00")

    tried(shop, number, "yes")

    assert (runs(shop, number, "silence"), tasks(shop, number)) == ([("running", "2026-12-15T00:00:00.000Z")], [])


def test_the_third_attempt_on_three_working_days_starts_the_time(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)
    for day in ("2026-11-27T11:00", "2026-11-28T11:00", "2026-11-30T11:00"):
        shop.world.move_to(f"{day}:00+00:00")
        tried(shop, number, "no")

    assert (runs(shop, number, "silence"), tasks(shop, number)) == ([("running", "2026-12-15T00:00:00.000Z")], [])


@pytest.mark.parametrize(
    "days",
    [
        ("2026-11-27T11:00", "2026-11-27T12:00", "2026-11-27T13:00"),
        ("2026-11-28T11:00", "2026-11-29T11:00", "2026-11-30T11:00"),
    ],
    ids=["three-on-one-day", "one-on-a-sunday"],
)
def test_attempts_count_once_a_working_day(shop: Organisation, days: tuple[str, ...]) -> None:
    number = decided(shop, WITH_NUMBER)
    for day in days:
        shop.world.move_to(f"{day}:00+00:00")
        tried(shop, number, "no")

    assert (runs(shop, number, "silence"), tasks(shop, number)) == ([], ["telephone"])


def test_where_neither_address_nor_number_exists_the_time_runs_at_once(shop: Organisation) -> None:
    number = decided(shop, FACTS)

    assert (runs(shop, number, "silence"), tasks(shop, number)) == (
        [("running", "2026-12-12T00:00:00.000Z")],
        [],
    )


def test_silence_then_closes_the_case(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)
    tried(shop, number, "yes", by="visit")
    shop.world.move_to("2026-12-12T00:00:00+00:00")

    [closed] = shop.events(number, type_="closed")
    assert (closed["actor"]["kind"], "reached" in closed["fields"]) == ("system", False)


def test_a_closing_after_attempts_in_vain_says_that_they_were_not_reached(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)
    for day in ("2026-11-27T11:00", "2026-11-28T11:00", "2026-11-30T11:00"):
        shop.world.move_to(f"{day}:00+00:00")
        tried(shop, number, "no")
    shop.world.move_to("2026-12-15T00:00:00+00:00")

    [closed] = shop.events(number, type_="closed")
    assert closed["fields"]["reached"] is False


def test_an_answer_before_the_call_ends_the_task_and_meets_the_clock(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    shop.act(number, "complainant", "dispute")

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["met"], [])


def test_a_closing_before_the_call_ends_the_task_and_meets_nothing(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    shop.act(number, "agent", "close")

    assert (runs(shop, number, "silence"), tasks(shop, number)) == ([], [])


def test_the_act_is_open_only_while_something_waits(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)

    refused = shop.try_act(number, "agent", "attempt", by="phone", reached="yes")

    assert (refused.status, refused.problem) == (409, "act-not-open")


def test_only_people_of_the_tasks_role_record_attempts(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    refused = shop.try_act(number, "manager", "attempt", by="phone", reached="yes")

    assert (refused.status, refused.problem) == (403, "forbidden")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"by": "pigeon", "reached": "yes"}, "/fields/by"),
        ({"by": "phone"}, "/fields/reached"),
        ({"by": "phone", "reached": "perhaps"}, "/fields/reached"),
    ],
)
def test_an_attempt_says_how_and_with_which_result(shop: Organisation, fields: dict[str, str], place: str) -> None:
    number = decided(shop, WITH_NUMBER)

    refused = shop.try_act(number, "agent", "attempt", **fields)

    assert (refused.status, refused.pointer) == (422, place)


def test_the_task_is_not_done_without_an_attempt(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)

    assert shop.try_act(number, "agent", "do_task", task="telephone").status == 409


def test_an_address_that_the_customer_names_on_the_telephone_is_used_from_then_on(shop: Organisation) -> None:
    number = decided(shop, WITH_NUMBER)
    shop.act(number, "agent", "attempt", by="phone", reached="yes", **{"complainant.email": MAIL})
    shop.act(number, "agent", "close")
    shop.world.settle()

    assert f"complaint {number} is closed" in shop.world.mail(MAIL)
