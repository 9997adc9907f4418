"""P1.6, P9.10: search by the other criteria, and their pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import refused
from tests.search.offices import ask, file, found, merge


@pytest.fixture
def archived(company: Organisation) -> str:
    """Filed and archived on the first day; another complaint is filed on the second."""
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="客户已知悉。")
    company.act(number, "agent", "archive")
    company.world.move_to("2026-11-28T09:00:00+08:00")
    file(company, "空调漏水", category={"matter": "product_quality"})
    return number


@pytest.mark.parametrize(
    "criteria",
    [
        {"archived": True},
        {"stage": "archived"},
        {"filed_to": "2026-11-27T23:59:59+08:00"},
        {"closed_from": "2026-11-27T00:00:00+08:00"},
        {"closed_to": "2026-11-28T00:00:00+08:00", "archived": True},
        {"category": {"matter": "service_quality"}, "filed_from": "2026-11-27T00:00:00+08:00"},
    ],
)
def test_state_and_period_find_the_archived_case(company: Organisation, archived: str, criteria: Any) -> None:
    assert found(company, "agent", **criteria) == [archived]


@pytest.mark.parametrize(
    "criteria",
    [
        {"archived": False},
        {"category": {"matter": "product_quality"}},
        {"filed_from": "2026-11-28T00:00:00+08:00"},
        {"words": "漏水", "archived": False},
    ],
)
def test_state_and_period_find_the_open_case(company: Organisation, archived: str, criteria: Any) -> None:
    [number] = found(company, "agent", **criteria)
    assert number > archived


@pytest.mark.parametrize(
    "criteria",
    [
        {"stage": "nowhere"},
        {"unit": "nowhere"},
        {"closed_to": "2026-11-26T00:00:00+08:00"},
        {"filed_from": "2027-03-01T00:00:00+08:00"},
        {"filed_to": "2025-03-01T00:00:00+08:00", "words": "漏水"},
        {"number": "202501-000001"},
        {"subject": "A-0"},
    ],
)
def test_nothing_else_is_found(company: Organisation, archived: str, criteria: Any) -> None:
    assert found(company, "agent", **criteria) == []


def test_a_number_finds_its_complaint(company: Organisation, archived: str) -> None:
    assert found(company, "agent", number=archived) == [archived]
    assert found(company, "agent", number=archived, archived=False) == []


def test_a_subject_finds_its_complaints_as_a_read(company: Organisation) -> None:
    number = file(company, "漏水", subject="A-1001")
    file(company, "漏水", subject="A-1002")

    assert found(company, "agent", subject="a 1001") == [number]
    [read] = company.get(f"/complaints/{number}/reads", "owner")["reads"]
    assert "content" in read["classes"]


def test_pages_hold_each_complaint_once_newest_first(company: Organisation) -> None:
    numbers = [file(company, f"漏水{name}") for name in "甲乙丙丁戊"]
    merge(company)
    numbers.append(file(company, "漏水己"))
    seen: list[str] = []
    cursor: dict[str, Any] = {}

    while True:
        answer = ask(company, "agent", words="漏水", limit=2, **cursor).json
        seen += [row["number"] for row in answer["complaints"]]
        if answer["cursor"] is None:
            break
        cursor = {"cursor": answer["cursor"]}

    assert seen == numbers[::-1]


@pytest.mark.parametrize("criteria", [{"words": "电梯"}, {"words": "漏水", "archived": False}, {"archived": False}])
def test_a_cursor_is_valid_for_its_search_only(company: Organisation, criteria: Any) -> None:
    for _ in range(2):
        file(company, "漏水")
    cursor = ask(company, "agent", words="漏水", limit=1).json["cursor"]

    answer = ask(company, "agent", **criteria, cursor=cursor)

    assert (answer.status, answer.problem) == (400, "invalid-cursor")
    assert ask(company, "team_lead", words="漏水", limit=1, cursor=cursor).problem == "invalid-cursor"


@pytest.mark.parametrize(
    ("criteria", "pointer"),
    [
        ({}, ""),
        ({"limit": 10}, ""),
        ({"phone": "13911112222", "email": "a@b.example"}, ""),
        ({"phone": "12"}, "/phone"),
        ({"email": "nobody"}, "/email"),
        ({"subject": "…"}, "/subject"),
        ({"filed_from": "yesterday"}, "/filed_from"),
        ({"closed_to": "2026-13-01T00:00:00Z"}, "/closed_to"),
        ({"number": "1"}, "/number"),
        ({"limit": 51, "archived": True}, "/limit"),
        ({"category": {}}, "/category"),
        ({"outcome": {"outcome": 1}}, "/outcome/outcome"),
        ({"nothing": "x"}, "/nothing"),
    ],
)
def test_bad_criteria_are_refused_at_their_place(company: Organisation, criteria: Any, pointer: str) -> None:
    refused(ask(company, "agent", **criteria), 422, "invalid", pointer)
