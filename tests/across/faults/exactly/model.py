"""The model: the same acts one after another, with a perfect sweep whenever something is due.

Many programs begin alike. So the model's states are kept, and most are computed once per process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from chalicelib.access import binding
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import Instant, from_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry
from chalicelib.wiring import Wiring
from chalicelib.workers import reactions
from tests.across.faults.exactly import facts
from tests.across.faults.exactly.commands import Asked, perform
from tests.across.faults.exactly.facts import Facts
from tests.across.faults.exactly.kiosk import TENANT, new_wiring, opened, set_next_number
from tests.across.faults.exactly.stores import SearchedStore
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.mailer import FakeMailer
from tests.helpers.fakes.queue import FakeQueue

MOST = 5_000
"""States that are kept: by day all, 15 KB each."""
_PUBLISH = Asked(key="publish", kind="publish", who="owner")


class Step(NamedTuple):
    """An act on the complaint: its time, and the publication time of the version it knew, if any."""

    asked: Asked
    at: Instant
    knew: Instant | None


@dataclass(frozen=True, eq=False)
class _State:
    """The complaint's state. It does not change. `acts`: how many were taken."""

    number: str
    store: SearchedStore
    acts: int = 0
    published: bool = False

    @property
    def snapshot(self) -> Entry | None:
        return self.store._entries.get(keys.snapshot(keys.complaint(TENANT, self.number)))

    @property
    def wakes(self) -> Instant | None:
        found = self.snapshot
        return None if found is None or found.due is None else from_text(found.due.sk.partition("#")[0])


def run(number: str, steps: Sequence[Step], until: Instant, *, tells: bool) -> Facts:
    """`tells`: includes the results of effects."""
    state = _first(number)
    for step in steps:
        state = _after(_at(state, step.at), step._replace(asked=_own(step.asked, state)))
    return _facts(_at(state, until), until if tells else None)


@cache
def _first(number: str) -> _State:
    return _State(number, opened().store)


def _own(asked: Asked, state: _State) -> Asked:
    """With a key for its place, since programs use different keys for the same acts. A receipt depends on its key."""
    return asked if asked.kind == "file" else replace(asked, key=f"{state.acts}")


@lru_cache(MOST)
def _after(state: _State, step: Step) -> _State:
    store = state.store.copy()
    wiring = _wiring(store, step.at)
    if step.knew is not None and not state.published:
        perform(wiring, _PUBLISH, step.knew)
    if step.asked.kind == "file":
        set_next_number(store, state.number)
    perform(wiring, step.asked, step.at)
    return replace(state, store=store, acts=state.acts + 1, published=state.published or step.knew is not None)


def _at(state: _State, until: Instant) -> _State:
    while (wakes := state.wakes) is not None and wakes <= until:
        state = _woken(state, wakes)
    return state


@lru_cache(MOST)
def _woken(state: _State, wakes: Instant) -> _State:
    store = state.store.copy()
    with binding.tenant(TENANT):
        wake(_wiring(store, wakes), CaseRef(TENANT, state.number), wakes)
    return replace(state, store=store)


@lru_cache(MOST)
def _facts(state: _State, told: Instant | None) -> Facts:
    """`told`: the time at which effects are delivered. If it is None, they are left out."""
    store, mailer = state.store.copy(), FakeMailer()
    assert state.snapshot is not None
    if told is not None:
        wiring = _wiring(store, told, mailer=mailer)
        for seq in range(1, (state.snapshot.seq or 0) + 1):
            reactions.run_reactions(wiring, RelayedEvent(TENANT, state.number, seq))
    return facts.of_all(store.everything(), None if told is None else mailer.keys)[state.number]


def _wiring(store: SearchedStore, now: Instant, **others: Any) -> Wiring:
    return new_wiring(store, MovableClock(now), due=FakeQueue(), effects=FakeQueue(), **others)
