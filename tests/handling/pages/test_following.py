"""Following a complaint on its pages."""

from __future__ import annotations

import re

import pytest

from chalicelib.kit.instants import DAY, to_text
from chalicelib.limits.wrong_receipts import PER_ADDRESS
from chalicelib.web.pages.session import LASTS
from tests.across.leaks import planted
from tests.clauses.offices import garage as garages
from tests.clauses.offices import hall as halls
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import FORM, Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import filed

ANOTHER = "AEM5-DJEE-SRM4-H6BD"


def entered_in(page: Document) -> dict[str, str]:
    """What the first form of the page holds of what was entered, by input."""
    return {name: value for name, value in page.forms[0].values() if name != "form"}


def entered(browser: Browser, organisation: Organisation) -> str:
    """The number of a complaint whose page is open."""
    number, _ = filed(browser, organisation)
    browser.submit()
    assert browser.page.headings[0] == f"投诉 {number}"
    return number


def test_a_date_of_an_explanation_stays_on_one_line(hall: Organisation, browser: Browser) -> None:
    entered(browser, hall)
    explained = browser.answer.text.partition("到期时间")[2]
    assert re.match(r'：<span class="whole">2026年\d+月\d+日（周.）</span>', explained)


def test_chinese_sentences_have_no_space_between_them(world: InProcess, browser: Browser) -> None:
    entered(browser, sign_up(world, "platform"))
    assert "之一：截图、交易记录、其他证据材料。请在" in browser.answer.text


def test_a_party_has_its_name_in_the_timeline(world: InProcess, browser: Browser) -> None:
    entered(browser, sign_up(world, "platform"))
    assert '<dt>证据提供方</dt><dd class="text">投诉人</dd>' in browser.answer.text


def test_number_and_receipt_open_the_complaint(hall: Organisation, world: InProcess, browser: Browser) -> None:
    number, receipt = filed(browser, hall)
    other = Browser(world)
    other.open(f"/t/{hall.id}/case")
    page = other.submit(number=number, receipt=receipt)
    assert page.headings[0] == f"投诉 {number}"
    assert other.path == f"/t/{hall.id}/case/{number}"


@pytest.mark.parametrize("wrong", [{"number": "202611-000099"}, {"receipt": ANOTHER}], ids=["number", "receipt"])
def test_a_wrong_number_and_a_wrong_receipt_look_alike(
    hall: Organisation, world: InProcess, browser: Browser, wrong: dict[str, str]
) -> None:
    number, receipt = filed(browser, hall)
    given = {"number": number, "receipt": receipt, **wrong}
    other = Browser(world)
    other.open(f"/t/{hall.id}/case")
    page = other.submit(**given)
    assert other.answer.status == 422
    assert "没有这个编号的投诉，或者回执不是它的回执" in page.text
    assert entered_in(page) == given


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请输入回执"),
        ("K7QF-2M9X", "回执应有 16 个字母和数字"),
        ("K7QF-2M9X-04TC-HB6？", "回执只有字母和数字"),
        (ANOTHER[:-1] + "0", "回执中有输错的字母或数字"),
    ],
)
def test_a_slip_is_said_and_is_no_wrong_receipt(
    hall: Organisation, world: InProcess, browser: Browser, typed: str, said: str
) -> None:
    number, _ = filed(browser, hall)
    other = Browser(world)
    for _ in range(PER_ADDRESS + 1):
        other.open(f"/t/{hall.id}/case")
        page = other.submit(number=number, receipt=typed)

    assert other.answer.status == 422
    assert said in page.text
    assert entered_in(page)["receipt"] == typed


def test_a_receipt_is_taken_as_people_type_it(hall: Organisation, world: InProcess, browser: Browser) -> None:
    number, receipt = filed(browser, hall)
    other = Browser(world)
    other.open(f"/t/{hall.id}/case")

    page = other.submit(number=number, receipt=f" {receipt.lower().replace('-', ' ').replace('0', 'o')} ")

    assert page.headings[0] == f"投诉 {number}"


def test_wrong_receipts_are_counted(hall: Organisation, world: InProcess, browser: Browser) -> None:
    number, _ = filed(browser, hall)
    other = Browser(world)
    for _ in range(12):
        other.open(f"/t/{hall.id}/case")
        other.submit(number=number, receipt="k1.wrongwrongwrong")
    assert other.answer.status == 429


def test_empty_inputs_are_named(hall: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{hall.id}/case")
    page = browser.submit()
    assert [href for href, _ in page.links if href in ("#number", "#receipt")] == ["#number", "#receipt"]


def test_without_a_session_the_page_asks_for_the_receipt(
    hall: Organisation, world: InProcess, browser: Browser
) -> None:
    number, _ = filed(browser, hall)
    page = Browser(world).open(f"/t/{hall.id}/case/{number}")
    assert page.headings == ["查询投诉"]
    assert {one.name: one.value for one in page.forms[0].controls}["number"] == number


def test_a_session_ends_after_an_hour(hall: Organisation, world: InProcess, browser: Browser) -> None:
    number = entered(browser, hall)
    world.fakes.real_clock.now += LASTS
    page = browser.open(f"/t/{hall.id}/case/{number}")
    assert page.headings == ["查询投诉"]
    assert "页面已超时" in page.text


def reissued(office: Organisation, number: str, receipt: str) -> str:
    """The new receipt. The former one, which the session has, is none any more."""
    path = f"{office.path}/complaints/{number}/receipt"
    new = str(office.world.call("POST", path, auth=f"Receipt {receipt}").json["receipt"])
    planted.plant_secret("receipt", new)
    return new


def test_a_new_receipt_ends_the_session_and_opens_the_complaint(hall: Organisation, browser: Browser) -> None:
    number, receipt = filed(browser, hall)
    browser.submit()
    new = reissued(hall, number, receipt)
    page = browser.open(f"/t/{hall.id}/case/{number}")
    assert page.headings == ["查询投诉"]
    assert "页面已超时" in page.text
    assert browser.submit(receipt=new).headings[0] == f"投诉 {number}"


def test_a_new_receipt_ends_the_session_of_a_module(hall: Organisation, browser: Browser) -> None:
    """A file that is being sent is kept on the device then, and sending goes on with the new receipt."""
    number, receipt = filed(browser, hall)
    browser.submit()
    reissued(hall, number, receipt)
    assert browser.ask(f"/t/{hall.id}/case/{number}/uploads").status == 401


def test_leaving_ends_the_session(hall: Organisation, browser: Browser) -> None:
    number = entered(browser, hall)
    browser.submit()
    assert browser.open(f"/t/{hall.id}/case/{number}").headings == ["查询投诉"]


def test_a_changed_cookie_opens_nothing(hall: Organisation, browser: Browser) -> None:
    number = entered(browser, hall)
    key, (value, path) = browser.session
    changed = "A" if value[-1] != "A" else "B"
    browser.cookies[key] = value[:-1] + changed, path
    assert browser.open(f"/t/{hall.id}/case/{number}").headings == ["查询投诉"]


def test_the_cookie_of_one_complaint_opens_no_other(hall: Organisation, browser: Browser) -> None:
    entered(browser, hall)
    key, (value, _) = browser.session
    second, _ = filed(browser, hall)
    browser.cookies = {key: (value, f"/t/{hall.id}/case/{second}")}
    assert browser.open(f"/t/{hall.id}/case/{second}").headings == ["查询投诉"]


def test_the_cookie_is_for_the_complaint_only_and_out_of_reach_of_scripts(hall: Organisation, browser: Browser) -> None:
    number, receipt = filed(browser, hall)
    page = browser.page.forms[0]
    sent = f"number={number}&receipt={receipt}".encode()
    answer = browser.world.client.request("POST", page.action, sent, headers={"Content-Type": FORM})
    parts = [part.strip() for part in answer.headers["Set-Cookie"].split(";")]
    assert parts[1:] == [f"Path=/t/{hall.id}/case/{number}", "Max-Age=3600", "HttpOnly", "SameSite=Lax", "Secure"]


def test_what_staff_decide_is_on_the_page(hall: Organisation, world: InProcess) -> None:
    office = halls.hall_in(world)
    browser = Browser(world)
    number, _ = filed(browser, office)
    browser.submit()
    office.act(number, "reception", "accept", conditions={"in_class": True})
    page = browser.open(f"/t/{office.id}/case/{number}")
    assert "您的投诉 " + number + " 已受理，本中心将于" in page.text


@pytest.mark.parametrize("ends", ["in time", "by a new receipt"])
def test_what_was_typed_is_kept_when_the_session_ends(world: InProcess, ends: str) -> None:
    office = sign_up(world, "telecom-regulator")
    browser = Browser(world)
    number, receipt = filed(browser, office)
    browser.submit()
    browser.open(f"/t/{office.id}/case/{number}/acts/supplement")
    if ends == "in time":
        world.fakes.real_clock.now += LASTS
    else:
        receipt = reissued(office, number, receipt)
    page = browser.submit(fact__statement="补充：当天有录像。")
    assert page.headings == ["查询投诉"]
    assert "您填写的内容没有丢失" in page.text
    browser.submit(receipt="k1.wrongwrongwrong")
    page = browser.submit(receipt=receipt)
    assert {one.name: one.value for one in page.forms[0].controls}["fact.statement"] == "补充：当天有录像。"
    assert "已提交" in browser.submit().text


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("zh", "目前不能执行该操作。须符合：未发生：执行。"),
        ("en", "This act is not possible now. It needs: not done: carried out."),
    ],
)
def test_an_act_that_is_not_possible_any_more_says_which_condition_fails(
    world: InProcess, language: str, why: str
) -> None:
    garage = sign_up(world, "auto-repair")
    number = garages.offered(garage, "ours")
    garage.act(number, "complainant", "agree", rework_at=to_text(world.now() + DAY))
    browser = Browser(world, language)
    browser.open(f"/t/{garage.id}/case")
    browser.submit(number=number, receipt=garage.filed[number].receipt)
    browser.open(f"/t/{garage.id}/case/{number}/acts/dispute")
    garage.act(number, "technical_manager", "execute", **garages.CARRIED_OUT["ours"])

    page = browser.submit(fact__reason="仍有异响。")

    assert browser.answer.status == 409
    assert why in page.text
    [link] = {one for one, _ in page.links if one.partition("?")[0].endswith(f"/case/{number}")}
    assert browser.open(link).headings[0].endswith(number)
