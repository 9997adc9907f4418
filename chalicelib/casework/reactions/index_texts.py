"""Reaction: puts the texts of a complaint on the list for the index of the search."""

from __future__ import annotations

from chalicelib.casework.reactions.committed_event import CommittedEvent
from chalicelib.casework.searching import entitlement, pending, texts
from chalicelib.casework.searching.blind_tokens import Tokens
from chalicelib.store import keys
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.wiring import Wiring


def index_texts(wiring: Wiring, committed: CommittedEvent) -> None:
    """Computed from the record as it is now, so that repeated and late runs have the same result.

    The caller binds the tenant. Raises `CommitConflict` if other runs were faster in each of several tries.
    """
    if entitlement.has_search(wiring, committed.tenant):
        retry_on_conflict(lambda: _attempt(wiring, committed))


def _attempt(wiring: Wiring, committed: CommittedEvent) -> None:
    key = keys.pending_text(committed.tenant, committed.number)
    found = wiring.store.get([key]).get(key)
    if found is not None and (found.version or 0) >= committed.event.seq:
        return
    tokens = Tokens(wiring.sealer, committed.tenant)
    posting = texts.posting_of(wiring.store, wiring.sealer, wiring.compiled, committed.ref, tokens)
    write = pending.write(wiring.sealer, committed.ref, posting, found)
    if write is not None:
        wiring.store.commit([write])
