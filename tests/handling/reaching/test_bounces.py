"""A mail that bounces within 24 hours takes back what it started and ended."""

from __future__ import annotations

import json

import pytest

from chalicelib.access import binding
from chalicelib.casework import loading, replay
from chalicelib.casework.private_values import read_record
from chalicelib.complaints.state import Complaint
from chalicelib.features.messages.mail import ses_feedback
from chalicelib.store.keys import CaseRef
from tests.clauses.organisation import Organisation
from tests.handling.reaching.shop import (
    MAIL,
    WITH_MAIL,
    WITH_NUMBER,
    bounce,
    decided,
    filed,
    open_shop,
    replied,
    runs,
    tasks,
    tried,
)

LATE = "2026-11-28T10:01:00+00:00"
"""Over 24 hours after the decision."""
CANCELLED = ["cancelled"], ["telephone"]


@pytest.fixture
def shop() -> Organisation:
    return open_shop()


def test_a_bounce_takes_back_the_start_and_opens_the_task(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    shop.world.move_to("2026-11-27T12:00:00+00:00")

    bounce(shop)

    [event] = shop.events(number, type_="returned")
    assert (runs(shop, number, "silence")[0][0], tasks(shop, number)) == ("cancelled", ["telephone"])
    assert event["fields"]["kind"] == "Permanent"


def test_after_a_bounce_the_time_runs_from_the_call(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    bounce(shop)
    shop.world.move_to("2026-11-30T11:00:00+00:00")

    tried(shop, number, "yes")

    assert runs(shop, number, "silence")[1:] == [("running", "2026-12-15T00:00:00.000Z")]


def test_a_bounce_after_24_hours_takes_nothing_back(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    shop.world.move_to(LATE)

    bounce(shop)

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["running"], [])


def test_the_next_message_to_an_address_that_does_not_work_does_not_count(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    shop.world.move_to(LATE)
    bounce(shop)
    shop.act(number, "complainant", "dispute")

    shop.act(number, "agent", "decide", solution="Repaired again.")

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["met"], ["telephone"])


def test_a_temporary_bounce_takes_back_this_message_only(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    bounce(shop, kind="Transient")
    shop.act(number, "complainant", "dispute")

    shop.act(number, "agent", "decide", solution="Repaired again.")

    assert [state for state, _ in runs(shop, number, "silence")] == ["cancelled", "met", "running"]


def test_a_repeated_bounce_changes_nothing(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    bounce(shop)
    before = shop.events(number)

    bounce(shop)

    assert shop.events(number) == before


def test_a_bounce_after_the_answer_takes_nothing_back(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    shop.act(number, "complainant", "dispute")

    bounce(shop, kind="Transient")

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["met"], [])


def test_a_bounce_after_the_closing_opens_no_task(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)
    shop.act(number, "agent", "close")

    bounce(shop, nth=-2)

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["cancelled"], [])


def test_a_mail_that_the_service_refuses_does_not_count(shop: Organisation) -> None:
    shop.world.fakes.mailer.rejected.add(MAIL)

    number = decided(shop, WITH_MAIL)

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == CANCELLED


def test_a_mail_that_could_not_be_sent_within_a_day_does_not_count(shop: Organisation) -> None:
    shop.world.fakes.mailer.down = True
    number = decided(shop, WITH_MAIL)

    shop.world.move_to("2026-11-28T10:00:00+00:00")

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (
        ["cancelled"],
        ["telephone"],
    )


def test_nothing_that_is_due_is_recorded_while_a_mail_can_bounce() -> None:
    shop = open_shop(clocks={"silence": {"within": "2 hours"}})
    number = decided(shop, WITH_MAIL)
    shop.world.move_to("2026-11-28T09:00:00+00:00")
    assert shop.complaint(number, "agent")["stage"] == "decided"

    shop.world.move_to("2026-11-28T10:00:00+00:00")

    [closed] = shop.events(number, type_="closed")
    assert (closed["due_at"], closed["at"]) == ("2026-11-27T12:00:00.000Z", "2026-11-28T10:00:00.000Z")


def test_a_report_as_spam_shows_that_the_mail_arrived(shop: Organisation) -> None:
    number = decided(shop, WITH_MAIL)

    bounce(shop, said="complained")

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (["running"], [])


def test_a_policy_that_asks_nothing_records_no_bounce() -> None:
    plain = {"silence": {"silence": None}, "first_response": {"until": "replied"}}
    shop = open_shop(clocks=plain, tasks={"telephone": {"on": "disputed"}})
    number = decided(shop, WITH_MAIL)

    bounce(shop)

    assert shop.events(number, type_="returned") == []


def test_the_record_says_of_the_answer_whether_it_reached_the_customer(shop: Organisation) -> None:
    by_mail, by_nothing = decided(shop, WITH_MAIL), filed(shop, WITH_NUMBER)
    shop.act(by_nothing, "agent", "decide", solution="Repaired.")

    found = [shop.events(number, type_="decided")[0]["fields"]["reached"] for number in (by_mail, by_nothing)]
    assert json.dumps(found) == "[true, false]"


def test_a_crash_between_the_record_and_the_delivery_is_made_up_for_by_the_repeat(
    shop: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = decided(shop, WITH_MAIL)
    with monkeypatch.context() as broken:
        broken.setattr(ses_feedback, "mark_failed", lambda *_: 1 / 0)
        with pytest.raises(AssertionError):
            bounce(shop)
    assert len(shop.events(number, type_="returned")) == 1

    bounce(shop)

    assert (len(shop.events(number, type_="returned")), tasks(shop, number)) == (1, ["telephone"])


def test_a_reopened_case_waits_for_its_own_message_only() -> None:
    reopen = {"reopen": {"by": "complainant", "to": "decided", "tells": "agent"}}
    shop = open_shop(stages={"closed": reopen}, clocks={"silence": {"from": ["decided", "reopened"]}})
    number = decided(shop, WITH_MAIL)
    shop.act(number, "agent", "close")
    shop.act(number, "complainant", "reopen")

    bounce(shop, nth=0)

    assert ([state for state, _ in runs(shop, number, "silence")], tasks(shop, number)) == (
        ["cancelled", "running"],
        [],
    )


def test_a_replay_of_the_events_gives_what_was_told_and_what_was_taken_back(shop: Organisation) -> None:
    number = replied(shop)
    shop.act(number, "agent", "decide", solution="Repaired.")
    before = snapshots_and_replays(shop, number)
    bounce(shop)
    after = snapshots_and_replays(shop, number)
    tried(shop, number, "no")

    for stored, replayed in (before, after, snapshots_and_replays(shop, number)):
        assert stored == replayed
        assert stored.reaching


def snapshots_and_replays(shop: Organisation, number: str) -> tuple[Complaint, Complaint]:
    wiring, ref = shop.world.fakes.wiring, CaseRef(shop.id, number)
    with binding.tenant(shop.id):
        stored = loading.load(wiring.store, wiring.compiled, ref).complaint
        events = read_record(wiring.store, wiring.sealer, ref).events
        return stored, replay.state_of(number, events, lambda version: wiring.compiled.get(shop.id, version))
