"""Every cell of every report about a seeded half year equals a count of the exported records, and so do inspections.

By day the half years are short. At night 600 complaints are played, 300 in each organisation.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pytest

from chalicelib.kit.instants import from_instant
from tests.clauses.organisation import Organisation
from tests.exports.exported import exported
from tests.helpers.searches import at_night_unless
from tests.inspections.inspecting import produced
from tests.kernel.statistics.half_year.archive import Archive
from tests.kernel.statistics.half_year.playing import KINDS, NOW, HalfYear
from tests.kernel.statistics.half_year.recount import KNOWN, PERIODS, Cells, Recount, differences, keys_of
from tests.kernel.statistics.slow_count.every import SHARES, TIMES, asked_about
from tests.kernel.statistics.slow_count.slow_inspection import SlowInspection

FIRST, LAST = date(2026, 11, 23), date(2027, 5, 31)
TODAY = date(2027, 5, 22)
SEED = int(os.environ.get("HALF_YEAR_SEED", "11"))
SHORT, LONG = 8, 300
INSPECTED = ("2026-12", "2027-02", "2027-Q1", "2026")
RARE = {"missed", "extended", "reopened", "linked", "refused", "withdrawn", "parked", "switched", "transferred"}
RARE |= {"disputed", "decided", "closed", "task_done", "promised", "mediated", "recused", "classified", "approved"}
BY = (
    *(
        "policy",
        "channel",
        "category",
        "first_category",
        "severity",
        "unit",
        "stage",
        "tier",
        "role",
        "clock",
        "clause",
    ),
    *("duty", "event", "ground", "task", "answer", "field", "run_state", "cause", "age", *PERIODS),
)
KINDS_OF_CATEGORIES = {"inspectorate": ("category.product", "category.link"), "estate": ("category.urgency",)}
REPORTS = ("inflow", "results", "deadlines", "workload", "indicators")
halves = pytest.mark.parametrize(
    ("kind", "length"),
    [pytest.param(kind, one, marks=at_night_unless(one == SHORT)) for one in (SHORT, LONG) for kind in KINDS],
)


@dataclass
class Half:
    """`recount`: of the archive alone. `compared`: the cells that were compared, those of both sides."""

    office: Organisation
    archive: Archive
    recount: Recount
    compared: int = 0

    def report(self, name: str, by: Sequence[str]) -> dict[str, Cells]:
        """The cells by measure. A measure without any is empty."""
        asked = [("from", FIRST.isoformat()), ("to", LAST.isoformat()), *(("by", one) for one in by)]
        found = self.office.get(f"/reports/{name}?{urlencode(asked)}", "owner")
        cells: dict[str, Cells] = {one["name"]: {} for one in found["measures"]}
        for row in found["rows"]:
            for measure, value in row["values"].items():
                cells[measure][tuple(row["keys"][one] for one in by)] = value
        return cells

    def differences(self, name: str, by: Sequence[str]) -> list[str]:
        found = list[str]()
        for measure, stated in self.report(name, by).items():
            counted = self.recount.cells(measure, tuple(by), FIRST, LAST)
            self.compared += len(stated.keys() | counted.keys())
            for key, (one, other) in differences(stated, counted).items():
                found.append(f"{name} by {by}: {measure} {key}: states {one}, recorded {other}")
        return found

    def cases(self, address: str) -> list[str]:
        """The numbers behind a value, of all pages."""
        asked = address.removeprefix(self.office.path)
        page = self.office.get(asked, "owner")
        numbers = list(page["numbers"])
        while page["cursor"] is not None:
            page = self.office.get(f"{asked}&cursor={page['cursor']}", "owner")
            numbers += page["numbers"]
        return sorted(numbers)


@cache
def half(kind: str, length: int) -> Half:
    played = HalfYear(KINDS[kind], length, SEED)
    played.play()
    office = played.organisation
    office.tokens["owner"] = played.office.world.fakes.identity.token_of(office.emails["owner"])
    for period in INSPECTED:
        produced(office, period)
    with TemporaryDirectory() as folder:
        archive = Archive(exported(office, Path(folder)), TODAY)
    return Half(office, archive, Recount(archive.records, from_instant(NOW), TODAY))


def ways(kind: str, length: int) -> list[tuple[str, ...]]:
    """Nothing, each dimension, and at night each of them by month."""
    each = [*BY, *KINDS_OF_CATEGORIES[kind]]
    by_month = [(one, "month") for one in each if one not in PERIODS]
    return [(), *((one,) for one in each), *(by_month if length == LONG else [])]


@pytest.mark.slow
@halves
def test_every_cell_of_the_report_of_all_measures_is_that_of_the_archive(kind: str, length: int) -> None:
    found = half(kind, length)
    assert [line for by in ways(kind, length) for line in found.differences("all", by)] == []
    assert found.compared > 40 * length


@halves
@pytest.mark.parametrize("report", REPORTS)
def test_every_cell_of_a_report_is_that_of_the_archive(kind: str, length: int, report: str) -> None:
    found = half(kind, length)
    assert [line for by in ((), ("month",), ("unit",)) for line in found.differences(report, by)] == []


@pytest.mark.slow
@halves
def test_the_complaints_behind_a_value_are_those_of_the_archive(kind: str, length: int) -> None:
    """Of one row of each measure, by a dimension that is drawn: its address leads to them."""
    found, draw, wrong = half(kind, length), Random(SEED), []
    for measure, (of, _) in {**SHARES, **{name: (one, None) for name, one in TIMES.items()}}.items():
        by = draw.choice(ways(kind, SHORT))
        stated = found.report("all", by).get(measure, {})
        if not stated:
            continue
        key = draw.choice(sorted(stated))
        expected = {
            one.record[0]["id"].partition("/")[0]
            for one in found.archive.complaints
            for hit in asked_about(of(one), by)
            if FIRST <= hit.day <= LAST and keys_of(hit, by) == key
        }
        if found.cases(stated[key]["cases"]) != sorted(expected):
            wrong.append((measure, by, key))
    assert wrong == []


@halves
@pytest.mark.parametrize("period", INSPECTED)
def test_every_figure_of_an_inspection_is_that_of_the_archive(kind: str, length: int, period: str) -> None:
    found = half(kind, length)
    comparison = SlowInspection(found.archive.records, found.archive.inspections[f"{period}.1"])
    assert comparison.differences() == []
    assert comparison.compared > 30


@pytest.mark.nightly
def test_the_half_years_have_each_kind_of_life() -> None:
    records = [one.record for kind in KINDS for one in half(kind, LONG).archive.complaints]
    known = Counter(event["type"] for record in records for event in record)
    assert len(records) >= 2 * LONG - 10
    assert {name for name in RARE if known[name] < 5} == set()
    severities = [{event["result"]["severity"] for event in record} for record in records]
    assert sum(len(one) > 1 for one in severities) >= 5  # reclassified
    runs = [run for record in records for event in record for run in event["result"].get("clocks", [])]
    assert sum(run.get("state") == "paused" for run in runs) >= 5
    closings = [event for record in records for event in record if event["type"] == "closed"]
    assert any("follows" in event["fields"] for event in closings)


@halves
def test_the_reports_have_every_measure_that_is_recounted(kind: str, length: int) -> None:
    assert half(kind, length).report("all", ()).keys() == KNOWN


def test_a_changed_record_is_noticed() -> None:
    found = half("inspectorate", SHORT)
    records = found.archive.records
    fewer = Recount(records[1:], from_instant(NOW), TODAY)
    stated = found.report("inflow", ())["received"]
    assert differences(stated, fewer.cells("received", (), FIRST, LAST)) == {
        (): ({**stated[()]}, {"count": len(found.archive.complaints) - 1})
    }
