"""The repair of the marks of judgements that have counted in a unit's points."""

from __future__ import annotations

from functools import partial

from chalicelib.casework.composing import derived
from chalicelib.casework.composing.derived import Derived, DerivedPart, Faults, Replayed
from chalicelib.features.units import score_unit
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry


def _scores(record: Replayed) -> Faults:
    """The judgement that counted last, of each complaint against this unit."""
    last = {event.fields["complaint"]: event.fields["cause"] for event in record.events if event.type == "scored"}
    wanted = (
        Derived(score_unit.mark(record.ref.tenant, complaint, cause), partial(_counts_later, record, complaint, cause))
        for complaint, cause in last.items()
    )
    return derived.compared(record.store, wanted)


def _counts_later(record: Replayed, complaint: str, cause: str, stored: Entry) -> bool:
    """True if a later judgement of the complaint changed nothing, because the points were over."""
    ids = [event.id for event in event_log.read(record.store, CaseRef(record.ref.tenant, complaint).pk)]
    return cause in ids and stored.body in ids[ids.index(cause) :]


PART = DerivedPart("scores", _scores, lookups=("scored",))
