"""P8.5 `customer-service`: a demand says what is wanted, why, and until when; files that are sealed answer it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.helpdesk import DEMAND, assigned
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser

UNTIL = "2026-11-30T18:00:00+08:00"


@pytest.fixture
def number(helpdesk: Organisation) -> str:
    number = assigned(helpdesk, facts={"complainant.email": "customer@example.com"})
    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND, until=UNTIL)
    return number


def demand(helpdesk: Organisation, number: str) -> str:
    [event] = helpdesk.events(number, type_="evidence_demanded")
    return str(event["id"])


@pytest.mark.parametrize("field", ["wanted", "why"])
def test_p8_5_a_demand_without_what_is_wanted_or_why_is_refused(helpdesk: Organisation, field: str) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "demand_evidence", **{**DEMAND, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p8_5_the_customer_reads_in_the_demand_what_is_wanted_and_why(helpdesk: Organisation, number: str) -> None:
    seq = demand(helpdesk, number).rpartition("/")[2]

    found = helpdesk.get(f"/complaints/{number}/demands/{seq}", "complainant", number)

    assert [(one["name"]["zh"], one["text"]) for one in found["said"]] == [
        ("需要您提供的材料", DEMAND["wanted"]),
        ("需要该材料的原因", DEMAND["why"]),
    ]
    assert helpdesk.get(f"/complaints/{number}/demands/{seq}", "after_sales")["said"] == []


def test_p8_5_the_page_of_the_demand_says_what_is_wanted_and_why(helpdesk: Organisation, number: str) -> None:
    seq = demand(helpdesk, number).rpartition("/")[2]
    link = helpdesk.get(f"/complaints/{number}/demands/{seq}/link", "after_sales")
    browser = Browser(helpdesk.world)

    browser.open(urlsplit(link["page"]).path)
    text = browser.submit(receipt=link["receipt"]).text

    assert all(one in text for one in ("需要您提供的材料", DEMAND["wanted"], "需要该材料的原因", DEMAND["why"]))
    assert "需要下列材料之一 文件 照片 录音 视频" in " ".join(text.split())


def test_p8_5_the_mail_says_what_is_wanted_why_and_until_when(helpdesk: Organisation, number: str) -> None:
    mail = helpdesk.world.mail("customer@example.com")

    assert all(one in mail for one in (DEMAND["wanted"], DEMAND["why"], "2026年11月30日（周一）18:00"))


def test_p8_5_a_demand_without_a_time_gets_three_working_days(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND)

    [event] = helpdesk.events(number, type_="evidence_demanded")
    assert helpdesk.local(event["fields"]["until"]) == "2026-12-02T18:00:00+08:00"


def test_p8_5_the_responsible_person_is_told_when_the_time_is_over(helpdesk: Organisation, number: str) -> None:
    helpdesk.world.move_to(UNTIL)

    assert [event["fields"]["of"] for event in helpdesk.events(number, type_="demand_lapsed")] == ["complainant"]
    assert "证据" in helpdesk.told("after_sales", number)[0]


def test_p8_5_a_file_that_comes_late_is_taken_and_told_to_the_responsible_person(
    helpdesk: Organisation, number: str
) -> None:
    helpdesk.world.move_to(UNTIL)

    given(helpdesk, number, "document")

    assert len(helpdesk.events(number, type_="evidence_sealed")) == 1
    assert helpdesk.told("after_sales", number)[0] == f"投诉 {number} 已收到投诉人提交的证据材料。"


def test_p8_5_a_sealed_file_answers_the_demand(helpdesk: Organisation, number: str) -> None:
    before = helpdesk.events(number, type_="evidence_received")

    given(helpdesk, number, "document")

    [received] = helpdesk.events(number, type_="evidence_received")
    assert (before, received["fields"]["demand"]) == ([], demand(helpdesk, number))


def test_p8_5_no_demand_lists_nothing(helpdesk: Organisation, number: str) -> None:
    [event] = helpdesk.events(number, type_="evidence_demanded")

    assert event["fields"]["kinds"] == ["document", "photo", "recording", "video"]


def test_p8_5_a_customer_without_mail_is_told_of_the_demand_by_telephone(helpdesk: Organisation) -> None:
    helpdesk.mails = False
    number = assigned(helpdesk)

    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND)

    assert [task["task"] for task in helpdesk.complaint(number, "agent")["tasks"]] == ["telephone"]
    helpdesk.act(number, "agent", "attempt", by="phone", reached="yes")
    assert helpdesk.complaint(number, "agent")["tasks"] == []
