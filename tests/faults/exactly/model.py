"""The model: the same acts one after another, with a perfect sweep whenever something is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.access import binding
from chalicelib.deadlines.wake_complaint import wake
from chalicelib.instants import Instant, from_text
from chalicelib.messages.relay.relay import RelayedEvent
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.workers import reactions
from tests.fakes.clock import MovableClock
from tests.fakes.mailer import FakeMailer
from tests.fakes.queue import FakeQueue
from tests.faults.exactly import facts
from tests.faults.exactly.commands import Asked, perform
from tests.faults.exactly.facts import Facts
from tests.faults.exactly.kiosk import START, TENANT, new_wiring, opened, set_next_number


class Step(NamedTuple):
    """An act on the complaint: its time, and the publication time of the version it knew, if any."""

    asked: Asked
    at: Instant
    knew: Instant | None


def run(number: str, steps: Sequence[Step], until: Instant, *, tells: bool) -> Facts:
    """`tells`: includes the results of effects."""
    model = _Model(number)
    for step in steps:
        model.take(step)
    model.pass_time(until)
    return model.told(tells)


class _Model:
    def __init__(self, number: str) -> None:
        self.number = number
        self.store = opened().store.copy()
        self.clock = MovableClock(START)
        self.mailer = FakeMailer()
        self.wiring = new_wiring(self.store, self.clock, due=FakeQueue(), effects=FakeQueue(), mailer=self.mailer)
        self.published = False

    def take(self, step: Step) -> None:
        self.pass_time(step.at)
        if step.knew is not None and not self.published:
            self.published = True
            perform(self.wiring, Asked(key="publish", kind="publish", who="owner"), step.knew)
        if step.asked.kind == "file":
            set_next_number(self.store, self.number)
        perform(self.wiring, step.asked, step.at)

    def pass_time(self, until: Instant) -> None:
        with binding.tenant(TENANT):
            while (wakes := self._wakes()) is not None and wakes <= until:
                wake(self.wiring, CaseRef(TENANT, self.number), wakes)
        self.clock.move_to(max(self.clock.now, until))

    def _wakes(self) -> Instant | None:
        found = self.store._entries.get(keys.snapshot(keys.complaint(TENANT, self.number)))
        return None if found is None or found.due is None else from_text(found.due.sk.partition("#")[0])

    def told(self, tells: bool) -> Facts:
        snapshot = self.store._entries[keys.snapshot(keys.complaint(TENANT, self.number))]
        for seq in range(1, (snapshot.seq or 0) + 1 if tells else 1):
            relayed = RelayedEvent(TENANT, self.number, seq)
            reactions.run_reactions(self.wiring, relayed)
        return facts.of_all(self.store.everything(), self.mailer.keys if tells else None)[self.number]
