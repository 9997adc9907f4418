"""P2.5: message, mail and page contain the offer."""

from __future__ import annotations

from tests.clauses.offices.garage import offered
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser

APOLOGY, REWORK = "道歉：诚挚道歉", "返修：马上根据客户的时间安排返修，并承担相关的费用"
OFFER = "周六上午返修。"


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

    _, _, below = page.text.partition(f"您的投诉 {number} 已有处理方案，请您答复。\n")
    assert below.split("\n")[:3] == [f"处理意见 {OFFER}", *(one.replace("：", " ") for one in (APOLOGY, REWORK))]
