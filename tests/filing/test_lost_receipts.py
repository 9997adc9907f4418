"""A lost receipt: a new one goes to the address of the complaint, and a request tells nothing about complaints."""

from __future__ import annotations

import re

import pytest

from chalicelib.features.filing.lost_receipt import A_DAY
from chalicelib.limits.wrong_receipts import PER_ADDRESS
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.handling.reaching.shop import MAIL, bounce
from tests.kernel.web.pages.browser import Browser

RECEIPT = re.compile("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def company(world: InProcess) -> Organisation:
    return sign_up(world, "corporate-standard")


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file(facts={"complainant.email": MAIL})


def asked(company: Organisation, number: str, email: str, language: str = "zh") -> Browser:
    assert isinstance(company.world, InProcess)
    browser = Browser(company.world, language)
    browser.open(f"/t/{company.id}/lost-receipt")
    browser.submit(number=number, email=email)
    return browser


def mailed(company: Organisation) -> list[str]:
    """The receipts in the mails to the complainant, the latest last."""
    assert isinstance(company.world, InProcess)
    return [found for mail in company.world.fakes.mailer.to(MAIL) for found in RECEIPT.findall(mail.text)]


def opens(company: Organisation, number: str, receipt: str) -> bool:
    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=f"Receipt {receipt}")
    return answer.status == 200


def test_the_new_receipt_comes_by_mail_and_the_old_one_ends(company: Organisation, number: str) -> None:
    asked(company, number, f" {MAIL.upper()} ")

    (receipt,) = mailed(company)
    assert [opens(company, number, one) for one in (receipt, company.filed[number].receipt)] == [True, False]


@pytest.mark.parametrize(
    ("number_of", "email"), [("another", MAIL), ("this", "another@mail.example"), ("unknown", MAIL)]
)
def test_the_answer_is_the_same_and_no_receipt_changes(
    company: Organisation, number: str, number_of: str, email: str
) -> None:
    numbers = {"this": number, "another": company.file(), "unknown": "202611-009999"}
    right = asked(company, number, MAIL).answer
    receipt = mailed(company)[-1]

    wrong = asked(company, numbers[number_of], email)

    assert (wrong.answer.status, wrong.answer.text) == (right.status, right.text)
    assert mailed(company) == [receipt]
    assert opens(company, number, receipt)
    assert opens(company, numbers["another"], company.filed[numbers["another"]].receipt)


def test_only_the_mail_has_the_receipt(company: Organisation, number: str) -> None:
    browser = asked(company, number, MAIL)

    (company.filed[number].receipt,) = mailed(company)
    seen = [
        browser.answer.text,
        str(company.events(number)),
        str(company.get(f"/messages?complaint={number}", "complainant", number)),
    ]
    assert [text for text in seen if company.filed[number].receipt in text] == []
    assert "应您的申请，我们已为您的投诉" in seen[2]


def test_a_complaint_gets_three_receipts_by_mail_in_a_day(company: Organisation, number: str, world: InProcess) -> None:
    for _ in range(A_DAY + 2):
        asked(company, number, MAIL)
    assert len(mailed(company)) == A_DAY

    advance(world, "25 hours")
    asked(company, number, MAIL)
    assert len(mailed(company)) == A_DAY + 1


def test_an_address_that_gets_no_mail_keeps_its_receipt(company: Organisation, number: str) -> None:
    bounce(company)

    asked(company, number, MAIL)

    assert mailed(company) == []
    assert opens(company, number, company.filed[number].receipt)


def test_requests_of_an_address_are_counted(company: Organisation, number: str) -> None:
    answers = [asked(company, "202611-009999", MAIL).answer.status for _ in range(PER_ADDRESS + 1)]

    assert answers == [*[200] * PER_ADDRESS, 429]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": "", "email": MAIL}, "请输入投诉编号"),
        ({"number": "1" * 65, "email": MAIL}, "投诉编号不是这样的"),
        ({"number": "202611-000001", "email": "customer"}, "请输入完整的电子邮箱"),
    ],
)
def test_a_slip_is_named_and_what_was_typed_is_kept(
    company: Organisation, world: InProcess, given: dict[str, str], said: str
) -> None:
    browser = Browser(world)
    browser.open(f"/t/{company.id}/lost-receipt")

    page = browser.submit(**given)

    assert browser.answer.status == 422
    assert said in page.text
    assert {name: value for name, value in page.forms[0].values() if name != "form"} == given


def test_the_page_that_asks_for_the_receipt_leads_there(company: Organisation, world: InProcess) -> None:
    browser = Browser(world)
    browser.open(f"/t/{company.id}/case")

    assert browser.follow("回执遗失了？").headings[0] == "补发回执"
