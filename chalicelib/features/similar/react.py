"""Reaction to a filing: it writes the signature by which similar complaints find this one."""

from __future__ import annotations

from chalicelib.casework import private_values
from chalicelib.casework.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import load
from chalicelib.features.similar import signing, texts
from chalicelib.kit.instants import Instant
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """Whether the event files a complaint whose policy asks for a text about it."""
    return committed.event.type == "registered" and bool(texts.fact_names(committed.policy))


def note(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> int:
    """Returns how many items were written: none for a short text, or if the plan leaves similar complaints out.

    The caller binds the tenant. Raises `Problem`: `complaint-unknown` for an erased complaint.
    """
    ref = committed.ref
    case = load(wiring.store, wiring.compiled, ref, [organisation.key(ref.tenant), *private_values.filing_keys(ref)])
    if not organisation.among(case.entries, ref.tenant).limits.similar:
        return 0
    return signing.sign(wiring, ref, case, committed.policy)


REACTION = Reaction("similar complaints", applies, note)
