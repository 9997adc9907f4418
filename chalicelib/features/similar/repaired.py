"""The repair of signatures."""

from __future__ import annotations

from functools import partial

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.composing.derived import DerivedFault, DerivedPart, Faults, Replayed
from chalicelib.features.similar import index, signing
from chalicelib.limits import plans
from chalicelib.store import keys


def _similar(record: Replayed) -> Faults:
    """The encrypted signature has other bytes each time. What it says is compared."""
    wiring, ref = record.wiring, record.ref
    filing = record.committed(0)
    if keys.is_unit(ref.number) or not signing.applies(filing) or not _plan(record).similar:
        return
    private = wiring.store.get(private_values.filing_keys(ref))
    signed = signing.signature_of(wiring, ref, msgspec.structs.replace(record.case, entries=private), filing.policy)
    if signed is not None and not index.has(wiring.store, wiring.sealer, ref, signed):
        yield DerivedFault(index.KIND, "signature", partial(index.rewrite, wiring.store, wiring.sealer, ref, signed))


def _plan(record: Replayed) -> plans.Plan:
    record.wiring.states.state(record.ref.tenant)
    return plans.of(record.wiring.states.plan(record.ref.tenant))


PART = DerivedPart(
    "similar complaints",
    _similar,
    kinds=(index.KIND, index.POSTING_KIND),
    lookups=("signatures", "similar"),
    late=True,
)
