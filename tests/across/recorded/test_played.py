"""The stories are played again: what comes of them is as recorded.

If one of them changed on purpose, record them again: `python -m tests.across.recorded.write`. The failure names the
place.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.across.recorded import export, files
from tests.across.recorded.names import Names, difference
from tests.across.recorded.write import EVENTS, PLAYED, as_played

OF_EACH = pytest.mark.parametrize("name", files.stories())


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = files.load(PLAYED)[name]
    return found


@OF_EACH
@pytest.mark.parametrize("part", ["version", "records", "anchors", "answers", "sent"])
def test_a_story_is_played_as_it_was(name: str, part: str) -> None:
    assert difference(recorded(name)[part], as_played(name)[part]) == ""


def test_an_export_is_made_as_it_was() -> None:
    assert difference(recorded(export.OF)["archive"], as_played(export.OF)["archive"]) == ""


def test_a_hundred_requests_are_answered() -> None:
    answers = [answer for name in files.stories() for answer in recorded(name)["answers"].values()]
    kinds = [answer["headers"].get("Content-Type", "").partition(";")[0] for answer in answers]

    assert len(answers) >= 100
    assert kinds.count("text/html") >= 12
    assert {"application/problem+json", "text/csv", "application/atom+xml", "text/calendar"} <= set(kinds)


def test_a_difference_names_its_place() -> None:
    old = files.load(EVENTS)["platform"]["records"]["202611-000001"]
    new = [*old[:2], {**old[2], "type": "x"}, *old[3:]]

    assert difference(old, new) == f'/2/type: was "{old[2]["type"]}", is "x"'
    assert difference(old, old[:-1]) == f": were {len(old)} items, are {len(old) - 1}"
    assert difference({"a": 1}, {"b": 1}) == "/a: is gone"
    assert difference(old, old) == ""


def test_names_keep_equal_values_equal() -> None:
    one, other = "0a" * 32, "1b" * 32
    names = Names({other: "known"})

    assert names.of([one, {"prev": one}, other]) == ["random-1", {"prev": "random-1"}, "known"]
    assert names.of({"sha256": one, "cursor": "x"}) == {"sha256": one, "cursor": "sealed"}
