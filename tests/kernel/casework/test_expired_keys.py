"""An idempotency key counts for a day. Then another request may have it, also while its record is still stored."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY
from tests.across.faults.office import Office, opened


@pytest.fixture
def office() -> Office:
    return opened()


def test_a_filing_with_a_key_of_the_day_before_is_a_new_one(office: Office) -> None:
    request = office.request("file")
    first = office.file(request)
    assert office.file(request).body["number"] == first.body["number"]
    office.world.fakes.real_clock.advance(DAY)
    later = office.file(request)
    assert (later.replayed, len({first.body["number"], later.body["number"]})) == (False, 2)
    assert office.file(request).body["number"] == later.body["number"]


def test_an_act_with_a_key_of_the_day_before_is_a_new_one(office: Office) -> None:
    number, request = str(office.file(office.request("file")).body["number"]), office.request("act")
    for times in (1, 2):
        assert not office.act(number, "agent", "note", request, text="Called back").replayed
        assert office.act(number, "agent", "note", request, text="Called back").replayed
        assert office.types(number).count("noted") == times
        office.world.fakes.real_clock.advance(DAY)
