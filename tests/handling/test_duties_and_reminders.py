"""Whose duty a deadline is, what complainants read of it, that they are told of a miss, and how they send reminders."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess, advance
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

FRIDAY = "2026-11-27T09:00:00+00:00"
FACTS = {"complainant.name": "A Customer", "complainant.email": "customer@mail.example", "content": "It broke."}
CLOCK: dict[str, Any] = {"from": "registered", "until": "decided", "within": "1 working day"}
POLICY: dict[str, Any] = {
    "stages": {
        "decided": {"notify": {"by": "agent", "tells": {"to": "complainant", "way": []}}},
    },
    "clocks": {
        "answer": {
            **CLOCK,
            "public_name": {"en": "Our answer to you", "zh": "我们的答复"},
            "public_actor": {"en": "Customer service", "zh": "客户服务"},
            "tells_missed": "complainant",
        },
        "dispute_time": {
            "name": {"en": "Dispute"},
            "from": "decided",
            "until": "disputed",
            "within": "1 calendar month",
        },
        "noted_time": {
            "name": {"en": "Noted"},
            "from": "decided",
            "until": "closed",
            "within": "1 day",
            "missed": "record",
        },
    },
    "intake": {"received": {"within": "20 days"}},
    "sample": {"channel": "email", "facts": FACTS},
}


def office(**changes: Any) -> Organisation:
    return sign_up_with(InProcess(FRIDAY), json.dumps(added(added(read(SMALLEST), POLICY), changes)))


@pytest.fixture
def shop() -> Organisation:
    return office()


def deadline(shop: Organisation, number: str, clock: str, who: str) -> dict[str, Any]:
    found = shop.get(f"/complaints/{number}/deadlines", who, number)["deadlines"]
    [one] = [one for one in found if one["clock"] == clock]
    return dict(one)


@pytest.mark.parametrize(
    ("clock", "duty"), [("answer", "office"), ("dispute_time", "complainant"), ("noted_time", "service")]
)
def test_a_deadline_says_whose_duty_it_is(shop: Organisation, clock: str, duty: str) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")

    assert deadline(shop, number, clock, "agent")["duty"] == duty


def test_the_policy_may_state_another_duty() -> None:
    shop = office(clocks={"answer": {"duty": "respondent"}})

    assert deadline(shop, shop.file(), "answer", "agent")["duty"] == "respondent"


def test_an_act_that_only_time_does_leaves_the_duty_to_the_complainant() -> None:
    silence = {"until": ["disputed", "closed"], "missed": {"act": "close"}}
    shop = office(stages={"decided": {"close": {"by": "time"}}}, clocks={"dispute_time": silence})
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")
    found = deadline(shop, number, "dispute_time", "agent")

    assert (found["duty"], found["actor"]["en"]) == ("complainant", "Complainant")


def test_complainants_read_the_public_name_and_actor(shop: Organisation) -> None:
    number = shop.file()
    theirs, ours = (deadline(shop, number, "answer", who) for who in ("complainant", "agent"))

    assert (theirs["label"]["en"], theirs["actor"]["zh"]) == ("Our answer to you", "客户服务")
    assert (ours["label"]["en"], ours["actor"]["en"]) == ("Answer", "Agent")


def test_the_answer_to_a_filing_has_them_too(shop: Organisation) -> None:
    number = shop.file()
    [promised] = shop.filed[number].answer["deadlines"]

    assert promised["label"]["en"] == "Our answer to you"


def test_a_missed_deadline_is_told_once_to_the_complainant(shop: Organisation) -> None:
    number = shop.file()
    advance(shop.world, "20 days")
    told = [one for one in shop.told("complainant", number, "en") if "did not keep" in one]

    assert told == [
        f"We are sorry: we did not keep a deadline of your complaint {number}. What is overdue: Our answer to you. It "
        "was due by Sat 28 Nov 2026 13:00 (London time). The next level of the organisation has been told. You "
        "can send us a reminder with your receipt."
    ]


@pytest.mark.parametrize("changes", [{"duty": "respondent"}, {"missed": "record", "duty": "office"}])
def test_what_follows_is_told_and_no_reminder_is_offered_for_what_another_owes(changes: dict[str, str]) -> None:
    shop = office(clocks={"answer": changes})
    number = shop.file()
    advance(shop.world, "3 days")

    [told] = shop.told("complainant", number, "en")
    assert told == (
        f"A deadline of your complaint {number} has passed. What is overdue: Our answer to you. It was due by "
        "Sat 28 Nov 2026 13:00 (London time). This is on record, and the handling goes on."
    )


def test_pages_show_the_public_name_and_actor_and_offer_the_reminder(shop: Organisation) -> None:
    browser = Browser(shop.world, "en")
    number, _ = filed(browser, shop)
    receipt_page = browser.page.text
    early = browser.submit().text
    advance(shop.world, "24 hours")
    advance(shop.world, "5 hours")
    late = browser.open(f"/t/{shop.id}/case/{number}").text

    for page in (receipt_page, early):
        assert "Our answer to you\nSat 28 Nov 2026 13:00\nTo be done by: Customer service" in page
    assert ("Send a reminder" in early, "Send a reminder" in late) == (False, True)
    asked = browser.follow("Send a reminder").text
    assert "Its handlers are asked to act now." in asked
    browser.submit()
    assert [one["actor"]["kind"] for one in shop.events(number, "agent", "reminded")] == ["complainant"]


def test_a_miss_that_is_recorded_with_the_filing_is_not_told(shop: Organisation) -> None:
    advance(shop.world, "10 days")
    filed = shop.try_file(shop.auth("agent"), received={"at": "2026-11-28T09:00:00Z", "fields": {}})
    assert filed.status == 201, filed.text
    number = filed.json["number"]

    assert [one["fields"]["clock"] for one in shop.events(number, type_="missed")] == ["answer"]
    assert not [
        one for one in shop.events(number, type_="notified") if one["fields"]["wording"].startswith("missed_told")
    ]


def test_an_act_by_time_is_no_miss() -> None:
    by_time = {"act": "decide", "fields": {"solution": {"en": "Settled by time."}}}
    shop = office(clocks={"answer": {"missed": by_time}})
    number = shop.file()
    advance(shop.world, "5 days")

    assert shop.complaint(number)["stage"] == "decided"
    assert not [
        one for one in shop.events(number, type_="notified") if one["fields"]["wording"].startswith("missed_told")
    ]


def test_a_reminder_is_possible_while_a_duty_of_the_office_is_missed(shop: Organisation) -> None:
    number = shop.file()
    early = shop.try_act(number, "complainant", "remind")
    advance(shop.world, "3 days")

    assert (early.status, "remind" in shop.complaint(number)["acts"]) == (409, True)
    shop.act(number, "complainant", "remind")
    assert any("reminder" in one for one in shop.told("manager", number, "en"))


def test_a_missed_duty_of_another_is_no_reason_for_a_reminder() -> None:
    shop = office(clocks={"answer": {"duty": "service"}})
    number = shop.file()
    advance(shop.world, "3 days")

    assert shop.try_act(number, "complainant", "remind").status == 409


def test_one_reminder_is_possible_for_each_working_day(shop: Organisation) -> None:
    number = shop.file()
    advance(shop.world, "1 days")
    advance(shop.world, "5 hours")  # Saturday afternoon: the answer was due at 13:00
    shop.act(number, "complainant", "remind")
    advance(shop.world, "24 hours")  # a Sunday
    again = shop.try_act(number, "complainant", "remind")
    advance(shop.world, "12 hours")  # Monday
    shop.act(number, "complainant", "remind")

    assert (again.status, again.json["detail"]) == (409, "You can send one reminder for each working day.")


@pytest.mark.parametrize("who", ["agent", "manager"])
def test_staff_send_no_reminders(shop: Organisation, who: str) -> None:
    number = shop.file()
    advance(shop.world, "3 days")

    assert shop.try_act(number, who, "remind").status == 403


def test_a_message_for_the_inbox_alone_sends_no_mail(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")
    before = shop.world.mail("customer@mail.example")
    shop.act(number, "agent", "notify")

    assert (shop.world.mail("customer@mail.example"), len(shop.told("complainant", number))) == (before, 2)
