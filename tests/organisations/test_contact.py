"""`contact` of the policy is shown on public pages, printed forms and, without addresses, in mails to complainants."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

CONTACT: dict[str, Any] = {
    "phone": "020 7946 0000",
    "email": "help@shop.example",
    "address": {"en": "1 High Street"},
    "hours": {"en": "Mon-Fri, 9 to 17", "zh": "周一至周五9至17时"},
    "outside": {"en": "The ombudsman", "url": "https://ombudsman.example/complain"},
}
FACTS = {"complainant.name": "A Customer", "complainant.email": "customer@mail.example", "content": "It broke."}
FORM = {"en": "Letter", "sections": [{"en": "Case", "lines": ["content"]}]}


def office(contact: Any = CONTACT) -> Organisation:
    policy = added(read(SMALLEST), {"contact": contact, "forms": {"letter": FORM}})
    policy["intake"]["tells"] = "complainant"
    policy["sample"] = {"channel": "email", "facts": FACTS}
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), json.dumps(policy))


@pytest.fixture
def shop() -> Organisation:
    return office()


def page(shop: Organisation, path: str, language: str = "en") -> str:
    assert isinstance(shop.world, InProcess)
    browser = Browser(shop.world, language)
    browser.open(f"/t/{shop.id}{path}")
    assert browser.answer.status == 200, browser.answer.text
    return browser.answer.text


@pytest.mark.parametrize("path", ["", "/file"])
def test_public_pages_show_it(shop: Organisation, path: str) -> None:
    text = page(shop, path)

    assert "020 7946 0000" in text
    assert "help@shop.example" in text
    assert '<a href="https://ombudsman.example/complain" rel="noreferrer">The ombudsman</a>' in text


def test_pages_show_it_in_the_reader_s_language(shop: Organisation) -> None:
    assert "周一至周五9至17时" in page(shop, "", "zh")


def test_the_receipt_page_and_the_complaint_s_page_show_it(shop: Organisation) -> None:
    browser = Browser(shop.world, "en")
    filed(browser, shop)
    receipt = browser.page.text
    complaint = browser.submit().text

    assert ["1 High Street" in one for one in (receipt, complaint)] == [True, True]


def test_pages_of_a_policy_without_it_show_nothing() -> None:
    assert "How to reach us" not in page(office(None), "")


def test_mails_to_complainants_have_it_without_addresses(shop: Organisation) -> None:
    shop.file()
    mail = shop.world.mail("customer@mail.example")

    assert "020 7946 0000" in mail
    assert "The ombudsman" in mail
    assert "ombudsman.example" not in mail
    assert "help@shop.example" not in mail


def test_mails_to_members_have_none(shop: Organisation) -> None:
    assert "020 7946 0000" not in shop.world.mail(shop.emails["owner"])


@pytest.mark.parametrize("path", ["/forms/letter", "/case-file"])
def test_printed_forms_end_with_it(shop: Organisation, path: str) -> None:
    number = shop.file()
    answer = shop.world.call("GET", f"{shop.path}/complaints/{number}{path}", auth=shop.auth("owner"))

    assert "020 7946 0000" in answer.text
    assert "https://ombudsman.example/complain" in answer.text
