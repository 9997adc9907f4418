"""P7 `property-management`: which events start and end the times of the centre and of the office."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.estate import NO_OFFICE, decided, handled, replied
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.test_p7_silence import CENTRE, CLOSED, REMINDED, judged, on_the_spot

OFFICE, LATER = "management_office", "2026-11-27T14:00:00+08:00"


def states(estate: Organisation, number: str, clock: str) -> list[str]:
    """The states of the clock's runs."""
    deadlines = estate.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return [one["state"] for one in deadlines if one["clock"] == clock]


@pytest.mark.parametrize("channel", ["visit", "phone", "email"])
def test_p7_6_a_complaint_to_the_centre_is_to_be_forwarded(estate: Organisation, channel: str) -> None:
    assert states(estate, estate.file(channel=channel), "forwarding") == ["running"]


@pytest.mark.parametrize(("act", "fields"), [("reply", {}), ("decide", {"opinion": "当场更换。", **NO_OFFICE})])
def test_p7_6_what_is_answered_on_the_spot_need_not_be_forwarded(
    estate: Organisation, act: str, fields: dict[str, Any]
) -> None:
    number = estate.file()

    estate.act(number, CENTRE, act, text="灯已换好。", **fields)

    assert states(estate, number, "forwarding") == ["met"]


def test_p7_6_a_disputed_answer_on_the_spot_is_to_be_forwarded(estate: Organisation) -> None:
    number = on_the_spot(estate)

    estate.act(number, "complainant", "dispute")

    assert states(estate, number, "forwarding") == ["met", "running"]


def test_p7_6_nothing_is_to_be_forwarded_again_once_the_office_has_it(estate: Organisation) -> None:
    number = replied(estate)

    estate.act(number, "complainant", "dispute")

    assert states(estate, number, "forwarding") == ["met"]


@pytest.mark.parametrize("late", [False, True])
def test_p7_7_a_dispute_and_a_late_answer_start_the_time_for_the_reply_again(estate: Organisation, late: bool) -> None:
    number = decided(estate) if late else replied(estate)
    if late:
        estate.world.move_to(CLOSED)

    estate.act(number, "complainant", "reopen" if late else "dispute")

    assert states(estate, number, "reply") == ["met", "running"]


def test_p7_1_a_judgement_without_a_new_answer_asks_the_customer_no_later(estate: Organisation) -> None:
    number = replied(estate)
    estate.world.move_to("2026-11-30T09:00:00+08:00")

    judged(estate, number)

    assert states(estate, number, "reminder") == ["running"]
    assert estate.local(estate.deadline(number, "reminder")["due"]) == REMINDED


def test_p7_1_an_answer_on_the_spot_keeps_the_promise(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, CENTRE, "promise", feedback_at=LATER)

    fields = {"text": "灯已换好。", "opinion": "当场更换。", **NO_OFFICE}
    estate.act(number, CENTRE, "decide", **fields)

    assert states(estate, number, "promised") == ["met"]


def test_p7_1_the_office_is_warned_an_hour_before_what_was_promised(estate: Organisation) -> None:
    number = handled(estate)
    estate.act(number, OFFICE, "promise", feedback_at=LATER)

    estate.world.move_to("2026-11-27T12:59:00+08:00")
    before = estate.told(OFFICE, number)
    estate.world.move_to("2026-11-27T13:00:00+08:00")

    [warning, *_] = estate.told(OFFICE, number)
    assert (warning.startswith(f"投诉 {number} 即将到期"), warning in before) == (True, False)
    others = [text for who in estate.tokens if who not in (OFFICE, "owner") for text in estate.told(who, number)]
    assert not any("即将届满" in text for text in others)


def test_p7_1_a_customer_is_asked_by_the_centre_too(estate: Organisation) -> None:
    number = replied(estate)
    before = len(estate.told("complainant", number))

    estate.act(number, CENTRE, "notify")

    assert len(estate.told("complainant", number)) == before + 1


def test_p7_1_who_handled_it_is_told_of_a_late_answer(estate: Organisation) -> None:
    number = decided(estate)
    estate.world.move_to(CLOSED)

    estate.act(number, "complainant", "reopen", reason="灯又坏了。")

    assert estate.told(OFFICE, number)[0].startswith(f"投诉 {number} 现重新处理")


def test_p7_8_the_centre_approves_an_answer_on_the_spot(estate: Organisation) -> None:
    number = estate.file(channel="email")
    estate.act(number, OFFICE, "reply", text="灯已换好。")

    assert estate.try_act(number, "leader", "approve").status == 403
    assert estate.try_act(number, CENTRE, "approve").status == 200
