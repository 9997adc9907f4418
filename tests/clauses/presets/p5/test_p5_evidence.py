"""P5 `telecom-regulator`: channels, and evidence at filing, in time, late, and over the counter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.regulator import WANTED, assigned, evidenced, send
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p5.steps import ACCEPTED, OVERDUE, WITHOUT_EVIDENCE
from tests.helpers.fakes.files import PDF
from tests.kernel.web.pages.case_page import case_page

DUE = "2026-12-04T18:00:00+08:00"
KINDS = "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理"
FILED = f"您的投诉 {{}} 已登记。请您于 2026年12月4日（周五）18:00 前提供至少一份证据材料，{KINDS}。"
CENTRE = "complaint_centre"


def over_the_counter(regulator: Organisation, number: str, kind: str = "contract") -> dict[str, Any]:
    """The clerk hands in a file on the consumer's behalf."""
    return given(regulator, number, kind, PDF, auth=regulator.auth(CENTRE), on_behalf_of="complainant")


def overdue(regulator: Organisation) -> str:
    number = regulator.file()
    regulator.world.move_to(DUE)
    return number


@pytest.mark.parametrize("channel", ["hotline", "online", "window"])
def test_p5_1_hotline_online_form_and_window(regulator: Organisation, channel: str) -> None:
    assert regulator.complaint(regulator.file(channel=channel))["channel"] == channel


def test_p5_1_there_is_no_other_channel(regulator: Organisation) -> None:
    answer = regulator.try_file(channel="email")

    assert (answer.status, answer.pointer) == (422, "/channel")


def test_p5_2_at_filing_any_one_piece_of_evidence_is_demanded(regulator: Organisation) -> None:
    number = regulator.file()

    [event] = regulator.events(number, type_="evidence_demanded")
    assert (event["fields"]["of"], event["fields"]["every"]) == ("complainant", False)
    assert {"contract", "bill", "record", "other"} == set(event["fields"]["kinds"])


def test_p5_2_the_consumer_is_told_by_when_and_with_what(regulator: Organisation) -> None:
    number = regulator.file()

    assert regulator.local(regulator.deadline(number, "evidence")["due"]) == DUE
    assert FILED.format(number) in regulator.told("complainant", number)
    assert f"投诉 {number} 已登记，等待消费者提供证据材料；收到后请决定是否受理。" in regulator.told(CENTRE, number)


def test_p5_2_without_any_evidence_it_is_not_accepted(regulator: Organisation) -> None:
    number = regulator.file()

    answer = regulator.try_act(number, CENTRE, "accept")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("kind", ["contract", "bill", "record", "other"])
def test_p5_2_one_piece_of_any_kind_is_enough(regulator: Organisation, kind: str) -> None:
    number = regulator.file()
    assert send(regulator, number, kind) == 201

    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"
    assert regulator.told("complainant", number)[:1] == [ACCEPTED.format(number)]
    assert f"投诉 {number} 已受理，请指派执法人员。" in regulator.told("director", number)
    assert regulator.deadline(number, "evidence")["state"] == "met"


@pytest.mark.parametrize("who", ["inspector", "director", "complainant"])
def test_p5_2_only_the_centre_accepts(regulator: Organisation, who: str) -> None:
    assert regulator.try_act(evidenced(regulator), who, "accept").status == 403


@pytest.mark.parametrize(("kind", "status"), [("other", 201), ("poem", 422)])
def test_p5_2_further_evidence_can_be_added(regulator: Organisation, kind: str, status: int) -> None:
    assert send(regulator, evidenced(regulator), kind) == status


def test_p5_2_the_window_takes_a_file_on_the_consumers_behalf(regulator: Organisation) -> None:
    number = regulator.file(channel="window")

    over_the_counter(regulator, number)

    [event] = regulator.events(number, type_="evidence_received")
    assert (event["actor"]["id"], event["actor"]["on_behalf_of"]) == (regulator.subs[CENTRE], "complainant")
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"


def test_p5_2_the_window_takes_papers(regulator: Organisation) -> None:
    number = regulator.file(channel="window")
    missing = regulator.try_act(number, CENTRE, "receive_evidence")
    assert (missing.status, missing.pointer) == (422, "/fields/papers")
    assert regulator.try_act(number, "inspector", "receive_evidence", papers="合同一份").status == 403

    regulator.act(number, CENTRE, "receive_evidence", papers="合同原件一份")

    assert regulator.told("complainant", number)[:1] == [f"您的投诉 {number}：我们已收到证据材料，将予以核对。"]
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"


def test_p5_2_after_the_time_the_consumer_is_told_that_evidence_is_still_taken(regulator: Organisation) -> None:
    number = overdue(regulator)

    [event] = [one for one in regulator.events(number, type_="notified") if one.get("act") == "notify"]
    assert (event["actor"]["kind"], regulator.local(event["at"])) == ("system", DUE)
    assert regulator.told("complainant", number)[:1] == [OVERDUE.format(number)]
    assert regulator.deadline(number, "evidence")["state"] == "missed"


def test_p5_2_nobody_says_so_before(regulator: Organisation) -> None:
    answer = regulator.try_act(regulator.file(), CENTRE, "notify")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("by_clerk", [True, False])
def test_p5_2_what_comes_late_is_taken_and_then_accepted(regulator: Organisation, by_clerk: bool) -> None:
    number = overdue(regulator)
    assert regulator.try_act(number, CENTRE, "accept").status == 409

    if by_clerk:
        over_the_counter(regulator, number)
    else:
        assert send(regulator, number, "record") == 201

    refusal = regulator.try_act(number, CENTRE, "refuse", ground="no_evidence")
    assert (refusal.status, refusal.pointer) == (422, "/fields/ground")
    assert regulator.act(number, CENTRE, "accept")["stage"] == "accepted"


def test_p5_2_evidence_in_time_is_not_asked_for_again(regulator: Organisation) -> None:
    number = evidenced(regulator)

    regulator.world.move_to(DUE)

    assert OVERDUE.format(number) not in regulator.told("complainant", number)


def test_p5_2_a_complaint_without_evidence_is_refused_and_the_complainant_told(regulator: Organisation) -> None:
    number = regulator.file()
    early = regulator.try_act(number, CENTRE, "refuse", ground="no_evidence")
    assert (early.status, early.pointer) == (422, "/fields/ground")

    regulator.world.move_to(DUE)

    assert regulator.act(number, CENTRE, "refuse", ground="no_evidence")["stage"] == "refused"
    assert regulator.told("complainant", number)[:1] == [WITHOUT_EVIDENCE.format(number)]


def test_p5_2_what_is_not_about_communication_services_is_refused(regulator: Organisation) -> None:
    number = evidenced(regulator)
    assert regulator.try_act(number, CENTRE, "refuse").pointer == "/fields/ground"
    assert regulator.try_act(number, "inspector", "refuse", ground="out_of_scope").status == 403

    assert regulator.act(number, CENTRE, "refuse", ground="out_of_scope")["stage"] == "refused"
    assert regulator.told("complainant", number)[:1] == [f"您的投诉 {number} 不予受理，理由：与通信服务无关。"]


def test_p5_2_the_consumer_can_supplement_before_the_acceptance(regulator: Organisation) -> None:
    number = regulator.file()

    regulator.act(number, "complainant", "supplement", statement="合同在家，明日提交。")

    assert regulator.told(CENTRE, number)[:1] == [f"投诉 {number} 已补充材料。"]
    assert regulator.complaint(number)["stage"] == "registered"
    answer = regulator.try_act(number, "complainant", "supplement")
    assert (answer.status, answer.pointer) == (422, "/fields/statement")


def test_p5_2_who_gave_evidence_late_is_not_asked_again(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-07T09:00:00+08:00")
    assert send(regulator, number, "bill") == 201

    answer = regulator.try_act(number, "complaint_centre", "notify")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def clocks(regulator: Organisation, number: str) -> list[tuple[str, int]]:
    deadlines = regulator.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return [(one["clock"], one["run"]) for one in deadlines if one["clock"] == "acceptance"]


def test_p5_2_without_evidence_there_is_no_time_for_the_acceptance(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-18T18:00:00+08:00")

    regulator.act(number, "complainant", "reopen")

    assert clocks(regulator, number) == []


def test_p5_3_evidence_of_the_investigation_asks_for_no_acceptance(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)

    regulator.act(number, "inspector", "receive_evidence", received="账单三份。")

    assert clocks(regulator, number) == [("acceptance", 1)]
    assert regulator.deadline(number, "acceptance")["state"] == "met"


def test_p5_2_at_filing_one_message_asks_for_evidence(regulator: Organisation) -> None:
    number = regulator.file()

    assert regulator.told("complainant", number) == [FILED.format(number)]


def test_p5_2_the_page_shows_each_time_for_evidence_once(regulator: Organisation) -> None:
    page = case_page(regulator, regulator.file())

    assert page.count("提供证据材料；届时尚未提供的，我们会提醒您补交") == 1
    assert "催告提供证据材料" not in page
