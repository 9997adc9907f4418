"""P1.3 `platform`: the screener names the responsible party, who decides within three working days."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import accepted, decided, demanded
from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.client import Answer

DUE = "2026-12-02T18:00:00+08:00"


def pointer(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.pointer


def test_p1_3_the_screener_is_told_of_a_filing(marketplace: Organisation) -> None:
    number = marketplace.file()

    assert marketplace.told("screener", number) == [
        f"投诉 {number} 已登记，请于 2026年11月28日（周六）09:00 前完成初步审核。"
    ]


def test_p1_3_the_screening_is_warned_about_four_hours_before(marketplace: Organisation) -> None:
    number = marketplace.file()

    marketplace.world.move_to("2026-11-28T05:00:00+08:00")

    [event] = marketplace.events(number, type_="warned")
    assert (event["fields"]["clock"], marketplace.local(event["at"])) == ("screening", "2026-11-28T05:00:00+08:00")


def test_p1_3_acceptance_names_the_responsible_party(marketplace: Organisation) -> None:
    assert pointer(marketplace.try_act(marketplace.file(), "screener", "accept")) == (422, "/fields/responsible")


def test_p1_3_only_a_member_can_be_responsible(marketplace: Organisation) -> None:
    answer = marketplace.try_act(marketplace.file(), "screener", "accept", responsible="x")

    assert pointer(answer) == (422, "/fields/responsible")


def test_p1_3_one_person_is_responsible(marketplace: Organisation) -> None:
    hire(marketplace, "handler", name="second")
    both = [marketplace.subs["handler"], marketplace.subs["second"]]

    answer = marketplace.try_act(marketplace.file(), "screener", "accept", responsible=both)

    assert pointer(answer) == (422, "/fields/responsible")


@pytest.mark.parametrize("who", ["screener", "archivist", "director"])
def test_p1_3_only_a_handler_can_be_responsible(marketplace: Organisation, who: str) -> None:
    answer = marketplace.try_act(marketplace.file(), "screener", "accept", responsible=marketplace.subs[who])

    assert pointer(answer) == (422, "/fields/responsible")


def test_p1_3_the_complaint_is_handled_by_the_named_person_only(marketplace: Organisation) -> None:
    hire(marketplace, "handler", name="second")
    number = accepted(marketplace, "second")

    assert marketplace.try_act(number, "handler", "inspect", findings="属实。").status == 403
    assert marketplace.told("handler", number) == []
    assert marketplace.act(number, "second", "inspect", findings="属实。")["stage"] == "investigating"


def test_p1_3_the_complainant_is_told_of_the_acceptance(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    assert marketplace.told("complainant", number)[:1] == [
        f"您的投诉 {number} 已受理，我们将于 2026年12月2日（周三）18:00 前作出处理决定，并将处理结果告知您。"
    ]


@pytest.mark.parametrize("who", ["screener", "director"])
def test_p1_3_the_office_gives_the_case_to_another_handler(marketplace: Organisation, who: str) -> None:
    hire(marketplace, "handler", name="second")
    number = accepted(marketplace)
    assert marketplace.try_act(number, "handler", "assign", responsible=marketplace.subs["second"]).status == 403

    marketplace.act(number, who, "assign", responsible=marketplace.subs["second"])

    assert marketplace.complaint(number, "screener")["assigned"] == {"handler": [marketplace.subs["second"]]}
    assert marketplace.told("second", number)[:1] == [f"投诉 {number} 已指派，请承办。"]


def test_p1_3_handling_is_due_three_working_days_after_acceptance(marketplace: Organisation) -> None:
    assert marketplace.local(marketplace.deadline(accepted(marketplace), "handling")["due"]) == DUE


def test_p1_3_a_decision_in_time_meets_the_deadline(marketplace: Organisation) -> None:
    assert marketplace.deadline(decided(marketplace), "handling")["state"] == "met"


def test_p1_3_after_a_silent_respondent_there_is_time_for_a_decision(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    until = marketplace.events(number, type_="evidence_demanded")[-1]["fields"]["until"]

    assert until < marketplace.deadline(number, "handling")["due"]


def test_p1_3_handling_is_warned_about_a_working_day_before(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    marketplace.world.move_to("2026-12-01T09:00:00+08:00")

    [event] = marketplace.events(number, type_="warned")
    assert (event["fields"]["clock"], marketplace.local(event["at"])) == ("handling", "2026-12-01T09:00:00+08:00")


def test_p1_3_late_handling_is_escalated_to_the_director(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    marketplace.world.move_to(DUE)

    [event] = marketplace.events(number, type_="escalated")
    assert (marketplace.local(event["at"]), event["fields"]["roles"]) == (DUE, ["director"])
    assert marketplace.told("director", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]


def test_p1_3_the_director_is_told_again_until_it_is_decided(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    marketplace.world.move_to("2026-12-14T18:00:00+08:00")

    missed = [marketplace.local(event["at"]) for event in marketplace.events(number, type_="missed")]
    assert missed == [DUE, "2026-12-07T18:00:00+08:00", "2026-12-14T18:00:00+08:00"]
    assert marketplace.told("director", number) == [
        *[f"投诉 {number} 已逾期，逐级升级后仍未完成，请尽快处理。"] * 2,
        f"投诉 {number} 已逾期，现升级至本层级，请处理。",
    ]
