"""The search's reaction to events that give or change texts. `index_texts` does the work."""

from __future__ import annotations

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.composing.erased import Erased
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """The index has texts and the unit."""
    event = committed.event
    return not committed.is_of_unit and (event.type in INDEXED_EVENTS or "unit" in event.result)


def _index(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    from chalicelib.features.search import index_texts  # a cold start does not need the index

    index_texts.index_texts(wiring, committed, now)


def _forget(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    from chalicelib.features.search import index_texts

    index_texts.index_erased(wiring, committed)


REACTION = Reaction("search", applies, _index)
ERASED = Erased(values_of=_forget)
