"""P1.6, P9.10: search by words, in Chinese and English, as soon as effects have settled and after each merge."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bureau import bureau_in, filed
from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused
from tests.search.offices import ask, file, found, merge, pending_numbers


@pytest.fixture(params=["pending", "merged"])
def texts(company: Organisation, request: pytest.FixtureRequest) -> list[str]:
    """Three complaints whose texts are pending, or in a segment."""
    contents = ("空调漏水，三天没有人来修。", "The air-conditioner leaks; 客服态度很差", "电梯故障，漏水到一楼")
    numbers = [file(company, text) for text in contents]
    if request.param == "merged":
        merge(company)
        assert pending_numbers(company) == []
    return numbers


@pytest.mark.parametrize(
    ("words", "positions"),
    [
        ("漏水", [2, 0]),
        ("空调漏水", [0]),
        ("空调 漏水", [0]),
        ("漏水 电梯", [2]),
        ("水漏", []),
        ("修三天", []),
        ("AIR-CONDITIONER", [1]),
        ("conditioner 态度", [1]),
        ("condition", [1]),
        ("ａｉｒ", [1]),
        ("air b", []),
        ("态度很差", [1]),
    ],
)
def test_words_are_found(company: Organisation, texts: list[str], words: str, positions: list[int]) -> None:
    assert found(company, "agent", words=words) == [texts[position] for position in positions]


def test_an_answer_tells_which_place_matched_and_no_text(company: Organisation) -> None:
    file(company, "空调漏水")

    answer = ask(company, "agent", words="漏水")

    assert [row["matched"] for row in answer.json["complaints"]] == [["content"]]
    assert (answer.json["cursor"], answer.json["incomplete"]) == (None, False)
    assert "漏水" not in answer.text


def closed(company: Organisation, summary: str) -> str:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary=summary)
    company.world.settle()
    return number


def test_the_summary_of_the_closing_is_found_before_and_after_a_merge(company: Organisation) -> None:
    number = closed(company, "已更换压缩机并回访。")
    before = found(company, "agent", words="压缩机")
    merge(company)

    assert (before, found(company, "agent", words="压缩机")) == ([number], [number])
    [row] = ask(company, "agent", words="压缩机").json["complaints"]
    assert len(row["matched"]) == 1
    assert row["matched"] != ["content"]


def test_the_outcome_that_was_decided_is_found(company: Organisation) -> None:
    number = closed(company, "已回访。")

    assert found(company, "agent", outcome={"outcome": "resolved"}) == [number]
    assert found(company, "agent", outcome={"outcome": "unresolved"}) == []
    assert found(company, "agent", outcome={"outcome": "resolved"}, words="回访") == [number]


@pytest.mark.parametrize("name", ["words", "respondent"])
@pytest.mark.parametrize(
    "text",
    [
        "水",
        "*",
        "%_?",
        '""',
        "a b c",
        "漏水\u0000",
        "漏水\u001b[2J",
        "",
        "水" * 201,
        "水" * 10_000,
        "a1 " * 11,
    ],
)
def test_words_that_cannot_be_searched_for_are_refused_at_their_place(
    company: Organisation, name: str, text: str
) -> None:
    refused(ask(company, "agent", **{name: text}), 422, "invalid", f"/{name}")


def test_more_bigrams_than_a_question_may_have_are_refused(company: Organisation) -> None:
    """One character becomes eighteen."""
    text = " ".join(f"\ufdfa{chr(0x4E00 + n)}{chr(0x5E00 + n)}" * 9 for n in range(7))
    refused(ask(company, "agent", words=text[:200]), 422, "invalid", "/words")


@pytest.mark.parametrize(
    "words",
    [
        "漏水*",
        '"漏水"',
        "漏水 AND",
        "content:漏水",
        "漏水 -电梯",
        "^漏水",
        "(漏水",
        "漏水;DROP TABLE rows",
        "NEAR(漏水",
    ],
)
def test_signs_of_query_languages_have_no_meaning(company: Organisation, words: str) -> None:
    """They separate words, or are words."""
    number = file(company, "漏水 and content 电梯 drop table rows near")
    merge(company)

    assert found(company, "agent", words=words) == [number]


def test_invisible_characters_in_a_word_make_no_difference(company: Organisation) -> None:
    number = file(company, "空调漏\u200b水\ufeff了")
    merge(company)

    assert found(company, "agent", words="漏水了") == [number]
    assert found(company, "agent", words="漏\u200b水") == [number]


def test_the_complainants_address_and_phone_are_not_found_by_words(company: Organisation) -> None:
    named: dict[str, Any] = {"facts": {"complainant.email": "ouyang@home.example", "complainant.phone": "13911112222"}}
    number = file(company, "漏水", **named)
    merge(company)

    assert found(company, "agent", words="ouyang") == []
    assert found(company, "agent", words="13911112222") == []
    assert found(company, "agent", phone="13911112222", words="漏水") == [number]


def test_a_respondent_is_found_by_what_is_said_of_them_and_by_nothing_else() -> None:
    bureau = bureau_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = filed(bureau, reasons="在街角食品店买到变质食品", **{"respondent.name": "长青超市"})
    bureau.world.settle()

    assert found(bureau, "leader", respondent="长青") == [number]
    assert found(bureau, "leader", respondent="街角") == []
    assert found(bureau, "leader", respondent="长青超市", words="变质") == [number]
