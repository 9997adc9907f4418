"""Figures are published on their day, once, and do not change."""

from __future__ import annotations

import copy

import pytest

from chalicelib.statistics import reading
from chalicelib.store import keys
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.figures.office import BEFORE, DAY, asked, council, editions, policy, published_council, sweep, table


@pytest.fixture(scope="module")
def london() -> Organisation:
    return published_council()


def test_the_figures_of_a_period_appear_on_the_tenth_day_after_it(london: Organisation) -> None:
    assert editions(london) == [
        {
            "period": "2026-09",
            "from": "2026-09-01",
            "to": "2026-09-30",
            "timezone": "Europe/London",
            "edition": 1,
            "published_on": "2026-10-10",
            "audience": "public",
            "corrects": None,
        }
    ]


def test_an_edition_has_totals_and_the_rate(london: Organisation) -> None:
    total = asked(london, "/2026-09").json["total"]
    assert total["values"] == {"received": 53, "met": 33, "missed": 20}
    assert total["met_rate"] == 0.623


def test_tables_count_by_category_and_week(london: Organisation) -> None:
    edition = asked(london, "/2026-09").json
    assert table(edition, "category.matter", "received") == {"damage": 30, "delay": 23, "": 0, "(other)": 0}
    assert table(edition, "category.matter", "missed") == {"damage": 10, "delay": 10, "": 0, "(other)": 0}
    assert table(edition, "week", "met") == {
        **dict.fromkeys(("2026-W36", "2026-W39", "2026-W40"), 0),
        "2026-W37": 15,
        "2026-W38": 18,
    }


def test_a_small_count_is_left_out_with_a_partner(london: Organisation) -> None:
    edition = asked(london, "/2026-09").json
    assert table(edition, "channel", "received") == {"desk": None, "phone": 12, "web": None, "(other)": 0}


def test_deadlines_are_left_out_where_they_would_tell_a_small_count(london: Organisation) -> None:
    """Each complaint has one deadline, so that those of a row, met or missed, are its complaints."""
    edition = asked(london, "/2026-09").json
    for measure in ("met", "missed"):
        assert set(table(edition, "channel", measure).values()) == {None}


def test_rates_need_thirty_deadlines(london: Organisation) -> None:
    tables = {one["by"]: one["rows"] for one in asked(london, "/2026-09").json["tables"]}
    rates = {row["key"]: row["met_rate"] for row in tables["category.matter"]}
    assert rates == {"damage": 0.667, "delay": None, "": None, "(other)": None}


def test_the_organisation_s_record_has_the_digest(london: Organisation) -> None:
    edition = asked(london, "/2026-09").json
    events = london.get("/record", "owner")["events"]
    found = [event["fields"] for event in events if event["type"] == "figures_published"]
    assert found == [{"period": "2026-09", "edition": 1, "sha256": edition["sha256"]}]


def test_later_events_change_no_published_figure(london: Organisation) -> None:
    before = asked(london, "/2026-09").json
    london.file(auth=london.auth("clerk"))
    sweep(london, "2026-10-20T12:00:00+01:00")
    assert asked(london, "/2026-09").json == before
    assert len(editions(london)) == 1


def test_without_figures_in_the_policy_nothing_is_published() -> None:
    quiet = council()
    document = policy()
    del document["publicity"]
    publish_policy(quiet, document)
    sweep(quiet, DAY)
    assert editions(quiet) == []


def test_a_policy_of_a_later_day_publishes_no_earlier_period() -> None:
    late = council(every="year")
    sweep(late, "2026-10-20T09:00:00+01:00")
    publish_policy(late, policy())
    sweep(late, "2026-10-20T12:00:00+01:00")
    assert editions(late) == []
    sweep(late, "2026-11-10T00:30:00+00:00")
    assert [one["period"] for one in editions(late)] == ["2026-10"]


def test_a_period_that_overlaps_a_published_one_is_not_published() -> None:
    found = council()
    sweep(found, DAY)
    publish_policy(found, policy(every="quarter"))
    sweep(found, "2027-01-10T00:30:00+00:00")
    sweep(found, "2027-04-10T00:30:00+01:00")
    assert [one["period"] for one in editions(found)] == ["2027-Q1", "2026-Q4", "2026-09"]
    publish_policy(found, policy(every="year"))
    sweep(found, "2028-01-10T00:30:00+00:00")
    assert editions(found)[0]["period"] == "2027-Q1"


def test_figures_wait_until_all_changes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = council()
    with monkeypatch.context() as patched:
        patched.setattr(reading, "MOST_PENDING", -1)
        sweep(found, "2026-10-10T00:01:00+01:00")
        assert editions(found) == []
    sweep(found, "2026-10-10T01:45:00+01:00")
    [edition] = editions(found)
    assert edition["published_on"] == "2026-10-10"


def test_an_empty_period_has_zeros() -> None:
    found = council()
    sweep(found, DAY)
    edition = asked(found, "/2026-09").json
    assert edition["total"]["values"] == {"received": 0, "met": 0, "missed": 0}
    assert set(table(edition, "channel", "received").values()) == {0}


def test_fewer_than_ten_complaints_show_nothing() -> None:
    found = council(shows=["received"])
    for _ in range(9):
        found.file(auth=found.auth("clerk"))
    sweep(found, DAY)
    edition = asked(found, "/2026-09").json
    assert edition["total"]["values"] == {"received": None}
    assert set(table(edition, "week", "received").values()) == {None}


def publish_policy(at: Organisation, document: dict[str, object]) -> None:
    body = {"policy": copy.deepcopy(document)}
    answer = at.world.call("POST", f"{at.path}/policy/publish", body, auth=at.auth("owner"))
    assert answer.status < 300, answer.text


def test_the_day_before_is_too_early() -> None:
    found = council()
    sweep(found, BEFORE)
    assert editions(found) == []


@pytest.mark.parametrize(("when", "published"), [("2026-11-08T12:00:00+00:00", 1), ("2026-11-09T12:00:00+00:00", 0)])
def test_a_late_hourly_job_publishes_for_thirty_days(when: str, published: int) -> None:
    found = council(every="quarter")
    assert isinstance(found.world, InProcess)
    found.world.jump_to(when)
    sweep(found)
    assert len(editions(found)) == published


def test_nothing_is_left_of_the_figures_of_an_organisation_that_leaves() -> None:
    found = council()
    sweep(found, DAY)
    world = found.world
    assert isinstance(world, InProcess)
    left = [one.key for one in world.fakes.store.everything() if one.key.pk == keys.figures_head(found.id).pk]
    assert len(left) == 2
    assert world.call("POST", f"{found.path}/leave", {"id": found.id}, auth=found.auth("owner")).status == 202
    world.move_to("2026-12-01T10:00:00+00:00")
    for _ in range(3):
        world.sweep()
    assert [one.key for one in world.fakes.store.everything() if one.key.pk == left[0].pk] == []
