"""A committed event, as reactions decide on it, and a reaction. Rows of `composition` name the reactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from chalicelib.complaints.envelope import Event
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.keys import InCase
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


class CommittedEvent(InCase, frozen=True):
    """`number`: of a complaint, or of a unit (`U#<unit>`). `entries` holds the tenant's webhooks, if it has any."""

    event: Event
    entries: Mapping[Key, Entry]
    load_policy: Callable[[], Policy]
    again: bool = False
    """True if the reactions have probably been run before. Then it is cheaper to look first than to try to write."""

    @property
    def policy(self) -> Policy:
        """The policy version of the event, read on first use: most reactions need none."""
        return self.load_policy()

    @property
    def is_of_unit(self) -> bool:
        return keys.is_unit(self.number)


class Reaction(NamedTuple):
    """`applies` reads nothing but the policy. The caller of both functions binds the tenant. `name`: for the log."""

    name: str
    applies: Callable[[CommittedEvent], bool]
    run: Callable[[Wiring, CommittedEvent, Instant], object]
