"""P1.6 `platform`: a re-examination keeps or changes the outcome, in stages of its own, up to the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.instants import MINUTE, to_text
from tests.clauses import printed_page
from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    DECISION,
    FOUND,
    REVERSED,
    UNREACHABLE,
    answered,
    answers,
    asked_elsewhere_again,
    changed,
    deputised,
    examined_again,
    kept,
    now_upheld,
    reopened,
    reopened_elsewhere,
)
from tests.clauses.organisation import Organisation, hire

AGAIN = {"reason": "新证据"}
OUTCOMES: dict[str, dict[str, Any]] = {"upheld": DECISION, "not_upheld": REVERSED}
LABELS = {
    "re_examining": {"zh": "复核中", "en": "Under re-examination"},
    "re_inquiring": {
        "zh": "复核中（另行联系被投诉方）",
        "en": "Under re-examination (respondent asked in another way)",
    },
    "re_hearing_outside": {
        "zh": "复核中（已另行告知被投诉方，等待其提出异议）",
        "en": "Under re-examination, the respondent may object (told in another way)",
    },
    "outcome_kept": {"zh": "复核维持原结论", "en": "Outcome kept on re-examination"},
    "now_upheld": {"zh": "复核认定投诉成立", "en": "Upheld on re-examination"},
    "now_not_upheld": {"zh": "复核认定投诉不成立", "en": "Not upheld on re-examination"},
}
RESULTS = [
    ("upheld", "upheld", "outcome_kept"),
    ("upheld", "not_upheld", "now_not_upheld"),
    ("not_upheld", "upheld", "now_upheld"),
    ("not_upheld", "not_upheld", "outcome_kept"),
]
"""The outcome that stood, that of the re-examination, and the stage to which this leads."""


def put_away(marketplace: Organisation, number: str, who: str) -> None:
    """A minute later, when time has lifted what was overturned."""
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))
    marketplace.act(number, who, "close", summary="归档。")
    marketplace.act(number, "archivist", "archive")


def again(marketplace: Organisation, number: str, who: str, outcome: str) -> str:
    """The stage after another re-examination, by a person who is hired for it."""
    hire(marketplace, "handler", name=who)
    marketplace.act(number, "director", "reopen", **AGAIN, responsible=marketplace.subs[who])
    marketplace.act(number, who, "inspect", **FOUND)
    marketplace.act(number, who, "demand_evidence", **ASKED_FOR)
    answers(marketplace, number)
    stage: str = marketplace.act(number, who, "decide", **OUTCOMES[outcome])["stage"]
    return stage


def decided_first(marketplace: Organisation, outcome: str) -> str:
    """Archived."""
    number = answered(marketplace)
    marketplace.act(number, "handler", "decide", **OUTCOMES[outcome])
    put_away(marketplace, number, "handler")
    return number


@pytest.mark.parametrize(("first", "second", "stage"), RESULTS)
def test_p1_6_a_re_examination_keeps_or_changes_the_outcome(
    marketplace: Organisation, first: str, second: str, stage: str
) -> None:
    number = decided_first(marketplace, first)

    assert again(marketplace, number, "second", second) == stage


@pytest.mark.parametrize(("first", "second", "stage"), RESULTS)
def test_p1_6_it_is_so_about_a_respondent_outside_the_system(
    marketplace: Organisation, first: str, second: str, stage: str
) -> None:
    number = asked_elsewhere_again(marketplace, **OUTCOMES[first])

    assert marketplace.act(number, "second", "decide", **OUTCOMES[second])["stage"] == stage


@pytest.mark.parametrize(("first", "second", "stage"), RESULTS)
def test_p1_6_a_respondent_outside_the_system_is_told_of_the_result_once(
    marketplace: Organisation, first: str, second: str, stage: str
) -> None:
    number = asked_elsewhere_again(marketplace, **OUTCOMES[first])
    marketplace.act(number, "second", "decide", **OUTCOMES[second])
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    assert marketplace.act(number, "second", "notify", told_how="挂号信。")["stage"] == stage

    assert marketplace.try_act(number, "second", "close", summary="复核完毕。").status == 200


@pytest.mark.parametrize(("first", "second"), [("upheld", "not_upheld"), ("not_upheld", "upheld")])
@pytest.mark.parametrize("returns", [True, False])
def test_p1_6_a_further_re_examination_is_compared_with_the_one_before(
    marketplace: Organisation, first: str, second: str, returns: bool
) -> None:
    number = decided_first(marketplace, first)
    again(marketplace, number, "second", second)
    put_away(marketplace, number, "second")

    stage = again(marketplace, number, "third", first if returns else second)

    assert stage == (f"now_{first}" if returns else "outcome_kept")


def test_p1_6_after_a_kept_outcome_the_same_outcome_stands(marketplace: Organisation) -> None:
    number = decided_first(marketplace, "not_upheld")
    again(marketplace, number, "second", "not_upheld")
    put_away(marketplace, number, "second")

    assert again(marketplace, number, "third", "upheld") == "now_upheld"


@pytest.mark.parametrize("result", [kept, changed, now_upheld])
def test_p1_6_the_result_of_a_re_examination_is_closed_and_archived(
    marketplace: Organisation, result: Callable[[Organisation], str]
) -> None:
    number = result(marketplace)

    assert marketplace.act(number, "second", "close", summary="复核完毕。")["stage"] == "closed"
    assert marketplace.told("archivist", number) == [f"投诉 {number} 已结案，请归档。"] * 2
    assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 已结案。"
    assert marketplace.act(number, "archivist", "archive")["stage"] == "archived"


@pytest.mark.parametrize("result", [kept, changed, now_upheld])
def test_p1_6_the_closing_of_a_re_examination_needs_a_summary(
    marketplace: Organisation, result: Callable[[Organisation], str]
) -> None:
    answer = marketplace.try_act(result(marketplace), "second", "close")

    assert (answer.status, answer.pointer) == (422, "/fields/summary")


@pytest.mark.parametrize("examined", [examined_again, asked_elsewhere_again])
def test_p1_6_the_complainant_reads_outcome_and_opinion_of_the_re_examination(
    marketplace: Organisation, examined: Callable[[Organisation], str]
) -> None:
    number = examined(marketplace)

    marketplace.act(number, "second", "decide", **REVERSED)

    decision = marketplace.events(number, type_="decided")[-1]["id"]
    told = [event["fields"] for event in marketplace.events(number, type_="notified")]
    [message] = [one for one in told if one.get("about") == decision and one["to"] == ["complainant"]]
    assert message.get("encloses") == ["outcome", "opinion"]


def test_p1_6_the_system_tells_no_respondent_outside_it(marketplace: Organisation) -> None:
    number = asked_elsewhere_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)

    events = {event["id"]: event["type"] for event in marketplace.events(number)}
    told = [event["fields"] for event in marketplace.events(number, type_="notified") if "to" in event["fields"]]
    about = {(events[one["about"]], to) for one in told for to in one["to"]}
    assert {("reopened", "complainant"), ("decided", "director")} < about
    assert {type_ for type_, to in about if to == "respondent"} == set()


@pytest.mark.parametrize("who", ["handler", "deputy"])
def test_p1_6_the_closing_of_a_re_examination_is_not_for_the_person_who_decided_first(
    marketplace: Organisation, who: str
) -> None:
    number = changed(marketplace)
    if who == "deputy":
        hire(marketplace, "handler", name="deputy")
        deputised(marketplace, "handler", "deputy")

    answer = marketplace.try_act(number, "screener", "assign", responsible=marketplace.subs[who])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


@pytest.mark.parametrize("who", ["screener", "director"])
@pytest.mark.parametrize("scene", [reopened, reopened_elsewhere])
def test_p1_6_a_re_examination_can_be_given_to_another_person(
    marketplace: Organisation, scene: Callable[[Organisation], str], who: str
) -> None:
    number = scene(marketplace)
    hire(marketplace, "handler", name="third")

    marketplace.act(number, who, "assign", responsible=marketplace.subs["third"])

    assert marketplace.told("third", number) == [f"投诉 {number} 需要复核，现已指派，请作为责任方迅速处理。"]


@pytest.mark.parametrize("scene", [reopened, reopened_elsewhere])
def test_p1_6_the_re_examination_is_not_given_to_the_person_who_decided(
    marketplace: Organisation, scene: Callable[[Organisation], str]
) -> None:
    number = scene(marketplace)

    answer = marketplace.try_act(number, "director", "assign", responsible=marketplace.subs["handler"])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p1_6_the_director_confirms_that_a_respondent_cannot_be_reached_again(marketplace: Organisation) -> None:
    number = reopened(marketplace)
    marketplace.act(number, "second", "notify", **UNREACHABLE)
    assert marketplace.complaint(number)["stage"] == "re_examining"
    [proposal] = marketplace.complaint(number, "director")["proposals"]

    answer = marketplace.try_act(number, "director", "approve", proposal=proposal["proposal"])

    assert (answer.status, marketplace.complaint(number)["stage"]) == (200, "re_inquiring")
    assert f"投诉 {number} 的被投诉方无法通过系统联系，请以其他方式要求其举证，并登记联系结果。" in marketplace.told(
        "second", number
    )
    assert marketplace.told("owner", number) == [
        f"投诉 {number} 的被投诉方无法通过系统联系，已改由责任方以其他方式联系。"
    ]
    marketplace.act(number, "second", "inspect", **FOUND)
    marketplace.act(number, "second", "demand_evidence", **ASKED)
    marketplace.world.move_to("2026-12-20T09:00:00+08:00")
    assert marketplace.try_act(number, "second", "decide", **REVERSED).status == 200
    assert marketplace.told("seller", number)[0].startswith(f"针对您的投诉 {number} 的复核已完成：")


@pytest.mark.parametrize("stage", LABELS)
def test_p1_6_each_stage_of_a_re_examination_has_its_name(marketplace: Organisation, stage: str) -> None:
    stages = marketplace.get("/policy", "owner")["policy"]["stages"]

    assert stages[stage]["name"] == LABELS[stage]


def test_p1_6_the_queue_says_what_is_re_examined(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    [row] = marketplace.get("/complaints", "second")["complaints"]

    assert (row["number"], row["stage"], row["next"]["clock"]) == (number, "re_examining", "re_examination")
    assert marketplace.complaint(number, "second")["stage_name"] == LABELS["re_examining"]


def test_p1_6_the_case_file_sets_the_re_examination_apart(marketplace: Organisation) -> None:
    number = changed(marketplace)
    path = f"{marketplace.path}/complaints/{number}/case-file"
    answer = marketplace.world.call("GET", path, auth=marketplace.auth("director"))

    page = printed_page.read(answer.text)

    entered = [text for texts in page.values.values() for text in texts if text.startswith("进入阶段：")]
    assert entered[-3:] == ["进入阶段：已归档", "进入阶段：复核中", "进入阶段：复核认定投诉不成立"]
    assert "复核" in page.values


def counted(marketplace: Organisation, query: str) -> dict[str, int]:
    """By clock: the numerator. Deadlines count on their due day."""
    rows = marketplace.get(f"/reports/all?{query}&from=2026-11-01&to=2026-12-31", "owner")["rows"]
    return {row["keys"].get("clock", ""): next(iter(row["values"].values()))["numerator"] for row in rows}


def test_p1_6_the_figures_tell_a_re_examination_from_a_first_handling(marketplace: Organisation) -> None:
    changed(marketplace)

    met = counted(marketplace, "measure=met&by=clock")

    assert {clock: met.get(clock) for clock in ("handling", "re_examination")} == {"handling": 1, "re_examination": 1}


@pytest.mark.parametrize(("result", "same"), [(kept, 1), (changed, 0), (now_upheld, 0)])
def test_p1_6_the_figures_count_the_outcomes_that_are_kept(
    marketplace: Organisation, result: Callable[[Organisation], str], same: int
) -> None:
    result(marketplace)

    assert counted(marketplace, "measure=upheld_again") == {"": same}
