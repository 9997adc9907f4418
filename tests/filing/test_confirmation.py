"""The page after a filing tells everything that follows, and what it tells is what the page of the complaint tells."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from chalicelib.policy import presets
from chalicelib.web.pages import assets
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import filed

CONTACT = {
    "phone": "010-00000000",
    "hours": {"zh": "工作日 9:00 至 17:00", "en": "On working days, 9 to 17"},
    "outside": {"name": {"zh": "市消费者协会", "en": "The consumer council"}, "url": "https://council.example"},
}


def confirmation(world: InProcess, preset: str, language: str = "zh", **changed: str) -> Document:
    browser = Browser(world, language)
    filed(browser, sign_up(world, preset), **changed)
    return browser.page


def deadlines(page: Document) -> list[str]:
    """Names and due times, with their reasons."""
    begin = max(page.texts.index(title) for title in ("接下来的期限", "What is due, and when") if title in page.texts)
    return [text for text in page.texts[begin:] if "到期时间：" in text]


@pytest.mark.parametrize("preset", presets.names())
def test_the_confirmation_and_the_page_of_the_complaint_have_the_same_deadlines(world: InProcess, preset: str) -> None:
    browser = Browser(world)
    filed(browser, sign_up(world, preset))
    confirmed = browser.page

    case = browser.submit()

    assert deadlines(confirmed) != []
    assert sorted(deadlines(confirmed)) == sorted(text for text in case.texts if "到期时间：" in text)


def test_who_acts_next_until_when_is_the_earliest_deadline_of_the_office(world: InProcess) -> None:
    page = confirmation(world, "customer-service")

    assert "下一步：对您的首次回应。由客服部门负责，最迟 2026年11月28日（周六） 09:00 完成。" in page.text


def test_a_complaint_that_waits_for_evidence_waits_for_the_complainant(world: InProcess) -> None:
    assert "下一步等您提供材料。收到后我们接着办理。" in confirmation(world, "telecom-regulator").text


def test_a_demand_says_its_kinds_its_time_and_what_happens_without_it(world: InProcess) -> None:
    page = confirmation(world, "platform")

    assert "请您提供证据材料。需要下列材料之一：截图、交易记录、其他证据材料。" in page.text
    assert "请在 2026年11月28日（周六） 09:00 之前提供。" in page.text
    assert "到期没有提供的，将记录在案，投诉按现有材料继续办理。" in page.text


def test_what_silence_leads_to_is_what_the_policy_does_then(world: InProcess) -> None:
    page = confirmation(world, "telecom-regulator")

    assert "请在 2026年12月4日（周五） 18:00 前完成：提供证据材料；届时尚未提供的，我们会提醒您补交。" in page.text
    assert "到 2026年12月18日（周五） 18:00 还没有收到的，投诉将自动进入“不予受理”。" in page.text


def test_an_answer_that_is_needed_later_is_announced_with_its_time(world: InProcess) -> None:
    page = confirmation(world, "corporate-standard")

    assert "从通知您起，您有14个自然日。到期没有答复的，将自动办理“结案”。" in page.text


def test_a_complainant_who_owes_nothing_is_told_so(world: InProcess) -> None:
    assert "现在您不需要做什么。" in confirmation(world, "government-service-centre").text


@pytest.mark.parametrize(
    ("preset", "given", "said"),
    [
        ("government-service-centre", {}, "我们发邮件到 a@example.com"),
        ("government-service-centre", {"fact__complainant__email": ""}, "工作人员会打电话联系您"),
        (
            "platform",
            {"fact__complainant__email": "", "fact__complainant__contact": ""},
            "通知只显示在本投诉的页面",
        ),
    ],
)
def test_how_news_reach_the_complainant(world: InProcess, preset: str, given: dict[str, str], said: str) -> None:
    assert said in confirmation(world, preset, **given).text


def test_a_late_office_that_tells_so_says_it_at_once(world: InProcess) -> None:
    assert "逾期时我们也会告诉您。" in confirmation(world, "government-service-centre").text


def test_who_can_be_asked_is_the_contact_of_the_policy(world: InProcess) -> None:
    policy: dict[str, Any] = {**presets.document("government-service-centre"), "contact": CONTACT}
    browser = Browser(world)
    number, receipt = filed(browser, sign_up_with(world, json.dumps(policy)))
    page = browser.page

    assert f"咨询时请报投诉编号 {number}" in page.text
    assert "010-00000000" in page.text[page.text.index("有问题找谁") :]
    assert ("https://council.example", "市消费者协会") in page.links
    assert receipt not in page.text[page.text.index("有问题找谁") :]


def test_an_organisation_without_contact_says_so(world: InProcess) -> None:
    policy = {key: part for key, part in presets.document("government-service-centre").items() if key != "contact"}
    browser = Browser(world)
    filed(browser, sign_up_with(world, json.dumps(policy)))

    assert "没有在这里公布电话和地址" in browser.page.text


def test_after_another_receipt_was_issued_the_page_says_that_this_one_is_void(
    world: InProcess, hall: Organisation, browser: Browser
) -> None:
    number, receipt = filed(browser, hall)
    path = f"{hall.path}/complaints/{number}/receipt"
    answer = world.call("POST", path, {}, auth=f"Receipt {receipt}")
    assert answer.status in (200, 201), answer.text

    page = browser.open(browser.path)

    assert "这份回执已经换发，不再有效。" in page.text


def test_the_confirmation_is_up_to_date_when_it_is_opened_again(world: InProcess, browser: Browser) -> None:
    helpdesk = sign_up(world, "customer-service")
    number, _ = filed(browser, helpdesk)
    helpdesk.act(number, "agent", "reply", text="我们马上核实。")

    page = browser.open(browser.path)

    assert "下一步：向您提出解决方案。由客服部门负责，最迟 2026年12月4日（周五） 18:00 完成。" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", presets.names())
def test_the_confirmation_with_its_style_is_at_most_14_kilobytes(world: InProcess, preset: str, language: str) -> None:
    organisation, browser = sign_up(world, preset), Browser(world, language)
    filed(browser, organisation)

    style = world.client.request("GET", assets.path("pages.css")).text

    assert len(gzip.compress((browser.answer.text + style).encode())) <= 14_000


def test_a_time_after_which_we_only_remind_is_announced_as_a_reminder(world: InProcess) -> None:
    page = confirmation(world, "auto-repair-forms")

    assert "从通知您起，您有90个自然日。到期没有答复的，我们再提醒您一次。" in page.text
