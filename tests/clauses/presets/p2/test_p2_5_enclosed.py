"""P2.5: message, mail and page contain the offer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import OURS, executed, offered
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.case_page import case_page

APOLOGY, REWORK = "道歉：诚挚道歉", "返修：马上根据客户的时间安排返修，并承担相关的费用"
OFFER = "周六上午返修。"
DONE = "您的投诉 {} 已按您接受的处理意见办理完毕，"
SETTLED = DONE + "感谢您的谅解。如您对结果有异议，请您告知我们，我们将重新提出处理意见。"
UNSETTLED = DONE + "您对结果不满意，我们已如实记录。请您告知我们异议所在，我们将重新提出处理意见。"


def test_p2_5_the_mail_contains_the_offer_with_each_remedy(garage: Organisation) -> None:
    garage.always = {"facts": {"complainant.email": "customer@example.org"}}
    offered(garage)

    mail = garage.world.mail("customer@example.org")

    assert [part for part in (OFFER, APOLOGY, REWORK) if part not in mail] == []


def test_p2_5_the_message_contains_the_offer_with_each_remedy(garage: Organisation) -> None:
    number = offered(garage)

    garage.world.settle()
    found = garage.get(f"/messages?complaint={number}", "complainant", number)["messages"][0]

    enclosed = {one["label"]["zh"]: one["text"]["zh"] for one in found["enclosed"]}
    assert enclosed == {
        "处理意见": OFFER,
        "道歉": "诚挚道歉",
        "返修": "马上根据客户的时间安排返修，并承担相关的费用",
    }


def test_p2_5_members_do_not_get_what_is_enclosed_to_the_customer(garage: Organisation) -> None:
    offered(garage)

    garage.world.settle()

    found = garage.get("/messages", "customer_service")["messages"]
    assert [one["enclosed"] for one in found] == [[] for _ in found]


def test_p2_5_the_page_contains_the_offer_with_each_remedy(garage: Organisation) -> None:
    number = offered(garage)
    garage.world.settle()
    browser = Browser(garage.world, "zh")
    browser.open(f"/t/{garage.id}/case")

    page = browser.submit(number=number, receipt=garage.filed[number].receipt)

    _, _, below = page.text.partition(f"我们已就您的投诉 {number} 提出处理意见，请您答复是否接受。\n")
    assert below.split("\n")[:3] == [f"处理意见 {OFFER}", *(one.replace("：", " ") for one in (APOLOGY, REWORK))]


@pytest.mark.parametrize("page", ["/acts/agree", "/acts/dispute"])
def test_p2_5_the_pages_on_which_the_customer_answers_contain_the_offer_with_each_remedy(
    garage: Organisation, page: str
) -> None:
    number = offered(garage)

    text = case_page(garage, number, page)

    assert [
        part for part in (OFFER, "诚挚道歉", "马上根据客户的时间安排返修，并承担相关的费用") if part not in text
    ] == []


def test_p2_5_another_offer_takes_the_place_of_the_first_one_on_the_page(garage: Organisation) -> None:
    number = offered(garage)
    garage.act(number, "complainant", "dispute", reason="周六没有时间。")
    garage.act(number, "service_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", **OURS, offer="周日上午返修。")

    text = case_page(garage, number, "/acts/agree")

    assert ("周日上午返修。" in text, OFFER in text) == (True, False)


@pytest.mark.parametrize(("outcome", "told"), [("settled", SETTLED), ("unsettled", UNSETTLED)])
def test_p2_5_the_result_on_record_is_told_by_message_and_mail_with_the_way_to_contradict(
    garage: Organisation, outcome: str, told: str
) -> None:
    garage.always = {"facts": {"complainant.email": "customer@example.org"}}
    number = executed(garage)

    garage.act(number, "customer_service", "decide", outcome=outcome)

    assert garage.told("complainant", number)[0] == told.format(number)
    assert told.format(number) in garage.world.mail("customer@example.org").replace("\n", "")
    assert "/acts/dispute" in case_page(garage, number, html=True)
