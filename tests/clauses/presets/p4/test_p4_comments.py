"""P4.10: a new version is deliberated; its draft is opened to departments and complainants before it is published."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.hall import closed_and_archived, decided
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.client import Answer

DRAFT, OPEN, COMMENTS, PUBLISH = "/policy/draft", "/policy/draft/open", "/policy/comments", "/policy/publish"


@pytest.fixture
def centre() -> Organisation:
    """A centre with a draft: its own policy under another name."""
    centre = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "government-service-centre")
    policy = centre.get("/policy", "owner")["policy"]
    assert ask(centre, "PUT", DRAFT, {"policy": {**policy, "name": {"zh": "修订稿"}}}).status == 200
    return centre


def ask(centre: Organisation, method: str, path: str, body: Any, who: str = "owner", number: str = "") -> Answer:
    return centre.world.call(method, centre.path + path, body, auth=centre.auth(who, number))


def test_p4_10_a_draft_never_opened_for_comments_is_not_published(centre: Organisation) -> None:
    answer = ask(centre, "POST", PUBLISH, {})

    assert (answer.status, answer.problem) == (409, "comments-demanded")
    assert answer.json["groups"] == ["departments", "complainants"]


@pytest.mark.parametrize(("opened", "missing"), [("departments", "complainants"), ("complainants", "departments")])
def test_p4_10_departments_and_complainants_must_both_be_asked(centre: Organisation, opened: str, missing: str) -> None:
    ask(centre, "POST", OPEN, {"to": [opened]})

    assert ask(centre, "POST", PUBLISH, {}).json["groups"] == [missing]


def test_p4_10_a_policy_that_was_never_a_draft_is_not_published(centre: Organisation) -> None:
    policy = centre.get("/policy", "owner")["policy"]

    assert ask(centre, "POST", PUBLISH, {"policy": policy}).problem == "comments-demanded"


def test_p4_10_a_draft_is_published_after_it_was_opened(centre: Organisation) -> None:
    number = centre.file()
    ask(centre, "POST", OPEN, {})

    department = ask(centre, "POST", COMMENTS, {"text": "可行。"}, "investigator")
    complainant = ask(centre, "POST", COMMENTS, {"text": "更快些。", "complaint": number}, "complainant", number)

    assert (department.status, complainant.status) == (201, 201)
    found = centre.get(COMMENTS, "owner")["comments"]
    assert {one["text"] for one in found} == {"可行。", "更快些。"}
    advance(centre.world, "8 days")
    assert ask(centre, "POST", PUBLISH, {}).json["version"] == "2"
    assert centre.get("/policy", "owner")["policy"]["name"]["zh"] == "修订稿"


def test_p4_10_the_complainants_of_open_complaints_are_told_and_those_of_archived_ones_are_not(
    centre: Organisation,
) -> None:
    number, archived = centre.file(), decided(centre)
    centre.act(archived, "complainant", "rate", rating="fair")
    closed_and_archived(centre, archived)

    ask(centre, "POST", OPEN, {})

    told = {one: "征求意见" in centre.told("complainant", one)[0] for one in (number, archived)}
    assert told == {number: True, archived: False}


def test_p4_10_a_draft_is_open_for_comments_for_seven_calendar_days(centre: Organisation) -> None:
    ask(centre, "POST", OPEN, {})

    centre.world.move_to("2026-12-04T23:59:00+08:00")
    early = ask(centre, "POST", PUBLISH, {})
    centre.world.move_to("2026-12-05T00:00:00+08:00")

    assert (early.status, early.problem) == (409, "comments-demanded")
    assert ask(centre, "POST", PUBLISH, {}).json["version"] == "2"


def test_p4_10_a_text_that_was_changed_after_it_was_opened_is_not_published(centre: Organisation) -> None:
    ask(centre, "POST", OPEN, {})
    centre.world.move_to("2026-12-05T00:00:00+08:00")
    policy = centre.get("/policy", "owner")["policy"]
    assert ask(centre, "PUT", DRAFT, {"policy": {**policy, "name": {"zh": "再次修订稿"}}}).status == 200

    assert ask(centre, "POST", PUBLISH, {}).problem == "comments-demanded"


SHORTER = "办理期限（调查您的投诉并作出处理决定）、制度名称"
UNTIL = "2026年12月4日24时前（北京时间）"


def shortened(centre: Organisation) -> None:
    """The draft gives a decision two working days."""
    policy = centre.get("/policy", "owner")["policy"]
    clocks = {**policy["clocks"], "decision": {**policy["clocks"]["decision"], "within": "2 working days"}}
    kept = {key: part for key, part in policy.items() if key != "examples"}
    assert ask(centre, "PUT", DRAFT, {"policy": {**kept, "clocks": clocks, "name": {"zh": "修订稿"}}}).status == 200


def test_p4_10_complainants_are_told_what_changes_and_until_when_they_can_comment(centre: Organisation) -> None:
    number = centre.file()
    shortened(centre)

    assert ask(centre, "POST", OPEN, {}).status == 200

    assert centre.told("complainant", number)[0] == (
        f"我们拟修改投诉处理制度，草案现征求意见。修改之处：{SHORTER}。"
        f"您可以凭投诉 {number} 的回执查阅草案，并在发布之前提出意见，请您于{UNTIL}提交。"
    )


@pytest.mark.parametrize("who", ["reception", "investigator", "director", "supervisor"])
def test_p4_10_departments_are_told_what_changes_and_until_when_they_can_comment(
    centre: Organisation, who: str
) -> None:
    shortened(centre)

    assert ask(centre, "POST", OPEN, {}).status == 200

    centre.world.settle()
    assert centre.get("/messages", who)["messages"][0]["text"]["zh"] == (
        f"新制度的草案现向各部门征求意见。修改之处：{SHORTER}。请查阅，并在发布之前提出意见，于{UNTIL}提交。"
    )


def test_p4_10_a_later_end_that_the_owner_states_is_told(centre: Organisation) -> None:
    number = centre.file()

    assert ask(centre, "POST", OPEN, {"until": "2026-12-11T18:00:00+08:00"}).status == 200

    assert "请您于2026年12月11日（周五）18:00前（北京时间）提交。" in centre.told("complainant", number)[0]
