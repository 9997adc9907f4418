"""No count from 1 to 9 can be computed from the figures together with the published notices.

The reader knows the rule by which cells are left out, and that each row has as many complaints as notices at least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
import yaml

from chalicelib.features.figures.beside_notices import protected
from chalicelib.features.figures.tables import MeasureCounts, is_small, shown
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.figures.office import DAY, START, asked, policy, sweep, table
from tests.figures.test_protection import FEWEST, Cells, tables_of
from tests.helpers.nonempty import nonempty

FILED = {"phone": (12, 0), "desk": (3, 2), "web": (14, 13)}
"""Complaints by channel, and how many of them are closed."""
Seen = tuple[int | None, tuple[int | None, ...]]


def published(cells: Cells, noticed: Cells) -> Seen:
    """The total and the rows of one table beside notices."""
    counts = {"received": MeasureCounts(sum(cells), {"channel": cells})}
    found = protected(counts, shown(counts), {"channel": noticed})["received"]
    return found.total, tuple(found.tables["channel"])


def noticed_of(cells: Cells) -> Iterator[Cells]:
    """Notices of none, some and all complaints of each row."""
    yield from product(*({0, min(count, 2), count // 2, max(count - 1, 0), count} for count in cells))


def few_values(total: int, rows: int) -> Iterator[tuple[Cells, Seen, int, list[int]]]:
    """The rows of which the reader has few values left, one of them small."""
    every = [*tables_of(total, rows)]
    for noticed in nonempty(sorted({one for cells in every for one in noticed_of(cells)})):
        alike: dict[Seen, list[Cells]] = defaultdict(list)
        for cells in every:
            if all(map(int.__ge__, cells, noticed)):
                alike[published(cells, noticed)].append(cells)
        for seen, tables in alike.items():
            for at, cell in enumerate(seen[1]):
                values = {cells[at] for cells in tables}
                if cell is None and seen[0] is not None and len(values) < FEWEST and any(map(is_small, values)):
                    yield noticed, seen, at, sorted(values)


@pytest.mark.parametrize(("rows", "first", "last"), [(2, 10, 30), (3, 10, 15)])
def test_a_reader_of_figures_and_notices_learns_no_small_count(rows: int, first: int, last: int) -> None:
    assert [one for total in nonempty(range(first, last)) for one in few_values(total, rows)] == []


@pytest.mark.parametrize("noticed", [(0, 0, 0), (2, 10, 20)])
def test_few_notices_of_a_row_leave_its_table(noticed: Cells) -> None:
    assert published((5, 20, 30), noticed) == (55, (None, None, 30))


def test_a_table_is_left_out_with_rows_that_notices_tell() -> None:
    """The rows that are left out have 23 complaints, and 21 of them have a notice."""
    assert published((3, 20, 30), (2, 19, 0)) == (53, (None, None, None))


@pytest.mark.parametrize("noticed", [(7, 0, 0), (7, 20, 28)])
def test_the_total_is_left_out_too_if_nearly_all_of_a_small_row_have_a_notice(noticed: Cells) -> None:
    assert published((7, 20, 30), noticed) == (None, (None, None, None))


def test_a_measure_without_notices_stays_as_it_is() -> None:
    counts = {"met": MeasureCounts(57, {"channel": (7, 20, 30)})}

    assert protected(counts, shown(counts), {"channel": (7, 20, 30)}) == shown(counts)


def office(shows: list[str], filings: Mapping[str, tuple[int, int]] = FILED, *figures: str) -> Organisation:
    """It publishes the result of each complaint, with these fields. `figures`: besides the complaints received."""
    document: dict[str, Any] = policy(shows=["received", *figures])
    document["publicity"]["results"] = {"on": "closed", "shows": shows}
    found = sign_up_with(InProcess(START), yaml.safe_dump(document, sort_keys=False))
    answer = found.world.operate("PUT", f"/tenants/{found.id}/plan", {"plan": "large"})
    assert answer.status == 200, answer.text
    for channel, (filed, closed) in filings.items():
        for at in range(filed):
            number = found.file(channel=channel, category={"matter": "damage"}, auth=found.auth("clerk"))
            if at < closed:
                found.act(number, "clerk", "close")
    found.world.settle()
    assert len(found.world.call("GET", f"{found.path}/notices").json["notices"]) > 0
    sweep(found, DAY)
    return found


def by_channel(shows: list[str]) -> dict[str, int | None]:
    edition = asked(office(shows), "/2026-09").json
    assert edition["total"]["values"]["received"] == 29
    return table(edition, "channel", "received")


def test_results_that_name_the_channel_keep_the_small_one_from_the_figures() -> None:
    assert set(by_channel(["category", "channel", "registered_on"]).values()) == {None}


def test_results_that_do_not_name_the_channel_change_nothing() -> None:
    assert by_channel(["category", "registered_on"]) == {"phone": 12, "desk": None, "web": None, "(other)": 0}


def test_no_headline_tells_the_total_that_the_notices_keep_back() -> None:
    """Each complaint has one deadline, so the deadlines as first promised add up to the complaints."""
    filed = {"phone": (20, 20), "desk": (7, 7), "web": (14, 14)}
    beside = asked(office(["channel"], filed, "met", "missed"), "/2026-09").json
    alone = asked(office(["category"], filed, "met", "missed"), "/2026-09").json

    assert (beside["total"]["values"]["received"], "headline" in beside) == (None, False)
    assert (alone["total"]["values"]["received"], "headline" in alone) == (41, True)
