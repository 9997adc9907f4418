"""Pages of the queue and the messages: a cursor is valid for one query and cannot be forged."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import refused


@pytest.fixture
def full(company: Organisation) -> Organisation:
    for _ in range(5):
        company.file()
    return company


def page(company: Organisation, query: str, who: str = "agent") -> Any:
    return company.world.call("GET", f"{company.path}/complaints?{query}", auth=company.auth(who))


def cursor(company: Organisation) -> str:
    return str(page(company, "limit=2").json["cursor"])


def test_the_pages_together_are_the_whole_list(full: Organisation) -> None:
    seen: list[str] = []
    found: str | None = ""
    while found is not None:
        answer = page(full, "limit=2" + (f"&cursor={found}" if found else "")).json
        seen.extend(row["number"] for row in answer["complaints"])
        found = answer["cursor"]

    assert sorted(seen) == sorted(full.filed)


def test_a_filter_that_matches_nothing_reads_few_pages_and_returns_a_cursor(full: Organisation) -> None:
    for _ in range(2):
        full.file()
    first = page(full, "limit=1&missed=true").json
    assert (first["complaints"], first["cursor"] is None) == ([], False)

    rest = page(full, f"limit=1&missed=true&cursor={first['cursor']}").json
    assert (rest["complaints"], rest["cursor"]) == ([], None)


@pytest.mark.parametrize("forged", ["x", "x.y", ".", "", "a.b.c", "%00", "=" * 100, "机"])
def test_a_cursor_that_was_made_up_is_400(full: Organisation, forged: str) -> None:
    refused(page(full, f"cursor={forged}"), 400, "invalid-cursor")


def test_a_cursor_that_was_changed_is_400(full: Organisation) -> None:
    payload, _, tag = cursor(full).partition(".")
    read = json.loads(base64.urlsafe_b64decode(payload + "=="))
    read["p"]["list_pk"] = "T#other#L#open"
    forged = base64.urlsafe_b64encode(json.dumps(read).encode()).decode().rstrip("=")

    refused(page(full, f"limit=2&cursor={forged}.{tag}"), 400, "invalid-cursor")


def test_a_cursor_for_another_filter_is_400(full: Organisation) -> None:
    refused(page(full, f"severity=major&cursor={cursor(full)}"), 400, "invalid-cursor")


def test_a_cursor_of_another_person_is_400(full: Organisation) -> None:
    refused(page(full, f"limit=2&cursor={cursor(full)}", who="team_lead"), 400, "invalid-cursor")


def test_a_cursor_of_another_organisation_is_400(full: Organisation) -> None:
    other = company_in(full.world)

    refused(page(other, f"limit=2&cursor={cursor(full)}"), 400, "invalid-cursor")


def test_a_cursor_of_another_route_is_400(full: Organisation) -> None:
    path = f"{full.path}/messages?cursor={cursor(full)}"

    refused(full.world.call("GET", path, auth=full.auth("agent")), 400, "invalid-cursor")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/query/limit"),
        ("limit=101", "/query/limit"),
        ("limit=many", "/query/limit"),
        ("limit=1&limit=2", "/query/limit"),
        ("shelf=attic", "/query/shelf"),
        ("mine=perhaps", "/query/mine"),
        ("colour=red", "/query/colour"),
        ("cursor=" + "x" * 2001, "/query/cursor"),
    ],
)
def test_an_invalid_query_is_refused_at_its_parameter(full: Organisation, query: str, pointer: str) -> None:
    refused(page(full, query), 400, "bad-request", pointer)


@pytest.mark.parametrize("complaint", ["x", "202611-1", "%2e%2e", ""])
def test_messages_of_an_invalid_number_are_400(full: Organisation, complaint: str) -> None:
    number = next(iter(full.filed))
    path = f"{full.path}/messages?complaint={complaint}"

    answer = full.world.call("GET", path, auth=full.auth("complainant", number))

    refused(answer, 400, "bad-request", "/query/complaint")
