"""The reaction to `values_erased`, which erases. The record says so first, and the queue repeats what failed."""

from __future__ import annotations

from chalicelib.casework.composing.committed_event import CommittedEvent, LookAgain, Reaction
from chalicelib.casework.composing.erased import is_marked
from chalicelib.kit.instants import Instant
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

_REQUESTS_END = 300
"""Seconds after which no request is left that has read the values before the mark: the gateway waits for 30."""


def applies(committed: CommittedEvent) -> bool:
    """True if the retention of the complaint has ended."""
    return committed.event.type == "values_erased"


def _erase(wiring: Wiring, committed: CommittedEvent, now: Instant) -> LookAgain | None:
    """Looks again for what a process has put into the bucket that has read the values before, and has died since."""
    from chalicelib.features.retention import erase  # few events

    known = known_policies.any_version(wiring)
    is_first = not committed.again or not is_marked(known.store, committed.ref)
    erase.erase_values(known, committed, now)
    return LookAgain(_REQUESTS_END) if is_first else None


REACTION = Reaction("retention", applies, _erase)
