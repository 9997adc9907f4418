"""Reports as CSV: one value in a row or a wide table, with units, labels and the organisation's times."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

PERIOD = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(scope="module")
def company() -> Organisation:
    """Two complaints by phone and one by letter, all by the same person."""
    found = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    found.file(channel="phone", category={"matter": "product_quality"})
    found.file(channel="letter", category={"matter": "product_quality"})
    found.file(channel="phone", category={"matter": "service_quality"})
    return found


def written(company: Organisation, query: str, language: str = "zh", report: str = "all") -> str:
    headers = {"Accept": "text/csv", "Accept-Language": language}
    path = f"{company.path}/reports/{report}?{query}"
    answer = company.world.call("GET", path, auth=company.auth("owner"), headers=headers)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return answer.text


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("language", "labels"), [("zh", ("书面", "收到")), ("en", ("Letter", "Received"))])
def test_a_row_has_one_value_with_labels_beside_codes(
    company: Organisation, language: str, labels: tuple[str, str]
) -> None:
    letter, phone = lines(written(company, f"measure=received&by=channel&{PERIOD}", language))
    assert (letter["channel"], letter["measure"], letter["figure"], letter["value"]) == (
        *("letter", "received", "count", "1"),
    )
    assert (letter["channel_label"], letter["measure_label"]) == labels
    assert phone["value"] == "2"


def test_a_wide_table_has_a_column_for_each_value(company: Organisation) -> None:
    text = written(company, f"measure=received&measure=repeat_complainants&by=channel&layout=wide&{PERIOD}")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[4:] == [
        *("channel", "channel_label", "received_count"),
        *(f"repeat_complainants_{name}" for name in ("numerator_count", "denominator_count", "share_percent")),
    ]
    assert [row[4:7] for row in rows] == [["letter", "书面", "1"], ["phone", "电话", "2"]]


def test_both_layouts_have_the_same_values(company: Organisation) -> None:
    query = f"by=channel&{PERIOD}"
    found = lines(written(company, query))
    long = {(row["channel"], f"{row['measure']}_{row['figure']}"): row["value"] for row in found}
    wide = {
        (row["channel"], name): value
        for row in lines(written(company, f"{query}&layout=wide"))
        for name, value in row.items()
        if value and not name.startswith(("channel", "from", "to", "period_ended", "fresh_until"))
    }
    assert long == wide
    assert len(long) > 10


def test_names_of_columns_have_their_units(company: Organisation) -> None:
    head, *_ = csv.reader(io.StringIO(written(company, f"layout=wide&{PERIOD}")))
    assert {"lateness_median_working_minutes", "met_share_percent", "sum_of_hours_sum_hours"} <= {*head}


def test_times_are_in_the_zone_of_the_organisation(company: Organisation) -> None:
    [row] = lines(written(company, f"measure=received&{PERIOD}"))
    assert row["fresh_until"] == "2026-11-23T09:00:00+08:00"


def test_a_share_is_a_percentage(company: Organisation) -> None:
    found = {row["figure"]: row["value"] for row in lines(written(company, f"measure=repeat_complainants&{PERIOD}"))}
    assert (found["denominator_count"], found["share_percent"]) == ("3", "66.67")


def test_an_unknown_layout_is_refused(company: Organisation) -> None:
    path = f"{company.path}/reports/all?measure=received&layout=tall&{PERIOD}"
    assert company.world.call("GET", path, auth=company.auth("owner")).status == 400
