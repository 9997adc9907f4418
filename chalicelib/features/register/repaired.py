"""The repair of the look-ups of notices."""

from __future__ import annotations

from chalicelib.casework import derived
from chalicelib.casework.derived import Derived, Faults, Part, Replayed
from chalicelib.features.register import notice


def _notices(record: Replayed) -> Faults:
    found = notice.of(record.store, *record.ref)
    lookups = [notice.lookup_of(record.ref.tenant, notice.parse(one)) for one in found if one.kind == notice.KIND]
    return derived.compared(record.store, map(Derived, lookups))


PART = Part("notices", _notices, lookups=("notice",))
