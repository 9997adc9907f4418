"""Filing a complaint on pages without JavaScript."""

from __future__ import annotations

import json

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import THINKS, filed, send, to_check


@pytest.fixture
def asking(world: InProcess) -> Organisation:
    """P4 without a channel of the pages, which then ask for one."""
    document = presets.document("government-service-centre")
    del document["intake"]["web"]
    return sign_up_with(world, json.dumps(document))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", presets.names())
def test_a_complaint_of_each_procedure_is_filed_through_pages(world: InProcess, preset: str, language: str) -> None:
    organisation = sign_up(world, preset)
    number, receipt = filed(Browser(world, language), organisation)
    view = world.call("GET", f"{organisation.path}/complaints/{number}", auth=f"Receipt {receipt}")
    assert view.status == 200, view.text


def test_the_answers_reach_the_complaint(hall: Organisation, browser: Browser) -> None:
    number, receipt = filed(browser, hall, fact__content="窗口无人。\n等了三小时。", fact__occurred_at="2026-11-26")
    view = hall.world.call("GET", f"{hall.path}/complaints/{number}", auth=f"Receipt {receipt}").json
    assert view["facts"]["content"] == "窗口无人。\n等了三小时。"
    assert view["facts"]["occurred_at"] == "2026-11-26"


def test_a_page_without_an_answer_says_which_one_is_missing(asking: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{asking.id}/file")
    page = browser.submit()
    assert browser.answer.status == 422
    assert page.title.startswith("错误：")
    assert ("#channel", "请选择“投诉渠道”") in page.links
    assert "channel" in page.ids


def test_only_the_faults_of_the_page_are_named(asking: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{asking.id}/file")
    page = browser.submit()
    assert [href for href, _ in page.links if href.startswith("#") and href != "#main"] == ["#channel"]


def test_a_wrong_value_is_kept_and_named(asking: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{asking.id}/file")
    browser.submit(channel="oral")
    browser.submit(**{"category__class": "service_quality"})
    page = browser.submit(fact__content="窗口无人。", fact__occurred_at="2027-01-01")
    assert browser.answer.status == 422
    assert any(href == "#fact.occurred_at" for href, _ in page.links)
    kept = {one.name: one.value for one in page.forms[0].controls}
    assert kept["fact.content"] == "窗口无人。"
    assert kept["fact.occurred_at"] == "2027-01-01"


def test_back_keeps_the_answers(asking: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{asking.id}/file")
    browser.submit(channel="written")
    page = browser.submit(button="back", **{"category__class": "staff_misconduct"})
    assert [one.value for one in page.forms[0].controls if one.checked] == ["written"]
    page = browser.submit()
    assert [one.value for one in page.forms[0].controls if one.checked] == ["staff_misconduct"]


def test_the_language_is_changed_without_losing_answers(asking: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{asking.id}/file")
    browser.submit(channel="written")
    page = browser.submit(button="en", **{"category__class": "staff_misconduct"})
    assert page.language == "en"
    assert [one.value for one in page.forms[0].controls if one.checked] == ["staff_misconduct"]
    assert browser.submit().language == "en"


def test_an_answer_is_changed_from_the_last_page(hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall)
    page = browser.submit(button="to:category")
    assert page.headings[0] == "您要投诉的是什么？"


def test_a_form_that_is_sent_twice_files_once(world: InProcess, hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall)
    form = browser.answer
    first = send(browser, world).headings
    number = browser.page.text
    browser.answer = form
    send(browser, world)
    assert browser.answer.status == 200
    assert (browser.page.headings, browser.page.text) == (first, number)


def test_a_form_that_is_changed_after_it_was_filed_leads_to_the_receipt(
    world: InProcess, hall: Organisation, browser: Browser
) -> None:
    to_check(browser, hall)
    browser.submit(button="to:content-1")
    form = browser.answer
    browser.submit()
    browser.submit()
    receipt = send(browser, world).text
    browser.answer = form

    page = browser.submit(fact__content="另一件事。")

    assert page.text == receipt
    assert number_of_complaints(hall) == 1


def test_a_step_of_what_was_filed_says_so(world: InProcess, hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall)
    check = browser.path
    receipt = send(browser, world).text

    page = browser.open(check)

    assert (browser.answer.status, page.headings) == (409, ["这份投诉已经提交"])
    assert browser.follow("查看编号和回执").text == receipt


def test_a_form_that_comes_back_at_once_is_not_filed(hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall)
    page = browser.submit(button="send")
    assert browser.answer.status == 422
    assert "提交得太快" in page.text
    assert number_of_complaints(hall) == 0


def test_a_form_with_the_hidden_input_filled_in_is_not_filed(
    world: InProcess, hall: Organisation, browser: Browser
) -> None:
    to_check(browser, hall)
    world.fakes.real_clock.now += THINKS
    browser.submit(button="send", website="https://x.example")
    assert browser.answer.status == 422
    assert number_of_complaints(hall) == 0


def test_a_form_with_a_forged_time_is_not_filed(world: InProcess, hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall)
    [(name, (value, path))] = browser.cookies.items()
    secret, _, started = value.partition(".")
    made, key, _ = started.split(".")
    browser.cookies[name] = f"{secret}.{int(made) - 1000}.{key}.{'0' * 64}", path
    world.fakes.real_clock.now += THINKS

    browser.submit(button="send")

    assert browser.answer.status == 422
    assert number_of_complaints(hall) == 0


def test_the_receipt_is_in_no_address(world: InProcess, hall: Organisation, browser: Browser) -> None:
    _, receipt = filed(browser, hall)
    browser.submit()
    assert receipt not in "\n".join(browser.visited)


def test_the_code_holds_the_address_with_the_receipt_behind_the_fragment_sign(
    hall: Organisation, browser: Browser
) -> None:
    filed(browser, hall)
    images = [given["src"] for tag, given in browser.page.tags if tag == "img"]
    assert len(images) == 1
    assert images[0].startswith("data:image/svg+xml")


def test_promised_times_have_their_reasons(hall: Organisation, browser: Browser) -> None:
    filed(browser, hall)
    assert "接下来的期限" in browser.page.headings
    assert "为什么是这个时间？" in browser.page.text


def number_of_complaints(organisation: Organisation) -> int:
    return len(organisation.get("/complaints", "owner")["complaints"])


@pytest.mark.parametrize(
    ("preset", "named"),
    [
        ("corporate-standard", ["投诉事项", "您的要求", "消费卡"]),
        ("food-drug-administration", ["产品类别", "所在环节"]),
    ],
)
def test_several_categories_are_one_page_and_each_has_its_name(
    world: InProcess, browser: Browser, preset: str, named: list[str]
) -> None:
    office = sign_up(world, preset)

    page = browser.open(f"/t/{office.id}/file")

    assert page.headings == ["您要投诉的是什么？"]
    assert [text for text in named if text not in page.text] == []


@pytest.mark.parametrize(
    ("preset", "named"),
    [
        ("government-service-centre", "投诉类别"),
        ("platform", "投诉事项"),
        ("property-management", "紧急程度"),
    ],
)
def test_a_category_is_checked_under_its_name(world: InProcess, browser: Browser, preset: str, named: str) -> None:
    page = to_check(browser, sign_up(world, preset))

    assert named in page.text


@pytest.mark.parametrize("preset", ["customer-service", "auto-repair-forms"])
def test_a_category_that_only_staff_choose_is_not_asked(world: InProcess, browser: Browser, preset: str) -> None:
    page = browser.open(f"/t/{sign_up(world, preset).id}/file")

    assert "您要投诉的是什么？" not in page.text


@pytest.mark.parametrize(
    ("preset", "language", "typed", "shown"),
    [
        ("corporate-standard", "zh", {"fact__reply_wanted_at": "2026-12-25T10:00"}, "2026年12月25日（周五）10:00"),
        ("corporate-standard", "en", {"fact__reply_wanted_at": "2026-12-25T10:00"}, "Fri 25 Dec 2026 10:00"),
        ("food-drug-administration", "zh", {"fact__knew_at": "2026-11-25"}, "2026年11月25日"),
        ("food-drug-administration", "en", {"fact__knew_at": "2026-11-25"}, "25 Nov 2026"),
    ],
)
def test_times_are_checked_as_the_language_writes_them(
    world: InProcess, preset: str, language: str, typed: dict[str, str], shown: str
) -> None:
    page = to_check(Browser(world, language), sign_up(world, preset), **typed)

    assert shown in page.text
