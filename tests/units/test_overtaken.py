"""An act on a unit that names an earlier version is told what has happened since."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.units.test_units import do, estate, judged, seen

__all__ = ["estate"]


def test_a_stale_version_is_told_what_happened_since(estate: Organisation) -> None:
    judged(estate)

    answer = do(estate, If_Match='"1"')

    record = estate.get("/units/north/record", "service_centre")["events"]
    assert answer.json["etag"] == seen(estate)["version"]
    assert len(record) > 1
    assert [(one["id"], one["actor"]) for one in answer.json["since"]] == [
        (one["id"], one["actor"]) for one in record[1:]
    ]


def test_a_version_that_a_unit_never_had_is_told_no_changes(estate: Organisation) -> None:
    judged(estate)

    assert "since" not in do(estate, If_Match='"99"').json
