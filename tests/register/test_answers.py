"""Answers of the register: entity tags, terms of caches, CSV, pages and filters."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, result, values


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_unchanged_list_is_not_sent_again(marketplace: Organisation) -> None:
    result(marketplace)
    first = asked(marketplace, "", "screener")

    again = asked(marketplace, "", "screener", If_None_Match=f'"other", W/{first.headers["ETag"]}')

    assert (again.status, again.text) == (304, "")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_changed_list_is_sent(marketplace: Organisation) -> None:
    first = asked(marketplace, "", "screener")
    result(marketplace)

    again = asked(marketplace, "", "screener", If_None_Match=first.headers["ETag"])

    assert again.status == 200
    assert len(again.json["notices"]) == 1


def test_an_unchanged_notice_is_not_sent_again(marketplace: Organisation) -> None:
    result(marketplace)
    [notice] = listed(marketplace, who="screener")
    first = asked(marketplace, f"/{notice['id']}", "screener")

    assert asked(marketplace, f"/{notice['id']}", "screener", If_None_Match=first.headers["ETag"]).status == 304
    assert asked(marketplace, f"/{notice['id']}", "screener", If_None_Match='"x"').status == 200


def test_only_the_public_answer_may_be_kept(marketplace: Organisation) -> None:
    headers = asked(marketplace).headers

    assert headers["Cache-Control"] == "public, max-age=60"
    assert "Authorization" in headers["Vary"]
    assert asked(marketplace, "", "screener").headers["Cache-Control"] == "no-store"


def test_a_list_as_csv(marketplace: Organisation) -> None:
    result(marketplace)
    [notice] = listed(marketplace, who="screener")

    answer = asked(marketplace, "", "screener", Accept="text/csv", Accept_Language="zh")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    [row] = rows(answer.text)
    assert (row["id"], row["published_on"]) == (notice["id"], "2026-11-28")
    assert (row["outcome"], row["decided_on"]) == ("投诉成立", "2026年11月23日至2026年11月29日")


@pytest.mark.parametrize("accept", ["application/json, text/csv", "*/*", "text/csv;q=0.5, application/json", "?"])
def test_json_is_sent_unless_csv_is_preferred(marketplace: Organisation, accept: str) -> None:
    assert asked(marketplace, Accept=accept).json == {"notices": [], "cursor": None}


def test_pages_of_a_list(marketplace: Organisation) -> None:
    for _ in range(3):
        result(marketplace)
    whole = [one["id"] for one in listed(marketplace, who="screener")]

    first = asked(marketplace, "?limit=2", "screener").json
    second = asked(marketplace, f"?limit=2&cursor={first['cursor']}", "screener").json

    assert [one["id"] for one in first["notices"] + second["notices"]] == whole
    assert second["cursor"] is None


def test_csv_names_the_next_page(marketplace: Organisation) -> None:
    for _ in range(2):
        result(marketplace)

    answer = asked(marketplace, "?limit=1", "screener", Accept="text/csv")

    target = answer.headers["Link"].partition(">")[0][1:]
    assert answer.headers["Link"].endswith('; rel="next"')
    assert len(rows(asked(marketplace, f"{target}&limit=1", "screener", Accept="text/csv").text)) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?outcome=upheld", 1),
        ("?outcome=not_upheld", 1),
        ("?outcome=unknown", 0),
        ("?field=decided_on:2026-W48", 2),
        ("?field=decided_on:2026-W49", 0),
        ("?kind=result", 2),
        ("?kind=notice", 0),
        ("?category=any", 0),
        ("?from=2026-11-28&to=2026-11-29", 2),
        ("?from=2026-11-30", 0),
        ("?to=2026-11-26", 0),
    ],
)
def test_filters(marketplace: Organisation, query: str, found: int) -> None:
    result(marketplace)
    result(marketplace, "not_upheld")

    assert len(listed(marketplace, query, "screener")) == found


def test_a_filter_finds_its_notices_only(marketplace: Organisation) -> None:
    result(marketplace)
    result(marketplace, "not_upheld")

    [notice] = listed(marketplace, "?outcome=not_upheld", "screener")

    assert values(notice)["outcome"] == "not_upheld"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?from=yesterday", "/query/from"),
        ("?field=outcome", "/query/field/0"),
        ("?complaint=1", "/query/complaint"),
        ("?owner=x", "/query/owner"),
    ],
)
def test_bad_filters(marketplace: Organisation, query: str, pointer: str) -> None:
    answer = asked(marketplace, query)

    assert (answer.status, answer.pointer) == (400, pointer)


def test_an_empty_feed(marketplace: Organisation) -> None:
    answer = asked(marketplace, ".atom")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>示例机构 公示</title>" in answer.text
    assert "<entry>" not in answer.text
    assert asked(marketplace, ".atom", If_None_Match=answer.headers["ETag"]).status == 304


def test_a_feed_in_english(marketplace: Organisation) -> None:
    assert "<title>示例机构: public register</title>" in asked(marketplace, ".atom", Accept_Language="en").text
