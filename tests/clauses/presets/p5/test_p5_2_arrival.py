"""P5.2 `telecom-regulator`: the centre and the consumer are told of evidence that arrives before the acceptance."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.regulator import WANTED, assigned, evidenced, send
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import PDF

CENTRE = "complaint_centre"
ARRIVED, REFUSED = "2026-11-27T09:01:00+08:00", "2026-12-18T18:00:00+08:00"
DECIDE = "投诉 {} 已收到证据材料，请决定是否受理。"
HERE = "您的投诉 {} 的证据材料已收到，现进入受理审查。"


def is_announced(regulator: Organisation, number: str, at: str) -> None:
    [event] = regulator.events(number, type_="confirmed")
    assert (event["actor"]["kind"], regulator.local(event["at"])) == ("system", at)
    assert regulator.told(CENTRE, number)[:1] == [DECIDE.format(number)]
    assert regulator.told("complainant", number)[:1] == [HERE.format(number)]


def test_p5_2_centre_and_consumer_are_told_of_a_file(regulator: Organisation) -> None:
    number = evidenced(regulator)

    regulator.world.move_to(ARRIVED)

    is_announced(regulator, number, ARRIVED)
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"


def test_p5_2_the_consumer_is_told_of_a_file_that_the_window_took(regulator: Organisation) -> None:
    number = regulator.file(channel="window")
    given(regulator, number, "contract", PDF, auth=regulator.auth(CENTRE), on_behalf_of="complainant")

    regulator.world.move_to(ARRIVED)

    is_announced(regulator, number, ARRIVED)


def test_p5_2_centre_and_consumer_are_told_of_a_late_file(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-10T09:00:00+08:00")
    send(regulator, number, "bill")

    regulator.world.move_to("2026-12-10T09:01:00+08:00")

    is_announced(regulator, number, "2026-12-10T09:01:00+08:00")


def test_p5_2_a_further_file_is_not_announced_again(regulator: Organisation) -> None:
    number = evidenced(regulator)
    regulator.world.move_to(ARRIVED)
    send(regulator, number, "record")

    regulator.world.move_to("2026-11-27T12:00:00+08:00")

    is_announced(regulator, number, ARRIVED)


def test_p5_2_papers_at_the_window_are_not_announced_again(regulator: Organisation) -> None:
    number = regulator.file(channel="window")
    regulator.act(number, CENTRE, "receive_evidence", papers="合同原件一份")

    regulator.world.move_to("2026-11-27T12:00:00+08:00")

    assert regulator.events(number, type_="confirmed") == regulator.events(number, type_="missed") == []
    assert regulator.told("complainant", number)[:1] == [f"您的投诉 {number}：我们已收到证据材料，将予以核对。"]


@pytest.mark.parametrize("reopens", [True, False])
def test_p5_2_a_file_after_the_refusal_is_told_with_the_reopening(regulator: Organisation, reopens: bool) -> None:
    number = regulator.file()
    regulator.world.move_to(REFUSED)
    send(regulator, number, "bill")
    if reopens:
        regulator.act(number, "complainant", "reopen")

    regulator.world.move_to("2026-12-18T19:00:00+08:00")

    assert regulator.events(number, type_="confirmed") == regulator.events(number, type_="escalated") == []
    assert regulator.told(CENTRE, number)[0].startswith(f"投诉 {number} 现重新处理")


def test_p5_3_evidence_of_the_investigation_is_no_news_of_the_centre(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    regulator.act(number, "inspector", "receive_evidence", received="账单三份。")

    regulator.world.move_to("2026-11-28T09:00:00+08:00")

    assert regulator.events(number, type_="confirmed") == regulator.events(number, type_="missed") == []


def test_p5_2_a_refusal_for_another_reason_is_no_news_of_the_centre(regulator: Organisation) -> None:
    number = regulator.file()
    before = regulator.told(CENTRE, number)

    regulator.act(number, CENTRE, "refuse", ground="out_of_scope")

    assert regulator.told(CENTRE, number) == before
