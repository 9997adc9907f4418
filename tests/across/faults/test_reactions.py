"""The table of reactions: a row is all that the effects worker and the stream reconciliation need."""

from __future__ import annotations

import pytest

from chalicelib.casework.composing import committed_event
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.wiring import Wiring
from chalicelib.workers.reactions import run_reactions
from tests.across.faults.office import Office
from tests.across.faults.test_lost import walk


class Counting:
    """A reaction to events of one type."""

    def __init__(self, of_type: str) -> None:
        self.of_type = of_type
        self.ran: list[str] = []

    def applies(self, committed: CommittedEvent) -> bool:
        return committed.event.type == self.of_type

    def run(self, _wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
        self.ran.append(committed.event.id)


@pytest.fixture
def to_classified(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """One more row, for an event that has no other reaction."""
    counting = Counting("classified")
    rows = (*committed_event.composed(), Reaction("count", counting.applies, counting.run))
    monkeypatch.setattr(committed_event, "composed", lambda: rows)
    return counting


def classified(office: Office) -> tuple[str, int]:
    """A complaint and the number of its `classified` event."""
    number = str(office.file(office.request("file")).body["number"])
    office.act(number, "agent", "classify", severity="major", sign="media")
    return number, next(one["seq"] for one in office.record(number) if one["type"] == "classified")


def test_a_row_makes_the_worker_run_the_reaction_for_its_events_only(office: Office, to_classified: Counting) -> None:
    number, seq = classified(office)

    for one in office.record(number):
        run_reactions(office.wiring, RelayedEvent(office.id, number, one["seq"]))

    assert [event.partition("/")[2] for event in to_classified.ran] == [str(seq)]


def test_a_row_makes_the_reconciliation_relay_its_events(office: Office, to_classified: Counting) -> None:
    classified(office)
    office.world.forget()

    walk(office, office.world.now() + 2 * HOUR)

    assert len(to_classified.ran) == 1


def test_without_a_row_the_reconciliation_does_not_relay_the_event(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committed_event, "composed", tuple)
    classified(office)
    office.world.forget()

    assert walk(office, office.world.now() + 2 * HOUR) == 0


def test_the_reconciliation_relays_the_events_to_which_the_worker_reacts(office: Office) -> None:
    """Every other event of the complaint would be a message of the queue without effect."""
    number, _ = classified(office)
    office.act(number, "agent", "note", text="客户下午再来电。")
    seqs = [one["seq"] for one in office.record(number)]
    reacting = [seq for seq in seqs if changes_anything(office, RelayedEvent(office.id, number, seq))]
    office.world.forget()

    assert 0 < len(reacting) < len(seqs)
    assert walk(office, office.world.now() + 2 * HOUR) == len(reacting)


def changes_anything(office: Office, relayed: RelayedEvent) -> bool:
    """Whether the first delivery of the event writes an item."""
    before = len(office.store.stream_after(0))
    run_reactions(office.wiring, relayed)
    return len(office.store.stream_after(0)) > before
