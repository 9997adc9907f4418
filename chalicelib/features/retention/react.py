"""The reaction to `values_erased`, which erases. The record says so first, and the queue repeats what failed."""

from __future__ import annotations

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.kit.instants import Instant
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """True if the retention of the complaint has ended."""
    return committed.event.type == "values_erased"


def _erase(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    from chalicelib.features.retention import erase  # few events

    erase.erase_values(known_policies.any_version(wiring), committed, now)


REACTION = Reaction("retention", applies, _erase)
