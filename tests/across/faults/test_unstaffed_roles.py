"""A role without members and a throttled table: the metric and the owners' notice are still produced."""

from __future__ import annotations

from contextlib import suppress

import pytest

from chalicelib.access import binding
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import DAY
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Unavailable
from chalicelib.workers import reactions
from tests.across.faults.mails import deliveries
from tests.across.faults.office import Breaks, Office


@pytest.fixture
def unwatched(office: Office) -> Office:
    """An organisation without a team lead, the role of the second tier."""
    path = f"{office.organisation.path}/people/{office.organisation.subs['team_lead']}"
    assert office.world.call("DELETE", path, auth=office.organisation.auth("owner")).status == 204
    return office


def missed(office: Office) -> RelayedEvent:
    """A notice to the second tier that is not delivered yet."""
    number = str(office.file(office.request("file")).body["number"])
    with binding.tenant(office.id):
        wake(office.wiring, CaseRef(office.id, number), office.world.now() + 10 * DAY)
    seqs = [one["seq"] for one in office.record(number) if one["fields"].get("to") == ["team_lead"]]
    return RelayedEvent(office.id, number, seqs[0])


def owners_told(office: Office, relayed: RelayedEvent) -> int:
    found = [one for one in deliveries(office, "in_app") if (one.number, one.seq) == (relayed.number, relayed.seq)]
    return sum(one.about == "tier_vacant" for one in found)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_throttling_at_any_call_loses_neither_the_metric_nor_the_notice(
    unwatched: Office, after: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    at = 0
    while True:
        at += 1
        relayed = missed(unwatched)
        capsys.readouterr()
        with Breaks(unwatched.store, at, after) as breaks, suppress(Unavailable):
            reactions.run_reactions(unwatched.wiring, relayed)
        reactions.run_reactions(unwatched.wiring, relayed)

        assert ('"TierVacant":[1.0]' in capsys.readouterr().out, owners_told(unwatched, relayed)) == (True, 1), at
        if breaks.calls < at:
            break
    assert at > 7


def test_a_repeat_is_not_counted_again(unwatched: Office, capsys: pytest.CaptureFixture[str]) -> None:
    relayed = missed(unwatched)
    reactions.run_reactions(unwatched.wiring, relayed)

    reactions.run_reactions(unwatched.wiring, relayed)

    assert capsys.readouterr().out.count('"TierVacant":[1.0]') == 1
