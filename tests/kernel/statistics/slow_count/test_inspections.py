"""Every figure of an inspection equals a slow count of the records."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.inspections import produce
from chalicelib.policy.worktime.periods import parse
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
