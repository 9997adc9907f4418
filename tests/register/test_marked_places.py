"""A person approves each text for publication, and sees the places that name or may name a particular."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.marketplace import asked_otherwise
from tests.clauses.organisation import Organisation
from tests.register.asking import listed, values
from tests.register.notices import closed_major, on, prepared, published, try_on

DOUBTFUL = "赵先生投诉成立。"
PLACE = {"start": 0, "end": 3, "kind": "person"}


def publish_policy(office: Organisation, change: Callable[[dict[str, Any]], object]) -> None:
    document = office.get("/policy", "owner")["policy"]
    change(document)
    path, auth = f"{office.path}/policy/publish", office.auth("owner")
    answer = office.world.call("POST", path, {"policy": document}, auth=auth)
    assert answer.status == 201, answer.text


def test_the_approver_sees_what_may_name_a_person(marketplace: Organisation) -> None:
    notice = prepared(marketplace, closed_major(marketplace, summary=DOUBTFUL))

    assert notice["particulars"] == [{"field": "summary_for_public", "certain": False, **PLACE}]
    assert "text" not in notice["waits_for"]


def test_the_parties_do_not_see_the_places(marketplace: Organisation) -> None:
    assert "particulars" not in prepared(marketplace, closed_major(marketplace, summary=DOUBTFUL), "complainant")


@pytest.mark.parametrize("written", ["赵先生", "网名“风一样的男子”"])
def test_a_respondent_reads_a_text_for_publication_as_they_read_others(marketplace: Organisation, written: str) -> None:
    number = closed_major(marketplace, summary=f"{written}的投诉属实。")

    text = values(prepared(marketplace, number, "seller"))["summary_for_public"]
    record = marketplace.get(f"/complaints/{number}/record", "seller")["values"]

    assert text in [one.get("summary_for_public") for one in record.values()]
    assert "▇▇▇" in text


def test_an_approval_names_the_places_until_they_are_checked(marketplace: Organisation) -> None:
    number = closed_major(marketplace, summary=DOUBTFUL)

    answer = try_on(marketplace, number, "director", "approve")

    assert (answer.status, answer.pointer) == (422, "/notice/summary_for_public")
    [place] = answer.json["errors"]
    assert {name: place[name] for name in PLACE} == PLACE
    assert "approval" not in on(marketplace, number, "director", "approve", checked=True)["waits_for"]


def test_what_is_certain_is_not_released_by_a_check(marketplace: Organisation) -> None:
    number = closed_major(marketplace, summary="示例用户的投诉成立。")

    assert try_on(marketplace, number, "director", "approve", checked=True).status == 422


def test_a_title_as_the_name_refuses_no_honest_text(marketplace: Organisation) -> None:
    marketplace.always = {"facts": {**marketplace.always.get("facts", {}), "complainant.name": "王女士"}}
    number = closed_major(marketplace, summary="本店女士手表已退款。")

    assert "approval" not in on(marketplace, number, "director", "approve")["waits_for"]


def test_a_correction_names_the_places_until_they_are_checked(marketplace: Organisation) -> None:
    number = published(marketplace)
    texts = {"summary_for_public": DOUBTFUL}

    answer = try_on(marketplace, number, "director", "correct", texts=texts)

    assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")
    assert on(marketplace, number, "director", "correct", texts=texts, checked=True)["state"] == "published"


def test_a_notice_with_a_text_is_approved_whatever_the_policy_says(marketplace: Organisation) -> None:
    publish_policy(marketplace, lambda document: document["publicity"]["notices"].pop("approval"))

    number = closed_major(marketplace)

    assert "approval" in prepared(marketplace, number)["waits_for"]
    assert "approval" not in on(marketplace, number, "owner", "approve")["waits_for"]


def test_a_notice_without_a_text_needs_no_approval_of_its_own(marketplace: Organisation) -> None:
    publish_policy(marketplace, lambda document: document["publicity"]["notices"].pop("approval"))

    number = closed_major(marketplace, summary=None)

    assert "approval" not in prepared(marketplace, number)["waits_for"]
    edited = on(marketplace, number, "owner", "edit", texts={"summary_for_public": "商家已退款。"})
    assert "approval" in edited["waits_for"]


@pytest.mark.parametrize("audience", ["public", "users"])
@pytest.mark.parametrize("opinion", [DOUBTFUL, "商家退款。"])
def test_a_result_with_a_text_waits_for_a_person(marketplace: Organisation, opinion: str, audience: str) -> None:
    """The search misses forms that no rule lists, so a person looks at each text."""
    shown = {"on": "decided", "shows": ["outcome", "opinion"], "audience": audience}
    publish_policy(marketplace, lambda document: document["publicity"].update(results=shown))
    number = asked_otherwise(marketplace)

    marketplace.act(number, "handler", "decide", opinion=opinion, outcome="upheld", sanctions="warning")
    marketplace.world.settle()

    assert listed(marketplace, who="screener") == []
    [found] = marketplace.get(f"/complaints/{number}/notices", "owner", number)["notices"]
    assert found["waits_for"] == ["approval"]


def test_a_result_with_a_text_is_published_once_it_is_approved(marketplace: Organisation) -> None:
    shown = {"on": "decided", "shows": ["outcome", "opinion"]}
    publish_policy(marketplace, lambda document: document["publicity"].update(results=shown))
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", opinion="商家退款。", outcome="upheld", sanctions="warning")
    marketplace.world.settle()
    [found] = marketplace.get(f"/complaints/{number}/notices", "director", number)["notices"]

    path = f"{marketplace.path}/complaints/{number}/notices/{found['id']}/acts/approve"
    answer = marketplace.world.call("POST", path, {"fields": {}}, auth=marketplace.auth("director"))
    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert answer.status == 200, answer.text
    assert [one["state"] for one in listed(marketplace)] == ["published"]
