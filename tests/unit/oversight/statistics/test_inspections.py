"""Every figure of an inspection equals a slow count of the records."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.oversight.inspection import produce
from chalicelib.oversight.inspection.period import parse
from tests.unit.oversight.statistics.played import NOW, PLAYED, played, records
from tests.unit.oversight.statistics.slow_inspection import SlowInspection


def inspected(preset: str, name: str) -> dict[str, Any]:
    office = played(preset)
    with binding.tenant(office.tenant):
        production = produce.prepare(office.wiring, office.tenant, parse(name), NOW, produce.Producer("system", SYSTEM))
    period = {"from": production.period.first.isoformat(), "to": production.period.last.isoformat()}
    return {"period": period, "reports": msgspec.to_builtins(production.figures.reports)}


@pytest.mark.parametrize("name", ["2026-11", "2026-12", "2026-Q4", "2026"])
@pytest.mark.parametrize("preset", PLAYED)
def test_every_figure_equals_the_slow_count(preset: str, name: str) -> None:
    comparison = SlowInspection(records(played(preset)), inspected(preset, name))
    assert comparison.differences() == []
    assert comparison.compared > 40


def test_the_comparison_notices_any_changed_figure() -> None:
    found = inspected("corporate-standard", "2026-11")
    slows = records(played("corporate-standard"))
    for report, table in [(r, t) for r, one in enumerate(found["reports"]) for t in range(len(one["tables"]))]:
        changed = copy.deepcopy(found)
        rows = changed["reports"][report]["tables"][table]["rows"]
        if rows:
            name, figure = next(iter(rows[0]["figures"].items()))
            figure["count" if "count" in figure else "numerator"] += 1
            [line] = SlowInspection(slows, changed).differences()
            assert f": {name} [" in line
