"""The store fails before or after each call. The same request with the same idempotency key has exactly one effect."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.workers import hourly
from tests.across.faults.office import Breaks, Office

AFTER = pytest.mark.parametrize("after", [False, True], ids=["before", "after"])


@AFTER
@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_repeat_of_a_failed_filing_files_once(office: Office, call: int, after: bool) -> None:
    request = office.request("file")
    with Breaks(office.store, call, after), pytest.raises(Unavailable):
        office.file(request)

    answer = office.file(request)

    assert office.numbers() == [answer.body["number"]]
    assert office.file(request).body == answer.body


@AFTER
@pytest.mark.parametrize("call", [1, 2])
def test_a_repeat_of_a_failed_act_acts_once(office: Office, call: int, after: bool) -> None:
    number = office.file(office.request("file")).body["number"]
    request = office.request("act")
    fields = {"agent_team": "一", "agent_number": "7"}
    with Breaks(office.store, call, after), pytest.raises(Unavailable):
        office.act(number, "agent", "accept", request, **fields)

    answer = office.act(number, "agent", "accept", request, **fields)

    assert answer.body["stage"] == "recorded"
    assert office.types(number).count("accepted") == 1


def test_an_unused_number_of_a_failed_filing_is_explained_within_two_hours(office: Office) -> None:
    office.file(office.request("file"))
    with Breaks(office.store, 3, after=False), pytest.raises(Unavailable):
        office.file(office.request("file"))
    office.file(office.request("file"))

    explained = [hourly.run(office.wiring, office.id, office.world.now() + n * HOUR) for n in (1, 2, 3)]

    assert explained == [0, 1, 0]
    assert sorted(office.numbers()) == ["202611-000001", "202611-000003"]


def test_once_all_numbers_are_explained_the_hourly_job_leaves_its_progress_as_it_is(office: Office) -> None:
    office.file(office.request("file"))
    progress = keys.job(office.id, "numbers-202611")

    def version_after(hours: int) -> int | None:
        hourly.run(office.wiring, office.id, office.world.now() + hours * HOUR)
        with binding.tenant(office.id):
            return office.store.get([progress])[progress].version

    seen, checked, idle = (version_after(hours) for hours in (1, 2, 3))
    office.file(office.request("file"))

    assert (seen, checked, idle) == (1, 2, 2)
    assert version_after(4) == 3
