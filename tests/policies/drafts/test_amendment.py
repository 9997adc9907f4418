"""What the policy in force asks of the next version: a time for comments, and another person who publishes (P4.10)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation, hire
from tests.policies.drafts.shop import DOCUMENT, DRAFT, OPEN, PUBLISH, ask, saved

COMMENTS = {"comments": ["departments"], "for": "7 calendar days"}
APPROVAL = {"approval": {"by": "team_lead"}}


def under(shop: Organisation, amendment: dict[str, Any]) -> Organisation:
    assert ask(shop, "POST", PUBLISH, {"policy": {**DOCUMENT, "amendment": amendment}}).status == 201
    return shop


def opened(shop: Organisation, **body: Any) -> None:
    assert ask(shop, "POST", OPEN, body).status == 200


def test_a_draft_is_open_for_the_whole_time_before_it_is_published(shop: Organisation) -> None:
    # given a draft that is opened on 27 November
    under(shop, COMMENTS)
    saved(shop)
    opened(shop)

    # when
    shop.world.move_to("2026-12-04T23:59:00+08:00")
    early = ask(shop, "POST", PUBLISH, {})
    shop.world.move_to("2026-12-05T00:00:00+08:00")

    # then the seventh day after it must be over
    assert (early.status, early.problem, early.json["until"]) == (409, "comments-demanded", "2026-12-04T16:00:00.000Z")
    assert ask(shop, "POST", PUBLISH, {}).status == 201


def test_the_time_holds_for_a_version_that_takes_effect_later(shop: Organisation) -> None:
    under(shop, COMMENTS)
    saved(shop)
    opened(shop)
    later = {"effective_at": to_text(shop.world.now() + 30 * DAY)}
    assert ask(shop, "POST", PUBLISH, later).problem == "comments-demanded"


def test_a_changed_draft_must_be_open_for_the_whole_time_again(shop: Organisation) -> None:
    under(shop, COMMENTS)
    saved(shop)
    opened(shop)
    shop.world.move_to("2026-12-04T12:00:00+08:00")
    saved(shop, name={"zh": "另一个"})
    opened(shop)
    shop.world.move_to("2026-12-05T00:00:00+08:00")
    assert ask(shop, "POST", PUBLISH, {}).json["until"] == "2026-12-11T16:00:00.000Z"


def test_opening_a_draft_again_does_not_start_the_time_again(shop: Organisation) -> None:
    under(shop, COMMENTS)
    saved(shop)
    opened(shop)
    shop.world.move_to("2026-12-02T12:00:00+08:00")
    opened(shop)
    shop.world.move_to("2026-12-05T00:00:00+08:00")
    assert ask(shop, "POST", PUBLISH, {}).status == 201


def test_an_opening_is_not_shorter_than_the_time(shop: Organisation) -> None:
    under(shop, COMMENTS)
    saved(shop)
    answer = ask(shop, "POST", OPEN, {"until": "2026-12-04T12:00:00+08:00"})
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, ["/until"])
    assert ask(shop, "POST", OPEN, {"until": "2026-12-05T00:00:00+08:00"}).status == 200


def test_members_are_told_of_the_opening(shop: Organisation) -> None:
    saved(shop)
    opened(shop, to=["departments"])
    [message] = _messages(shop, "agent")
    assert message.startswith("A draft of the next version of the procedure is open for your comments.")


def test_members_are_not_told_of_an_opening_for_complainants(shop: Organisation) -> None:
    saved(shop)
    opened(shop, to=["complainants"])
    assert _messages(shop, "agent") == []


def _messages(shop: Organisation, who: str) -> list[str]:
    shop.world.settle()
    return [one["text"]["en"] for one in ask(shop, "GET", "/messages", who=who).json["messages"]]


def test_the_owner_asks_and_another_person_publishes(shop: Organisation) -> None:
    # given
    hire(shop, "team_lead", name="lead")
    under(shop, APPROVAL)
    draft = saved(shop).json["draft"]

    # when
    asked = ask(shop, "POST", PUBLISH, {})
    in_between = ask(shop, "GET", "/policy").json["version"]
    published = ask(shop, "POST", PUBLISH, {}, who="lead")

    # then
    assert (asked.status, asked.json["draft"], asked.json["approvers"]) == (202, draft, ["team_lead"])
    assert in_between == "2"
    assert (published.status, published.json["version"]) == (201, "3")


def test_the_approver_publishes_at_the_time_that_the_owner_asked_for(shop: Organisation) -> None:
    hire(shop, "team_lead", name="lead")
    under(shop, APPROVAL)
    saved(shop)
    effective_at = to_text(shop.world.now() + DAY)
    ask(shop, "POST", PUBLISH, {"effective_at": effective_at})
    assert ask(shop, "POST", PUBLISH, {"effective_at": effective_at}, who="lead").status == 422
    assert ask(shop, "POST", PUBLISH, {}, who="lead").json["effective_at"] == effective_at


def test_who_asked_does_not_publish_even_with_the_role(shop: Organisation) -> None:
    under(shop, APPROVAL)
    [owner] = [one["sub"] for one in ask(shop, "GET", "/people").json["people"] if {"role": "owner"} in one["grants"]]
    grants = {"grants": [{"role": "owner"}, {"role": "team_lead"}]}
    assert ask(shop, "PUT", f"/people/{owner}", grants).status == 200
    saved(shop)
    assert [ask(shop, "POST", PUBLISH, {}).status for _ in range(2)] == [202, 202]


def test_a_change_of_the_draft_voids_the_request(shop: Organisation) -> None:
    hire(shop, "team_lead", name="lead")
    under(shop, APPROVAL)
    saved(shop)
    ask(shop, "POST", PUBLISH, {})
    saved(shop, name={"zh": "另一个"})
    answer = ask(shop, "POST", PUBLISH, {}, who="lead")
    assert (answer.status, answer.problem) == (409, "conflict")


def test_the_approver_reads_the_draft_once_its_publication_is_asked_for(shop: Organisation) -> None:
    hire(shop, "team_lead", name="lead")
    under(shop, APPROVAL)
    saved(shop)
    before = ask(shop, "GET", DRAFT, who="lead").status
    ask(shop, "POST", PUBLISH, {})
    assert (before, ask(shop, "GET", DRAFT, who="lead").status) == (403, 200)
    [message] = _messages(shop, "lead")
    assert message.startswith("An owner asks that the next version of the procedure is published.")


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("owner", 422)])
def test_only_drafts_are_approved_and_only_by_the_role(shop: Organisation, who: str, status: int) -> None:
    under(shop, APPROVAL)
    saved(shop)
    assert ask(shop, "POST", PUBLISH, {"policy": DOCUMENT}, who=who).status == status


def test_the_version_in_force_decides_not_the_draft(shop: Organisation) -> None:
    """An organisation can introduce the approval alone, and cannot drop it alone."""
    hire(shop, "team_lead", name="lead")
    saved(shop, amendment=APPROVAL)
    assert ask(shop, "POST", PUBLISH, {}).status == 201
    saved(shop)
    assert ask(shop, "POST", PUBLISH, {}).status == 202


def test_the_time_counts_in_a_calendar_whose_last_day_another_one_moves(shop: Organisation) -> None:
    """The seventh day is a Friday on which the bank is closed: it is open until the end of Monday."""
    bank = {"timezone": "Asia/Shanghai", "holidays": None, "hours": {"mon-thu": ["09:00-17:00"]}}
    calendar = {**DOCUMENT["calendar"], "last_day": "next working day", "last_day_of": "bank"}
    changes = {"calendar": calendar, "calendars": {"bank": bank}, "amendment": COMMENTS}
    assert ask(shop, "POST", PUBLISH, {"policy": {**DOCUMENT, **changes}}).status == 201
    saved(shop)
    opened(shop)
    assert ask(shop, "POST", PUBLISH, {}).json["until"] == "2026-12-07T16:00:00.000Z"
