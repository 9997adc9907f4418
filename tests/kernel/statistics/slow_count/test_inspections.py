"""Every figure of an inspection equals a slow count of the records."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.inspections import produce
from chalicelib.policy.worktime.periods import parse
from chalicelib.statistics.measures.deadlines import HEADLINE
from tests.helpers.nonempty import nonempty
from tests.kernel.statistics.played import BY_DAY, NOW, PLAYED, played, played_records
from tests.kernel.statistics.slow_count.slow_inspection import SlowInspection


def inspected(preset: str, name: str) -> dict[str, Any]:
    office = played(preset)
    with binding.tenant(office.tenant):
        production = produce.prepare(office.wiring, office.tenant, parse(name), NOW, produce.Producer("system", SYSTEM))
    period = {"from": production.period.first.isoformat(), "to": production.period.last.isoformat()}
    return {"period": period, "reports": msgspec.to_builtins(production.figures.reports)}


@pytest.mark.parametrize("name", ["2026-11", "2026-12", "2026-Q4", "2026"])
@pytest.mark.parametrize("preset", PLAYED)
def test_every_figure_equals_the_slow_count(preset: str, name: str) -> None:
    comparison = SlowInspection(played_records(preset), inspected(preset, name))
    assert comparison.differences() == []
    assert comparison.compared > 30


@pytest.mark.parametrize("preset", PLAYED)
def test_the_headline_of_each_duty_equals_the_slow_count(preset: str) -> None:
    found = inspected(preset, "2026")
    headline = headlines(found)
    shown = {**found, "reports": [{"name": "headline", "tables": headline}]}
    comparison = SlowInspection(played_records(preset), shown)
    assert comparison.differences() == []
    by_duty, by_cause = headline
    assert by_duty["measures"] == [*HEADLINE, "cancelled"]
    assert by_cause["measures"] == ["cancelled"]
    assert comparison.compared >= len(HEADLINE)


@pytest.mark.parametrize("preset", PLAYED)
def test_the_office_is_the_first_row_and_the_parts_are_the_whole(preset: str) -> None:
    by_duty, by_cause = headlines(inspected(preset, "2026"))
    assert by_duty["rows"][0]["key"] == "office"
    for row in nonempty(by_duty["rows"]):
        parts = [row["figures"][name] for name in HEADLINE if name in row["figures"]]
        assert {one["denominator"] for one in parts} <= {sum(one["numerator"] for one in parts)}
    cancelled = by_duty["rows"][0]["figures"].get("cancelled", {"count": 0})
    assert sum(row["figures"]["cancelled"]["count"] for row in by_cause["rows"]) == cancelled["count"]


def test_the_duties_of_others_have_rows_of_their_own() -> None:
    keys = {row["key"] for preset in BY_DAY for row in headlines(inspected(preset, "2026"))[0]["rows"]}
    assert keys >= {"office", "complainant", "respondent"}


def headlines(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The tables by duty and by cause."""
    (deadlines,) = (one["tables"] for one in found["reports"] if one["name"] == "deadlines")
    return [one for one in deadlines if one["by"] in ("duty", "cause")]


def test_the_comparison_notices_any_changed_figure() -> None:
    found = inspected(BY_DAY[0], "2026-11")
    changed = list[str]()
    for report in found["reports"]:
        for table in report["tables"]:
            for row in table["rows"][:1]:
                name, figure = next(iter(row["figures"].items()))
                figure["count" if "count" in figure else "numerator"] += 1
                changed.append(f"{report['name']} by {table['by']}: {name} [{row['key']}]")
    lines = SlowInspection(played_records(BY_DAY[0]), found).differences()
    assert [line.partition(": states")[0] for line in lines] == changed != []
