"""P4.10: a new version is deliberated; its draft is opened to departments and complainants before it is published."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.hall import closed_and_archived, decided
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.fakes.client import Answer

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
