"""P1.7: a respondent outside the system is told of the publication by staff, as its time to object runs."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import DECISION, answers_by_link, asked_outside, decided
from tests.clauses.organisation import Organisation
from tests.register.notices import on

TEXT = (
    "投诉 {} 的办理情况拟公示。被投诉方不在系统内，请另行告知其拟公示的内容；"
    "如有异议，应于2026年12月2日（周三）18:00前（北京时间）提出。"
)
CLOSED = {"summary": "已退款。", "summary_for_public": "商家发错货，已退款。"}


def outside(marketplace: Organisation) -> str:
    number = asked_outside(marketplace)
    answers_by_link(marketplace, number)
    marketplace.act(number, "handler", "classify", severity="major")
    marketplace.act(number, "handler", "decide", **DECISION)
    return number


def test_p1_7_the_handler_is_asked_to_tell_a_respondent_outside_the_system(marketplace: Organisation) -> None:
    number = outside(marketplace)

    marketplace.act(number, "handler", "close", told_how="挂号信。", **CLOSED)

    assert marketplace.told_in_full("handler", number)[:1] == [TEXT.format(number)]


def test_p1_7_a_respondent_in_the_system_is_told_itself(marketplace: Organisation) -> None:
    number = decided(marketplace)
    marketplace.act(number, "handler", "close", **CLOSED)

    assert [text for text in marketplace.told("handler", number) if "拟公示" in text] == []


@pytest.mark.parametrize("summary", ["商家已更换。"])
def test_p1_7_the_handler_tells_it_of_another_text_too(marketplace: Organisation, summary: str) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "close", told_how="挂号信。", **CLOSED)

    on(marketplace, number, "director", "edit", texts={"summary_for_public": summary})

    assert len([text for text in marketplace.told("handler", number) if "拟公示" in text]) == 2
