"""A lost receipt of a report: a new one goes to the address that its reporter gave, and a request tells nothing."""

from __future__ import annotations

import re

import pytest

from chalicelib.features.supervision.changes import MAX_OF_REPORTER
from chalicelib.features.supervision.pages import replace_receipt
from chalicelib.features.supervision.pages.replace_receipt import A_DAY
from chalicelib.limits.wrong_receipts import PER_ADDRESS
from tests.across.leaks import planted
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import Reported, add, look, report, reported_on_page, seen

MAIL = "reporter@mail.example"
CONTACT = f"电话 00000000000，邮箱 {MAIL}"
RECEIPT = re.compile("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


def asked(office: Organisation, report_id: str, email: str = MAIL) -> Browser:
    assert isinstance(office.world, InProcess)
    browser = Browser(office.world)
    browser.open(f"/t/{office.id}/report/{report_id}/lost-receipt")
    browser.submit(email=email)
    return browser


def mailed(office: Organisation) -> list[str]:
    """The receipts in the mails to the reporter, the latest last."""
    assert isinstance(office.world, InProcess)
    found = [one for mail in office.world.fakes.mailer.to(MAIL) for one in RECEIPT.findall(mail.text)]
    for receipt in found:
        planted.plant_secret("receipt", receipt)
    return found


def opens(office: Organisation, report_id: str, receipt: str) -> bool:
    return look(office, Reported(report_id, receipt), "reporter").status == 200


@pytest.mark.parametrize("to", ["supervisors", "operators"])
def test_the_new_receipt_comes_by_mail_and_the_old_one_ends(office: Organisation, to: str) -> None:
    one = report(office, to=to, contact=CONTACT)

    asked(office, one.id, MAIL.upper())

    (receipt,) = mailed(office)
    assert [opens(office, one.id, each) for each in (receipt, one.receipt)] == [True, False]


def test_the_mail_leads_to_the_report(office: Organisation, world: InProcess) -> None:
    one = report(office, contact=MAIL)

    asked(office, one.id)

    [mail] = world.fakes.mailer.to(MAIL)
    assert mail.subject == "您的举报：补发的回执"
    assert f"/t/{office.id}/report/{one.id}\n" in mail.text


@pytest.mark.parametrize("kind", ["another address", "without a contact", "with a telephone", "unknown"])
def test_the_answer_is_the_same_and_no_receipt_changes(office: Organisation, kind: str) -> None:
    first = report(office, contact=MAIL)
    right = asked(office, first.id).answer
    contacts = {"another address": {"contact": "a@mail.example"}, "with a telephone": {"contact": "00000000000"}}
    one = report(office, **contacts.get(kind, {}))
    wrong_id = "0" * 32 if kind == "unknown" else one.id

    wrong = asked(office, wrong_id).answer

    assert (wrong.status, wrong.text.replace(wrong_id, first.id)) == (right.status, right.text)
    assert len(mailed(office)) == 1
    assert opens(office, one.id, one.receipt)


def test_the_reporter_reads_that_the_receipt_was_replaced(office: Organisation) -> None:
    one = report(office, contact=MAIL)
    asked(office, one.id)

    found = seen(office, Reported(one.id, mailed(office)[-1]), "reporter")

    assert [(each["type"], each["by"]) for each in found["events"][1:]] == [("receipt_mailed", "service")]


def test_a_report_gets_three_receipts_by_mail_in_a_day(office: Organisation, world: InProcess) -> None:
    one = report(office, contact=MAIL)
    for _ in range(A_DAY + 2):
        asked(office, one.id)
    assert len(mailed(office)) == A_DAY

    advance(world, "25 hours")
    asked(office, one.id)
    assert len(mailed(office)) == A_DAY + 1


def test_receipts_by_mail_have_an_end_and_take_no_message_from_the_reporter(
    office: Organisation, world: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replace_receipt, "MOST", 4)
    one = report(office, contact=MAIL)
    for _ in range(6):
        asked(office, one.id)
        advance(world, "9 hours")
    receipts = mailed(office)
    assert len(receipts) == 4

    last = Reported(one.id, receipts[-1])
    assert [add(office, last, f"{at}").status for at in range(MAX_OF_REPORTER)] == [200] * MAX_OF_REPORTER


def test_a_session_of_the_old_receipt_asks_for_the_new_one_and_keeps_a_message(
    office: Organisation, browser: Browser
) -> None:
    reported_on_page(browser, office, contact=MAIL)
    browser.submit()
    path = browser.path
    asked(office, path.rpartition("/")[2])

    page = browser.submit(text="补充说明。")
    assert "请重新输入回执" in page.text
    after = browser.submit(receipt=mailed(office)[-1])
    assert "补充说明。" in after.text

    assert "等待处理" in browser.open(path).text


def test_requests_of_an_address_are_counted(office: Organisation) -> None:
    answers = [asked(office, "0" * 32).answer.status for _ in range(PER_ADDRESS + 1)]

    assert answers == [*[200] * PER_ADDRESS, 429]


def test_a_slip_is_named_and_what_was_typed_is_kept(office: Organisation) -> None:
    browser = asked(office, "0" * 32, "reporter")

    assert browser.answer.status == 422
    assert "请输入完整的电子邮箱" in browser.page.text
    assert ("email", "reporter") in browser.page.forms[0].values()


@pytest.mark.parametrize(("contact", "said"), [(CONTACT, f"新的回执发到 {MAIL}"), ("00000000000", "无法补发")])
def test_the_confirmation_says_whether_a_lost_receipt_can_be_replaced(
    office: Organisation, browser: Browser, contact: str, said: str
) -> None:
    assert said in reported_on_page(browser, office, contact=contact).text


def test_the_page_that_asks_for_the_receipt_leads_there(office: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{office.id}/report/{report(office, contact=MAIL).id}")

    assert browser.follow("回执遗失了？").headings[0] == "补发回执"
