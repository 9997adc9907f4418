"""Answers about public figures: readers, entity tags, terms of caches, CSV."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.organisation import Organisation
from tests.figures.office import DAY, asked, council, editions, published_council, sweep


@pytest.fixture(scope="module")
def london() -> Organisation:
    return published_council()


@pytest.fixture(scope="module")
def discreet() -> Organisation:
    """Its figures are for users."""
    found = council(audience="users")
    found.file()
    sweep(found, DAY)
    return found


@pytest.mark.parametrize("path", ["", "/2026-09", "/2026-09?edition=1"])
def test_an_unchanged_answer_is_not_sent_again(london: Organisation, path: str) -> None:
    first = asked(london, path)
    again = asked(london, path, If_None_Match=first.headers["ETag"])
    assert (first.status, again.status, again.text) == (200, 304, "")


def test_a_public_answer_may_be_cached(london: Organisation) -> None:
    headers = asked(london, "/2026-09").headers
    assert headers["Cache-Control"] == "public, max-age=60"
    assert {"Authorization", "Accept", "Accept-Language"} <= set(headers["Vary"].split(", "))
    assert asked(london, "/2026-09", "clerk").headers["Cache-Control"] == "no-store"


def table(london: Organisation, layout: str = "") -> list[dict[str, str]]:
    answer = asked(london, f"/2026-09{layout}", Accept="text/csv", Accept_Language="en")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_an_edition_as_csv_has_one_value_in_a_row(london: Organisation) -> None:
    rows = table(london)
    found = {(row["by"], row["key"], row["measure"], row["figure"]): row for row in rows}
    assert found["total", "", "received", "count"]["value"] == "53"
    assert found["channel", "desk", "received", "count"]["value"] == ""
    damage = found["category.matter", "damage", "met", "share_percent"]
    assert (damage["key_label"], damage["figure_label"], damage["value"]) == ("Damage", "share (%)", "66.7")
    assert (damage["from"], damage["to"], damage["edition"]) == ("2026-09-01", "2026-09-30", "1")
    assert found["duty", "office", "met_as_first_promised", "share_percent"]["value"] == "62.3"


def test_an_edition_as_a_wide_table(london: Organisation) -> None:
    rows = table(london, "?layout=wide")
    found = {(row["by"], row["key"]): row for row in rows}
    columns = ["from", "to", "period", "edition", "by", "key", "key_label", "received_count", "met_count"]
    assert list(rows[0])[: len(columns)] == columns
    assert found["category.matter", "damage"]["met_share_percent"] == "66.7"
    office = found["duty", "office"]
    assert (office["received_count"], office["met_as_first_promised_count"]) == ("", "33")


def test_the_layouts_of_an_edition_have_tags_of_their_own(london: Organisation) -> None:
    tags = {asked(london, f"/2026-09{one}", Accept="text/csv").headers["ETag"] for one in ("", "?layout=wide")}
    assert len(tags) == 2


def test_csv_and_json_have_tags_of_their_own(london: Organisation) -> None:
    csv_tag = asked(london, "/2026-09", Accept="text/csv").headers["ETag"]
    assert csv_tag != asked(london, "/2026-09").headers["ETag"]


@pytest.mark.parametrize("path", ["/2026-08", "/2026-Q3", "/x", "/2026-09?edition=2"])
def test_unpublished_figures_are_not_found(london: Organisation, path: str) -> None:
    assert asked(london, path).status == 404


@pytest.mark.parametrize("query", ["edition=0", "edition=x", "edition=10000", "since=2026"])
def test_a_bad_query_is_refused(london: Organisation, query: str) -> None:
    assert asked(london, f"/2026-09?{query}").status == 400


def test_strangers_see_no_figures_for_users(discreet: Organisation) -> None:
    assert editions(discreet) == []
    assert asked(discreet, "/2026-09").status == 404


def test_users_see_figures_for_users(discreet: Organisation) -> None:
    [number] = discreet.filed
    assert [one["audience"] for one in editions(discreet, "clerk")] == ["users"]
    assert asked(discreet, f"/2026-09?complaint={number}", "complainant", number).status == 200


def test_a_receipt_needs_its_complaint(discreet: Organisation) -> None:
    [number] = discreet.filed
    answer = asked(discreet, "/2026-09", "complainant", number)
    assert (answer.status, answer.pointer) == (422, "/query/complaint")


def test_people_of_another_organisation_are_no_users(london: Organisation, discreet: Organisation) -> None:
    path = f"{discreet.path}/figures/2026-09"
    assert discreet.world.call("GET", path, auth=london.auth("clerk")).status in (401, 403)
