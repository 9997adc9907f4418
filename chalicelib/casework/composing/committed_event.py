"""A committed event, as reactions decide on it, and the reactions, which rows of `composition` name.

Each is idempotent: it is run again after a failure, late, and out of order. The stream reconciliation relays an event
again if one of them applies to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from chalicelib import composition
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


class LookAgain(NamedTuple):
    """What `run` of a reaction returns if its event is to be relayed once more (`again`), after so many seconds."""

    seconds: int


class Reaction(NamedTuple):
    """`applies` reads nothing but the policy. The caller of both functions binds the tenant. `name`: for the log."""

    name: str
    applies: Callable[[CommittedEvent], bool]
    run: Callable[[Wiring, CommittedEvent, Instant], object]


@cache
def composed() -> tuple[Reaction, ...]:
    """In the order in which they are run."""
    return tuple(composition.loaded("reactions"))


def has_reaction(committed: CommittedEvent) -> bool:
    """Whether the event must be relayed. The caller binds the tenant.

    Each reaction is asked, also when another one has said so: one that needs a policy of a later release makes the
    event wait for that release. Raises `LaterRelease`.
    """
    applied = [reaction.applies(committed) for reaction in composed()]
    return any(applied)
