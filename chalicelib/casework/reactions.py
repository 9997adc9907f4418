"""The reactions to committed events, which the rows of `composition` name.

The stream reconciliation relays an event again if one of them applies to it. Each is idempotent: it is run again after
a failure, late, and out of order.
"""

from __future__ import annotations

from functools import cache

from chalicelib import composition
from chalicelib.casework.committed_event import CommittedEvent, Reaction


@cache
def composed() -> tuple[Reaction, ...]:
    """In the order in which they are run."""
    return tuple(composition.loaded("reactions"))


def has_reaction(committed: CommittedEvent) -> bool:
    """Whether the event must be relayed. Most events have no reaction. The caller binds the tenant."""
    return any(reaction.applies(committed) for reaction in composed())
