"""A demand for evidence says what is wanted and why, until when, and what happens otherwise."""

from __future__ import annotations

import pytest

from tests.clauses.offices import helpdesk as helpdesks
from tests.clauses.offices import regulator as regulators
from tests.clauses.world import InProcess, advance
from tests.handling.pages import cases
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.document import Document

ASKED = {"within": "5 days", "by": "agent", "needs": ["of", "wanted"], "takes": ["kinds"], "tells": "complainant"}
FIELDS = {
    "of": {"en": "Who", "kind": "choice", "choices": {"complainant": {"en": "Customer"}}},
    "wanted": {"en": "What is needed"},
    "kinds": {"en": "Kinds"},
}
KINDS = {"bill": {"en": "Bill"}, "photo": {"en": "Picture"}}


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


def demand_in(page: Document) -> str:
    """The text of the part with the demands."""
    first, last = ("What you are asked for", "How far it is")
    if first not in page.headings:
        first, last = ("要您提供的材料", "办到哪一步了")
    return page.text.partition(f"\n{first}\n")[2].partition(f"\n{last}\n")[0]


def test_it_says_what_is_wanted_and_why(world: InProcess) -> None:
    text = demand_in(page_of(*cases.demanded(world), "zh").page)

    assert "需要您提供的材料\n购买发票的照片。" in text
    assert "用于核实保修期。" in text


def test_nothing_is_asked_for_after_the_decision() -> None:
    shop = shop_with(stages={"registered": {"demand_evidence": ASKED}}, fields=FIELDS)
    number = shop.file()
    shop.act(number, "agent", "demand_evidence", of="complainant", wanted="The bill.")
    shop.act(number, "agent", "decide", solution="Repaired.")

    assert "What you are asked for" not in page_of(shop, number).page.headings


def test_it_leads_to_the_form_of_the_files(world: InProcess) -> None:
    browser = page_of(*cases.demanded(world), "zh")

    assert browser.follow("提供证据材料").headings == ["您要添加哪种材料？"]


def test_it_says_until_when_and_what_happens_otherwise() -> None:
    shop = shop_with(stages={"registered": {"demand_evidence": ASKED}}, fields=FIELDS)
    number = shop.file()
    shop.act(number, "agent", "demand_evidence", of="complainant", wanted="The bill.")

    text = demand_in(page_of(shop, number).page)

    assert "One of these is needed: " in text
    assert "Please provide it by Wed 2 Dec 2026 09:00." in text
    assert "If nothing arrives by then, this goes on record, and the complaint goes on with what there is." in text


def test_the_times_of_the_policy_say_what_happens_otherwise(world: InProcess) -> None:
    text = demand_in(page_of(*cases.new(world), "zh").page)

    assert "如果在 2026年12月4日（周五） 18:00 前没有收到材料，我们会再提醒您一次。" in text
    assert "如果在 2026年12月18日（周五） 18:00 前没有收到材料，投诉将自动进入“不予受理”。" in text


def test_it_is_done_when_its_file_is_sealed(world: InProcess) -> None:
    page = page_of(*cases.evidenced(world), "zh").page

    assert demand_in(page).startswith("材料已收到\n材料已检查并封存，这项要求于 2026年11月27日（周五） 09:00 完成。")
    assert "提供证据材料" not in [words for _, words in page.links]


def test_of_several_kinds_it_says_what_came_and_what_is_still_needed() -> None:
    shop = shop_with(stages={"registered": {"demand_evidence": ASKED}}, fields=FIELDS, intake={"evidence": KINDS})
    number = shop.file()
    shop.act(number, "agent", "demand_evidence", of="complainant", wanted="Both.", kinds=["bill", "photo"])
    assert regulators.send(shop, number, "bill") == 201

    text = demand_in(page_of(shop, number).page)

    assert "All of these are needed: Picture." in text
    assert "Received and sealed: Bill." in text


def test_a_demand_whose_time_is_over_says_so_and_still_takes_files() -> None:
    shop = shop_with(stages={"registered": {"demand_evidence": ASKED}}, fields=FIELDS)
    number = shop.file()
    shop.act(number, "agent", "demand_evidence", of="complainant", wanted="The bill.")
    advance(shop.world, "6 days")

    page = page_of(shop, number).page

    assert "Nothing had arrived by Wed 2 Dec 2026 09:00. This is on record" in demand_in(page)
    assert "Give the evidence that is asked for" in [words for _, words in page.links]


def test_a_demand_to_another_is_not_shown(world: InProcess) -> None:
    headings = page_of(*cases.respondent_asked(world), "zh").page.headings

    of_demands = {"请您提供材料", "材料已收到", "提供材料的时间已过"}
    assert [one for one in headings if one in of_demands] == ["提供材料的时间已过"]  # that of the filing


def test_no_sentence_has_an_empty_list(world: InProcess) -> None:
    helpdesk = helpdesks.helpdesk_in(world)
    number = helpdesks.assigned(helpdesk)
    helpdesk.act(number, "after_sales", "demand_evidence", **helpdesks.DEMAND)

    text = page_of(helpdesk, number).page.text

    assert [one for one in (": .", "之一：。") if one in text] == []


def test_an_open_demand_is_not_followed_by_the_word_that_nothing_is_to_do() -> None:
    shop = shop_with(stages={"registered": {"demand_evidence": ASKED}}, fields=FIELDS)
    number = shop.file()
    shop.act(number, "agent", "demand_evidence", of="complainant", wanted="The bill.")

    text = page_of(shop, number).page.text

    assert "Apart from the evidence that is asked for above, you need to do nothing" in text
    assert "\nYou need to do nothing" not in text


def test_who_has_no_such_evidence_reads_so_and_what_follows_all_the_same(world: InProcess) -> None:
    office, number = cases.new(world)
    office.act(number, "complainant", "lack_evidence")

    text = demand_in(page_of(office, number, "zh").page)

    assert "您说明没有这些材料" in text
    assert "按现有材料继续办理" not in text
    assert "如果在 2026年12月18日（周五） 18:00 前没有收到材料，投诉将自动进入“不予受理”。" in text


def test_the_silence_of_the_respondent_is_none_of_the_complainant(world: InProcess) -> None:
    office = regulators.regulator_in(world)
    number = regulators.found(office)
    office.act(number, "inspector", "demand_evidence", **regulators.NOTICE, **regulators.REACHED)
    advance(world, "10 days")

    text = page_of(office, number, "zh").page.text

    assert "举证期限届满" in text
    assert "是否联系上您" not in text
