"""P5 `telecom-regulator`: no evidence is followed by a reminder and a refusal, and a late answer reopens."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared
from tests.clauses.offices.regulator import evidenced, send
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p5.steps import WITHOUT_EVIDENCE
from tests.clauses.silent_parties import reminders
from tests.helpers.fakes.files import PDF
from tests.kernel.web.pages.browser import Browser

REMINDED, REFUSED = "2026-12-04T18:00:00+08:00", "2026-12-18T18:00:00+08:00"
CENTRE = "complaint_centre"


def silent(regulator: Organisation) -> str:
    """A complaint that was refused because the consumer gave no evidence."""
    number = regulator.file()
    regulator.world.move_to(REFUSED)
    return number


def test_p5_2_silence_is_refused_with_its_reason(regulator: Organisation) -> None:
    number = silent(regulator)

    [event] = regulator.events(number, type_="refused")
    assert (event["actor"]["kind"], event["fields"]["ground"]) == ("system", "no_evidence")
    assert regulator.local(event["at"]) == REFUSED
    assert [regulator.local(one["at"]) for one in reminders(regulator, number)] == [REMINDED]
    assert regulator.told("complainant", number)[:1] == [WITHOUT_EVIDENCE.format(number)]
    assert regulator.told(CENTRE, number)[:1] == [f"投诉 {number} 因一直未收到证据材料，不予受理。"]


def test_p5_2_evidence_stops_the_silence(regulator: Organisation) -> None:
    number = evidenced(regulator)

    regulator.world.move_to(REFUSED)

    assert regulator.deadline(number, "silence")["state"] == "met"
    assert regulator.complaint(number)["stage"] == "registered"


def test_p5_2_what_comes_after_the_refusal_can_still_be_taken(regulator: Organisation) -> None:
    number = silent(regulator)

    assert regulator.act(number, "complainant", "reopen")["stage"] == "registered"

    assert send(regulator, number, "bill") == 201
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"
    regulator.world.move_to("2027-01-12T18:00:00+08:00")
    assert regulator.events(number, type_="escalated") == []


def test_p5_2_after_the_reopening_the_consumer_hears_of_the_time_and_the_centre_that_it_waits(
    regulator: Organisation,
) -> None:
    number = silent(regulator)

    regulator.act(number, "complainant", "reopen")

    assert regulator.local(regulator.deadline(number, "evidence")["due"]) == "2026-12-25T18:00:00+08:00"
    assert regulator.told("complainant", number)[:1] == [
        f"您的投诉 {number} 现重新处理。请您于 2026年12月25日（周五）18:00 前提供至少一份证据材料，"
        "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理。"
    ]
    assert regulator.told(CENTRE, number)[:1] == [f"投诉 {number} 应消费者要求重新处理，等待消费者提供证据材料。"]


def test_p5_2_a_reopened_complaint_has_the_time_again(regulator: Organisation) -> None:
    number = silent(regulator)
    regulator.act(number, "complainant", "reopen")

    early = regulator.try_act(number, CENTRE, "refuse", ground="no_evidence")
    assert (early.status, early.pointer) == (422, "/fields/ground")
    regulator.world.move_to("2027-01-12T18:00:00+08:00")

    assert len(regulator.events(number, type_="refused")) == 2
    assert len(reminders(regulator, number)) == 2
    assert regulator.deadline(number, "evidence")["run"] == 2


@pytest.mark.parametrize("who", [CENTRE, "director"])
def test_p5_2_only_the_consumer_reopens(regulator: Organisation, who: str) -> None:
    assert regulator.try_act(silent(regulator), who, "reopen").status == 403


def test_p5_2_what_is_out_of_scope_is_not_reopened(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to(REMINDED)
    regulator.act(number, CENTRE, "refuse", ground="out_of_scope")

    assert regulator.try_act(number, "complainant", "reopen").status == 409


@pytest.mark.parametrize(("ground", "takes"), [("no_evidence", True), ("out_of_scope", False)])
def test_p5_2_the_page_of_a_refused_complaint_takes_what_is_still_awaited(
    regulator: Organisation, ground: str, *, takes: bool
) -> None:
    number = regulator.file()
    regulator.world.move_to(REMINDED)
    regulator.act(number, CENTRE, "refuse", ground=ground)
    browser = Browser(regulator.world)  # type: ignore[arg-type]
    browser.open(f"/t/{regulator.id}/case")
    page = browser.submit(number=number, receipt=regulator.filed[number].receipt)

    assert any(href.endswith("/files") for href, _ in page.links) is takes


def test_p5_2_no_file_is_taken_of_what_is_out_of_scope(regulator: Organisation) -> None:
    number = regulator.file()

    regulator.act(number, CENTRE, "refuse", ground="out_of_scope")

    assert declared(regulator, number, "bill", PDF).problem == "act-not-open"


def test_p5_2_a_refusal_ends_the_time_for_evidence(regulator: Organisation) -> None:
    number = regulator.file()

    regulator.act(number, "complaint_centre", "refuse", ground="out_of_scope")

    clocks = ("evidence", "evidence_overdue", "silence")
    assert {regulator.deadline(number, clock)["state"] for clock in clocks} == {"met"}


def test_p5_2_evidence_that_came_after_the_refusal_is_not_asked_for_again(regulator: Organisation) -> None:
    number = silent(regulator)
    assert send(regulator, number, "bill") == 201
    regulator.act(number, "complainant", "reopen")
    regulator.act(number, CENTRE, "accept")

    regulator.world.move_to("2027-01-16T00:00:00+08:00")

    clocks = ("evidence", "evidence_overdue", "silence")
    assert {regulator.deadline(number, clock)["run"] for clock in clocks} == {1}
    assert regulator.events(number, type_="escalated") == []
    assert len(reminders(regulator, number)) == 1


def test_p5_2_a_file_handed_in_just_in_time_but_checked_after_the_refusal_reopens(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-18T17:59:59+08:00")
    ticket = declared(regulator, number, "bill", PDF).json["ticket"]
    regulator.world.move_to(REFUSED)
    regulator.world.upload(ticket, PDF)

    regulator.world.move_to("2026-12-18T18:01:00+08:00")

    [event] = regulator.events(number, type_="reopened")
    assert (event["actor"]["kind"], regulator.local(event["at"])) == ("system", "2026-12-18T18:01:00+08:00")
    assert regulator.told(CENTRE, number)[:1] == [
        f"投诉 {number} 现重新处理，请于2026年12月25日（周五）18:00前（北京时间）完成。"
    ]
    assert regulator.told("complainant", number)[:1] == [f"您的投诉 {number} 的证据材料已收到，现进入受理审查。"]
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"


@pytest.mark.parametrize(
    ("later", "late"), [("2026-12-18T18:01:01+08:00", []), ("2027-03-01T10:00:00+08:00", ["acceptance"])]
)
def test_p5_2_a_consumer_who_reopens_first_is_not_reopened_twice(
    regulator: Organisation, later: str, late: list[str]
) -> None:
    number = silent(regulator)
    send(regulator, number, "bill")
    regulator.act(number, "complainant", "reopen")

    regulator.world.move_to(later)

    assert len(regulator.events(number, type_="reopened")) == 1
    assert regulator.deadline(number, "late_evidence")["state"] == "met"
    assert {one["fields"]["clock"] for one in regulator.events(number, type_="missed")} == {"evidence", *late}


def test_p5_2_a_file_does_not_reopen_what_is_out_of_scope(regulator: Organisation) -> None:
    """It was handed in before the refusal, and is checked after it."""
    number = regulator.file()
    ticket = declared(regulator, number, "bill", PDF).json["ticket"]
    regulator.act(number, CENTRE, "refuse", ground="out_of_scope")
    regulator.world.upload(ticket, PDF)

    regulator.world.move_to("2027-03-01T10:00:00+08:00")

    assert len(regulator.events(number, type_="evidence_received")) == 1

    assert regulator.complaint(number)["stage"] == "refused"
    assert regulator.events(number, type_="escalated") == []
