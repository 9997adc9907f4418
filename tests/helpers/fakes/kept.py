"""A copy of a deployment's stored state, so that several tests can start from the same state."""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from copy import copy
from dataclasses import replace
from typing import Any

from chalicelib.kit.instants import Instant
from tests.across.leaks import planted
from tests.helpers.fakes.objects import FakeObjects
from tests.helpers.fakes.wiring import Fakes


class Kept:
    """The present content of the fakes. Caches of the process are not included."""

    def __init__(self, fakes: Fakes) -> None:
        """Requires that the fakes are at rest."""
        assert self.at_rest(fakes)
        self._store = _of_store(fakes.store)
        self._people = {email: replace(person) for email, person in fakes.identity.people.items()}
        self._mails = list(fakes.mailer.outbox), list(fakes.mailer.keys), list(fakes.mailer.tags)
        self._keys = _of_secrets(fakes.wiring.secrets)
        self._now = fakes.clock.now, fakes.real_clock.now
        self._others = [_state(other) for other in _others(fakes)]

    @property
    def time(self) -> Instant:
        """The domain time."""
        return self._now[0]

    @staticmethod
    def at_rest(fakes: Fakes) -> bool:
        """Whether no queue has a message, and no fault is planned."""
        if fakes.store.before or fakes.store.after:
            return False
        return not any(queue.waiting or queue.dead for queue in (fakes.effects, fakes.hooks, fakes.due))

    @staticmethod
    def marks(fakes: Fakes) -> object:
        """Numbers that change whenever the state does. They count what is never taken back."""
        objects, people = fakes.objects, fakes.identity.people.values()
        return (
            len(fakes.store.stream),
            len(fakes.mailer.outbox),
            sum(map(len, vars(fakes.wiring.secrets)["_keys"].values())),
            len(people) + sum(person.signed_in for person in people),
            (fakes.clock.now, fakes.real_clock.now),
            fakes.effects.calls + fakes.hooks.calls + fakes.due.calls + fakes.poster.tried,
            len(objects.tickets) + len(objects.forms) + len(objects.links) + objects.full_reads,
        )

    def put_into(self, fakes: Fakes) -> None:
        """Personal data then counts as written by the current test."""
        for name, value in _of_store(self._store).items():
            setattr(fakes.store, name, value)
        for email, person in self._people.items():
            planted.plant_private("e-mail address", email)
            fakes.identity.people[email] = replace(person)
        fakes.mailer.outbox, fakes.mailer.keys, fakes.mailer.tags = map(list, self._mails)
        vars(fakes.wiring.secrets)["_keys"] = _of_secrets(self._keys)
        fakes.clock.now, fakes.real_clock.now = self._now
        for other, kept in zip(_others(fakes), self._others, strict=True):
            vars(other).update(_copied(kept))


def _of_store(store: Any) -> dict[str, Any]:
    """Entries are immutable, so stores can share them."""
    found = store if isinstance(store, dict) else vars(store)
    partitions = {name: list(places) for name, places in found["_partitions"].items()}
    return {
        "_entries": dict(found["_entries"]),
        "_partitions": defaultdict(list, partitions),
        "calls": list(found["calls"]),
        "stream": list(found["stream"]),
    }


def _of_secrets(secrets: Any) -> dict[str, Any]:
    found = secrets if isinstance(secrets, dict) else vars(secrets)["_keys"]
    return {purpose: list(keys) for purpose, keys in found.items()}


def _others(fakes: Fakes) -> list[Any]:
    """The fakes whose state is plain values, counters, and collections of immutable values."""
    return [fakes.objects, fakes.poster, fakes.effects, fakes.hooks, fakes.due, fakes.vault, fakes.search]


def _state(fake: Any) -> dict[str, Any]:
    """Without the functions that a test may set, and without another fake that this one uses."""
    values = vars(fake).items()
    return {name: _copied(one) for name, one in values if not callable(one) and not isinstance(one, FakeObjects)}


def _copied(value: Any) -> Any:
    """Collections are copied at every depth. A counter goes on from its present number in both."""
    kind = type(value)
    if kind is dict:
        return {key: _copied(one) for key, one in value.items()}
    if kind in _COLLECTIONS:
        return kind(map(_copied, value))
    return copy(value) if kind is itertools.count else value


_COLLECTIONS = frozenset({list, set, deque})
