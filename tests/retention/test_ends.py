"""When a complaint has ended, for `retention`: its closing, or a stage that is an end."""

from __future__ import annotations

import pytest

from chalicelib.complaints.applying.erasing import ended_at
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading.parsing import parse
from tests.clauses.offices.bureau import decided
from tests.clauses.organisation import Organisation
from tests.retention.office import bureau, erased, later

__all__ = ["bureau"]


@pytest.mark.parametrize(
    ("stage", "since", "seen", "ended"),
    [
        ("closed", 5, {"closed": 5}, 5),
        ("archived", 9, {"closed": 5, "archived": 9}, 5),
        ("archived", 9, {"archived": 9}, 9),
        ("re_examining", 9, {"reopened": 9}, None),
        ("re_examining", 9, {"closed": 5}, None),
        ("closed", 3, {"closed": 5}, 5),
        ("registered", 0, {}, None),
    ],
)
def test_the_time_begins_at_the_end(
    stage: str, since: Instant, seen: dict[str, Instant], ended: Instant | None
) -> None:
    times = {event: at * DAY for event, at in seen.items()}
    complaint = Complaint(number="1", head="", policy="1", calendar="", stage=stage, since=since * DAY, seen=times)
    policy = compile_policy(parse(presets.document("platform")), "1")

    assert ended_at(policy, complaint) == (None if ended is None else ended * DAY)


def test_a_stage_with_nothing_but_a_late_rating_is_an_end() -> None:
    policy = compile_policy(parse(presets.document("government-service-centre")), "1")
    complaint = Complaint(number="1", head="", policy="1", calendar="", stage="archived", since=9 * DAY, seen={})

    assert ended_at(policy, complaint) == 9 * DAY


def test_nothing_is_owed_or_caused_by_time_afterwards(bureau: Organisation) -> None:
    """The bureau should have archived it, and its clock was missed."""
    number = decided(bureau)
    later(bureau, "2026-09-20T09:00:00+08:00")
    assert bureau.events(number, type_="closed")
    later(bureau, "2026-11-01T09:00:00+08:00")
    [event] = erased(bureau, number)
    count = len(bureau.events(number))

    later(bureau, "2027-01-30T09:00:00+08:00")

    assert len(bureau.events(number)) == count
    assert bureau.complaint(number)["next"] is None
    assert [one["state"] for one in event["result"]["clocks"]] == ["missed"]


def test_a_stage_in_which_only_a_late_rating_is_left_is_an_end() -> None:
    complaint = Complaint(number="1", head="", policy="1", calendar="", stage="archived", since=9 * DAY)
    policy = compile_policy(parse(presets.document("government-service-centre")), "1")

    assert "rate" in policy.document.stages["archived"].acts
    assert ended_at(policy, complaint) == 9 * DAY
