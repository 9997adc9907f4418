"""What can be answered stands beside its answers, with what each means and what silence means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices import company as companies
from tests.clauses.offices import estate as estates
from tests.clauses.offices import garage as garages
from tests.clauses.offices import helpdesk as helpdesks
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, World, advance
from tests.handling.pages import cases
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document

NINE = "2026-11-27T09:00:00+08:00"
RATING = {
    "stages": {
        "decided": {"rate": {"by": "complainant", "needs": "rating"}},
        "closed": {"rate": {"by": "complainant", "needs": "rating"}},
    },
    "fields": {"rating": {"en": "Rating", "kind": "choice", "choices": {"good": {"en": "Good"}, "bad": {"en": "Bad"}}}},
}


@pytest.fixture
def world() -> InProcess:
    return InProcess(NINE)


def shown(case: cases.Case, language: str = "zh") -> Browser:
    return page_of(*case, language)


def result_of(page: Document) -> str:
    """The text of the part with the offer or result and its answers."""
    title = next(one for one in page.headings if one in ("请您答复", "处理结果", "Your answer is needed", "The result"))
    _, _, below = page.text.partition(f"\n{title}\n")
    following = next(one for one in ("办到哪一步了", "How far it is") if one in page.headings)
    return f"{title}\n{below.partition(following)[0]}"


def test_an_offer_stands_with_its_amount_its_remedies_and_its_answers(world: InProcess) -> None:
    text = result_of(shown(cases.offered(world)).page)

    parts = ("请您答复", "提出解决方案", "退款", "128.5", "如下。", "接受解决方案", "不接受解决方案")
    assert [one for one in parts if one not in text] == []


def test_each_silence_of_the_policy_is_said_with_its_time(world: InProcess) -> None:
    text = result_of(shown(cases.offered(world)).page)

    assert "如果您在 2026年12月4日（周五） 24:00 前没有答复，我们会再提醒您一次。" in text
    assert "如果您在 2026年12月11日（周五） 24:00 前没有答复，投诉将自动进入“已结案”。" in text


def test_silence_is_said_in_english_too(world: InProcess) -> None:
    text = result_of(shown(cases.offered(world), "en").page)

    assert "If you do not answer by Fri 11 Dec 2026 24:00, the complaint moves to ‘Closed’ automatically." in text


def test_each_answer_says_to_which_stage_it_leads(world: InProcess) -> None:
    text = result_of(shown(cases.offered(world)).page)

    assert "您接受解决方案。提交后，您的投诉进入“已接受方案，待执行”。" in text
    assert "您不接受解决方案。提交后，您的投诉进入“已核实”。" in text


def test_an_answer_says_who_is_told_and_what_is_owed_then(world: InProcess) -> None:
    garage = garages.garage_in(world)
    text = result_of(page_of(garage, garages.offered(garage), "en").page)

    assert "These people are told: Customer service, Service manager, Technical manager, General manager." in text
    assert "Within 2 working days after that: Our offer to you (" in text


@pytest.mark.parametrize("act", ["agree", "dispute"])
def test_the_form_of_an_answer_shows_the_same(world: InProcess, act: str) -> None:
    browser = shown(cases.offered(world))

    text = browser.open(f"{browser.path}/acts/{act}").text

    parts = ("128.5", "如下。", "投诉将自动进入“已结案”", "提交后，您的投诉进入")
    assert [one for one in parts if one not in text] == []


def test_the_newest_offer_takes_the_place_of_one_that_was_disputed(world: InProcess) -> None:
    helpdesk = helpdesks.helpdesk_in(world)
    number = helpdesks.offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute", counter="全额退款。")
    between = page_of(helpdesk, number).page.headings
    helpdesk.act(number, "after_sales", "offer", remedies=["refund"], offer="全额退款。", amount=257)

    text = result_of(page_of(helpdesk, number, "zh").page)

    assert "Your answer is needed" not in between
    assert ("257" in text, "128.5" in text) == (True, False)


def test_a_decision_to_be_rated_waits_for_the_rating(world: InProcess) -> None:
    text = result_of(shown(cases.decided(world)).page)

    assert text.startswith("请您答复")
    assert [one for one in ("增设窗口。", "评价处理结果", "进入“已评价”") if one not in text] == []


def test_after_the_rating_it_is_a_result_that_can_be_rated_anew(world: InProcess) -> None:
    text = result_of(shown(cases.rated_and_closed(world)).page)

    assert text.startswith("处理结果")
    assert [one for one in ("增设窗口。", "您可以", "评价处理结果") if one not in text] == []


def test_reopening_says_what_it_means(world: InProcess) -> None:
    text = result_of(shown(cases.closed_unanswered(world)).page)

    assert text.startswith("处理结果")
    means = "投诉已经结束，您对结果有异议或者还要答复的，可以要求重新处理。提交后，您的投诉进入“已提出处理意见”。"
    assert [one for one in ("周六上午返修。", "要求重新处理", means) if one not in text] == []


def test_a_result_that_was_contradicted_is_no_result_any_more(world: InProcess) -> None:
    headings = shown(cases.contradicted(world)).page.headings

    assert {"请您答复", "处理结果"}.isdisjoint(headings)


def test_what_can_be_contradicted_does_not_wait_for_an_answer() -> None:
    shop = shop_with()
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")

    text = result_of(page_of(shop, number).page)

    assert text.startswith("The result")
    assert "Do not accept the outcome\nYou do not accept the outcome. The complaint then moves to ‘Registered’." in text


def test_silence_that_is_only_recorded_is_said_too() -> None:
    dispute_time = {"from": "decided", "until": "disputed", "within": "10 days", "name": {"en": "Dispute"}}
    shop = shop_with(clocks={"dispute_time": dispute_time})
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")

    text = result_of(page_of(shop, number).page)

    assert "Please answer by Mon 7 Dec 2026 09:00. If you do not, this goes on record." in text


def test_the_answers_are_not_listed_a_second_time(world: InProcess) -> None:
    links = [words for _, words in shown(cases.offered(world)).page.links]

    assert (links.count("接受解决方案"), links.count("不接受解决方案")) == (1, 1)


def test_a_rating_in_any_stage_stands_beside_the_result() -> None:
    shop = shop_with(**RATING)
    number = shop.file()
    shop.act(number, "agent", "decide", solution="Repaired.")
    shop.act(number, "agent", "close")
    advance(shop.world, "1 day")

    text = result_of(page_of(shop, number).page)

    assert [one for one in ("Repaired.", "Rate the result") if one not in text] == []


def silences(page: Document) -> list[str]:
    return [text for text in page.texts if text.startswith("如果您在")]


OFFICES = [(estates.estate_in, estates.replied), (companies.company_in, companies.decided)]


@pytest.mark.parametrize(("office_in", "answered"), OFFICES)
def test_what_silence_leads_to_is_said_once_for_each_time(
    world: InProcess, office_in: Callable[[World], Organisation], answered: Callable[[Organisation], str]
) -> None:
    office = office_in(world)
    found = silences(page_of(office, answered(office), "zh").page)

    times = [text.partition(" 前")[0] for text in found]
    assert len(times) == len(set(times)) > 0
    assert len([text for text in found if "再提醒您一次" in text]) == 1, "the office's reminder is none of theirs"


def test_an_agreed_time_is_no_time_for_an_answer(world: InProcess) -> None:
    garage = garages.garage_in(world)

    assert silences(page_of(garage, garages.agreed(garage), "zh").page) == []
