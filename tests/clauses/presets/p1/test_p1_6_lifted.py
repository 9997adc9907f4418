"""P1.6 (+) `platform`: what a re-examination imposes or lifts is told by name; the lifting is an event of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.instants import MINUTE, to_text
from tests.clauses.offices.marketplace import (
    ASKED_FOR,
    DECISION,
    REVERSED,
    asked_elsewhere_again,
    changed,
    decided,
    examined_again,
    kept,
    now_upheld,
)
from tests.clauses.organisation import Organisation, hire

NAMED = {"warning": "警告", "penalty": "处罚", "warning_and_penalty": "警告和处罚"}

BOTH = "现对您给予警告并处罚，代替原处理。"
STAGES = {
    "outcome_kept": ("复核维持原结论", "Outcome kept on re-examination"),
    "now_upheld": ("复核认定投诉成立", "Upheld on re-examination"),
    "now_not_upheld": ("复核认定投诉不成立", "Not upheld on re-examination"),
}
"""The names of the stages to which a re-examination leads."""


def overturned(marketplace: Organisation, sanctions: str) -> str:
    number = examined_again(marketplace, sanctions=sanctions)
    marketplace.act(number, "second", "decide", **REVERSED)
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))
    return number


@pytest.mark.parametrize("who", ["complainant", "seller"])
@pytest.mark.parametrize("sanctions", NAMED)
def test_p1_6_the_parties_are_told_by_name_what_is_lifted(marketplace: Organisation, sanctions: str, who: str) -> None:
    number = overturned(marketplace, sanctions)

    text = f"现告知您：投诉 {number} 经复核不成立，原处理决定作出的{NAMED[sanctions]}予以解除。"
    assert marketplace.told(who, number)[0] == text


def test_p1_6_time_lifts_it_at_once_and_once(marketplace: Organisation) -> None:
    number = overturned(marketplace, "penalty")
    marketplace.world.move_to(to_text(marketplace.world.now() + 60 * MINUTE))

    [lifted] = marketplace.events(number, type_="lifted")

    assert (lifted["actor"]["kind"], lifted["id"]) == ("system", f"{number}/lifting/1/act")


def test_p1_6_where_nothing_was_imposed_no_party_is_told_of_a_lifting(marketplace: Organisation) -> None:
    number = overturned(marketplace, "no_measure")

    assert marketplace.told("seller", number)[0] == f"针对您的投诉 {number} 的复核已完成：复核认定投诉不成立。"


@pytest.mark.parametrize("result", [kept, now_upheld])
def test_p1_6_a_result_that_upholds_lifts_nothing(
    marketplace: Organisation, result: Callable[[Organisation], str]
) -> None:
    number = result(marketplace)
    marketplace.world.move_to(to_text(marketplace.world.now() + 60 * MINUTE))

    assert marketplace.events(number, type_="lifted") == []


def test_p1_6_a_first_decision_that_does_not_uphold_lifts_nothing(marketplace: Organisation) -> None:
    number = decided(marketplace, outcome="not_upheld")
    marketplace.world.move_to(to_text(marketplace.world.now() + 60 * MINUTE))

    assert marketplace.events(number, type_="lifted") == []


def test_p1_6_an_overturned_result_is_closed_after_the_lifting(marketplace: Organisation) -> None:
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)
    assert marketplace.try_act(number, "second", "close", summary="改判。").status == 409

    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    assert marketplace.act(number, "second", "close", summary="改判。")["stage"] == "closed"


def test_p1_6_a_second_overturning_lifts_anew(marketplace: Organisation) -> None:
    number = changed(marketplace)
    for who, made in (("third", DECISION), ("fourth", REVERSED)):
        marketplace.act(number, "second" if who == "third" else "third", "close", summary="归档。")
        marketplace.act(number, "archivist", "archive")
        hire(marketplace, "handler", name=who)
        marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs[who])
        marketplace.act(number, who, "inspect", findings="属实。")
        marketplace.act(number, who, "demand_evidence", **ASKED_FOR)
        marketplace.world.move_to(to_text(marketplace.world.now() + 7 * 24 * 60 * MINUTE))
        marketplace.act(number, who, "decide", **made)
    assert "close" not in marketplace.complaint(number, "fourth")["acts"]

    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    assert len(marketplace.events(number, type_="lifted")) == 2
    assert "close" in marketplace.complaint(number, "fourth")["acts"]


def test_p1_6_a_respondent_outside_the_system_is_told_in_another_way_before_the_closing(
    marketplace: Organisation,
) -> None:
    number = asked_elsewhere_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    assert marketplace.events(number, type_="lifted")
    assert marketplace.try_act(number, "second", "close", summary="改判。").pointer == "/fields/told_how"


@pytest.mark.parametrize("who", ["second", "director"])
def test_p1_6_no_person_lifts_it_by_hand(marketplace: Organisation, who: str) -> None:
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)

    assert marketplace.try_act(number, who, "lift").status == 403


@pytest.mark.parametrize(
    ("examined", "made", "stage", "sanction"),
    [
        (DECISION, {**DECISION, "sanctions": "warning"}, "outcome_kept", "现对您给予警告，代替原处理。"),
        (DECISION, {**DECISION, "sanctions": "penalty"}, "outcome_kept", "现对您给予处罚，代替原处理。"),
        (
            DECISION,
            {**DECISION, "sanctions": "warning_and_penalty"},
            "outcome_kept",
            "现对您给予警告并处罚，代替原处理。",
        ),
        (REVERSED, {**DECISION, "sanctions": "no_measure"}, "now_upheld", "对您不另行处理。"),
        (DECISION, REVERSED, "now_not_upheld", ""),
    ],
    ids=["warning", "penalty", "both", "no measure", "not upheld"],
)
def test_p1_6_the_result_is_told_to_the_parties_by_name_and_to_who_ordered_it(
    marketplace: Organisation, examined: dict[str, str], made: dict[str, str], stage: str, sanction: str
) -> None:
    number = examined_again(marketplace, **examined)
    marketplace.act(number, "second", "decide", **made)

    told = f"投诉 {number} 的复核已完成：{STAGES[stage][0]}。"
    assert marketplace.told("complainant", number)[0] == f"您的{told}"
    assert marketplace.told("seller", number)[0] == f"针对您的{told}{sanction}"
    assert marketplace.told("director", number)[0] == told
    english = marketplace.told("complainant", number, "en")[0]
    assert english == f"The re-examination of your complaint {number} is complete: {STAGES[stage][1]}."
