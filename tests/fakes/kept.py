"""A copy of a deployment's stored state, so that several tests can start from the same state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from tests.fakes.wiring import Fakes
from tests.leaks import planted


class Kept:
    """The present content of the fakes. Caches of the process are not included."""

    def __init__(self, fakes: Fakes) -> None:
        """Requires empty queues and no objects in the evidence bucket."""
        queues = fakes.effects.waiting, fakes.hooks.waiting, fakes.due.waiting
        nothing = *queues, fakes.objects.stored, fakes.vault.written
        assert not any(nothing)
        self._store = _of_store(fakes.store)
        self._people = {email: replace(person) for email, person in fakes.identity.people.items()}
        self._mails = list(fakes.mailer.outbox), list(fakes.mailer.keys), list(fakes.mailer.tags)
        self._sent = fakes.effects.sent, fakes.hooks.sent, fakes.due.sent
        self._keys = _of_secrets(fakes.wiring.secrets)
        self._now = fakes.clock.now, fakes.real_clock.now

    def put_into(self, fakes: Fakes) -> None:
        """Personal data then counts as written by the current test."""
        for name, value in _of_store(self._store).items():
            setattr(fakes.store, name, value)
        for email, person in self._people.items():
            planted.plant_private("e-mail address", email)
            fakes.identity.people[email] = replace(person)
        fakes.mailer.outbox, fakes.mailer.keys, fakes.mailer.tags = map(list, self._mails)
        fakes.effects.sent, fakes.hooks.sent, fakes.due.sent = self._sent
        vars(fakes.wiring.secrets)["_keys"] = _of_secrets(self._keys)
        fakes.clock.now, fakes.real_clock.now = self._now


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
