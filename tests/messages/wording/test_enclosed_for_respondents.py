"""What an act writes to the respondent is in their message and their mail, with masks (P1.4, P5.3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import ASKED_FOR, accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

WANTED = "请提供与张小明（13800138000）的聊天记录。"


@pytest.fixture
def marketplace() -> Organisation:
    return marketplace_in(InProcess("2026-11-23T09:00:00+08:00"))


@pytest.fixture
def number(marketplace: Organisation) -> str:
    number = accepted(marketplace, facts={"complainant.name": "张小明"})
    marketplace.act(number, "handler", "demand_evidence", **{**ASKED_FOR, "wanted": WANTED})
    return number


def enclosed(marketplace: Organisation, who: str) -> list[tuple[str, str]]:
    marketplace.world.settle()
    messages: list[dict[str, Any]] = marketplace.get("/messages", who)["messages"]
    return [(one["label"]["zh"], one["text"]["zh"]) for one in messages[0]["enclosed"]]


def test_the_message_encloses_what_is_wanted_and_why_with_masks(marketplace: Organisation, number: str) -> None:
    [(wanted, what), (why, reason)] = enclosed(marketplace, "seller")

    assert (wanted, why, reason) == ("需要提供的材料", "需要该材料的原因", ASKED_FOR["why"])
    assert ("聊天记录" in what, "张小明" in what, "13800138000" in what) == (True, False, False)


def test_the_mail_encloses_it_with_labels_and_masks(marketplace: Organisation, number: str) -> None:
    mail = marketplace.world.mail(marketplace.emails["seller"])

    assert f"需要该材料的原因：{ASKED_FOR['why']}" in mail
    assert ("聊天记录" in mail, "张小明" in mail, "13800138000" in mail) == (True, False, False)


def test_staff_who_are_told_the_same_get_no_enclosure(marketplace: Organisation, number: str) -> None:
    assert enclosed(marketplace, "handler") == []


def test_who_answers_for_the_unit_no_more_reads_no_enclosure(marketplace: Organisation, number: str) -> None:
    assert enclosed(marketplace, "seller") != []
    path, body = f"{marketplace.path}/people/{marketplace.subs['seller']}", {"grants": [{"role": "archivist"}]}
    assert marketplace.world.call("PUT", path, body, auth=marketplace.auth("owner")).status == 200

    assert enclosed(marketplace, "seller") == []
