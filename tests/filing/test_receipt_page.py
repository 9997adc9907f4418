"""The page after a filing: number and receipt to copy, print, send and delete."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.filing.test_drafts import stored
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import filed


def to_receipt(browser: Browser, organisation: Organisation, **changed: str) -> Document:
    filed(browser, organisation, **changed)
    return browser.page


def mails(world: InProcess, address: str) -> list[str]:
    return [mail.text for mail in world.fakes.mailer.to(address) if "回执：" in mail.text]


def test_the_receipt_is_mailed_to_the_address_of_the_filing(
    hall: Organisation, browser: Browser, world: InProcess
) -> None:
    address = "receipt@mail.example"
    to_receipt(browser, hall, fact__complainant__email=address)
    number, receipt = (dict(browser.page.forms[0].values())[name] for name in ("number", "receipt"))

    page = browser.submit(form=1, button="mail")

    [text] = mails(world, address)
    assert "回执已发到您的邮箱。" in page.text
    assert f"回执：{receipt}" in text
    assert text.rstrip().endswith(f"/t/{hall.id}/case/{number}")


def test_a_mail_that_cannot_be_sent_is_said(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_receipt(browser, hall, fact__complainant__email="receipt@mail.example")
    world.fakes.mailer.down = True

    assert "现在无法发送邮件" in browser.submit(form=1, button="mail").text


def test_without_an_address_no_mail_is_offered(hall: Organisation, browser: Browser) -> None:
    page = to_receipt(browser, hall, fact__complainant__email="")

    assert "把回执发到" not in page.text


def test_the_receipt_s_page_has_what_a_printed_copy_needs(hall: Organisation, browser: Browser) -> None:
    page = to_receipt(browser, hall)

    assert [text for text in (f"/t/{hall.id}/case/", "收到", "投诉内容", "接下来的期限") if text not in page.text] == []


def test_the_receipt_s_page_is_deleted_from_the_device(hall: Organisation, browser: Browser, world: InProcess) -> None:
    to_receipt(browser, hall)

    browser.submit(form=len(browser.page.forms) - 1, button="forget")

    assert (stored(world), browser.cookies) == ([], {})
