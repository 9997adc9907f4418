"""`GET …/analysis`: number, frequency, rank and trend, by category, unit or what people found."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.clauses.offices import helpdesk
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

WEEK = "from=2026-11-23&to=2026-11-29"
"""The week before it has the same length."""


@pytest.fixture(scope="module")
def desk() -> Organisation:
    """One complaint in the week before; in the week six about products and two about service."""
    found = sign_up(InProcess("2026-11-18T09:00:00+08:00"), "customer-service")
    found.file(category={"kind": "product_quality"})
    found.world.move_to("2026-11-24T09:00:00+08:00")
    for kind in ["product_quality"] * 6 + ["after_sales"] * 2:
        found.file(category={"kind": kind})
    return found


def asked(at: Organisation, query: str, who: str = "manager", **headers: str) -> Answer:
    path = f"{at.path}/analysis?{query}"
    return at.world.call("GET", path, auth=at.auth(who), headers=headers or None)


def analysed(at: Organisation, query: str, who: str = "manager") -> dict[str, Any]:
    answer = asked(at, query, who)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_p8_3_categories_are_ranked_with_number_frequency_and_cumulative_share(desk: Organisation) -> None:
    found = analysed(desk, f"by=category.kind&{WEEK}")

    wanted = ("value", "number", "per_week", "per_100", "share", "cumulative", "before")
    assert [tuple(row[name] for name in wanted) for row in found["rows"]] == [
        ("product_quality", 6, 6.0, 75.0, 0.75, 0.75, 1),
        ("after_sales", 2, 2.0, 25.0, 0.25, 1.0, 0),
    ]
    assert found["rows"][0]["label"] == {"zh": "产品质量问题", "en": "Product quality"}


def test_p8_3_the_period_before_has_the_same_length(desk: Organisation) -> None:
    found = analysed(desk, f"by=category.kind&{WEEK}")

    assert (found["before_from"], found["before_to"]) == ("2026-11-16", "2026-11-22")
    assert (found["received"], found["received_before"]) == (8, 1)


def test_p8_9_the_trend_has_its_uncertainty(desk: Organisation) -> None:
    """Six after one is no proof of a trend: 95 % of the time, chance explains it."""
    more, new = analysed(desk, f"by=category.kind&{WEEK}")["rows"]

    assert (more["ratio"], more["trend"]) == (6.0, "unclear")
    assert more["low"] == pytest.approx(0.728, abs=0.002)
    assert more["high"] == pytest.approx(275.9, abs=1)
    assert (new["ratio"], new["high"]) == (None, None)


def test_p8_9_a_clear_increase_is_called_one(desk: Organisation) -> None:
    found = analysed(desk, "by=unit&from=2026-11-24&to=2026-11-24")

    [row] = found["rows"]
    assert (row["value"], row["number"], row["before"], row["trend"]) == ("", 8, 0, "up")


def test_the_complaints_behind_a_number_are_listed(desk: Organisation) -> None:
    [_, row] = analysed(desk, f"by=category.kind&{WEEK}")["rows"]

    listed = desk.world.call("GET", row["cases"], auth=desk.auth("manager")).json["numbers"]

    assert len(listed) == 2


def lines(desk: Organisation, query: str, language: str = "zh") -> list[dict[str, str]]:
    answer = asked(desk, f"by=category.kind&{WEEK}{query}", Accept="text/csv", **{"Accept-Language": language})
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_table_has_one_value_in_a_row_with_labels_beside_codes(desk: Organisation) -> None:
    rows = [row for row in lines(desk, "") if row["category.kind"] == "product_quality"]
    assert {(row["category.kind_label"], row["from"], row["before_to"]) for row in rows} == {
        ("产品质量问题", "2026-11-23", "2026-11-22")
    }
    assert rows[0]["fresh_until"].endswith("+08:00")
    found = {row["figure"]: row["value"] for row in rows}
    assert (found["count"], found["per_week_count"], found["share_percent"]) == ("6", "6", "75")
    assert (rows[-1]["figure_label"], rows[-1]["value"], rows[-1]["value_label"]) == ("趋势", "unclear", "无明显变化")


def test_a_wide_table_has_the_same_values_in_columns(desk: Organisation) -> None:
    wide = {row["category.kind"]: row for row in lines(desk, "&layout=wide", "en")}
    long = lines(desk, "", "en")
    assert len(long) > 10
    assert [row for row in long if wide[row["category.kind"]][row["figure"]] != row["value"]] == []
    assert wide["after_sales"]["trend_label"] == next(row["value_label"] for row in long if row["figure"] == "trend")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("by=category.none", "/query/by"),
        ("by=answer.findings", "/query/by"),
        ("by=kind", "/query/by"),
        ("by=unit&from=2026-11-30&to=2026-11-29", "/query/to"),
        ("by=unit&from=2026-02-30", "/query/from"),
        ("by=unit&from=2020-01-01&to=2026-01-01", "/query/to"),
    ],
)
def test_a_bad_question_is_refused_with_its_place(desk: Organisation, query: str, pointer: str) -> None:
    answer = asked(desk, query)

    assert (answer.status, answer.pointer) == (422, pointer)


def test_an_analysis_without_a_dimension_is_by_unit(desk: Organisation) -> None:
    assert analysed(desk, WEEK) == analysed(desk, f"by=unit&{WEEK}")


def test_p8_9_causes_are_ranked_as_they_were_found() -> None:
    desk = helpdesk.helpdesk_in(InProcess("2026-11-24T09:00:00+08:00"))
    for cause in ("supplier", "supplier", "staff"):
        number = helpdesk.assigned(desk)
        desk.act(number, "after_sales", "inspect", **{**helpdesk.FOUND, "cause": cause})

    rows = analysed(desk, f"by=answer.cause&{WEEK}")["rows"]

    assert [(row["value"], row["number"], row["cumulative"]) for row in rows] == [
        ("supplier", 2, 0.6667),
        ("staff", 1, 1.0),
    ]
    listed = desk.world.call("GET", rows[1]["cases"], auth=desk.auth("manager")).json["numbers"]
    assert listed == [list(desk.filed)[2]]


def test_a_member_of_one_unit_analyses_its_complaints_only() -> None:
    estate = estate_in(InProcess("2026-11-24T09:00:00+08:00"))
    for unit in ("north", "south"):
        body = {"id": unit, "name": f"{unit}区"}
        assert estate.world.call("POST", f"{estate.path}/units", body, auth=estate.auth("owner")).status == 201
        estate.file(unit=unit)
    hire(estate, "management_office", name="northerner", unit="north")

    rows = analysed(estate, f"by=unit&{WEEK}", "northerner")["rows"]

    assert [(row["value"], row["label"]["zh"], row["number"]) for row in rows] == [("north", "north区", 1)]
