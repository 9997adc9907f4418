"""The repair of work lists."""

from __future__ import annotations

from functools import partial

from chalicelib.casework.derived import Fault, Faults, Part, Replayed
from chalicelib.features.worklists import work_lists


def _work_lists(record: Replayed) -> Faults:
    store, compiled, ref = record.store, record.wiring.compiled, record.ref
    if not work_lists.are_current(store, ref.tenant, record.case):
        yield Fault(work_lists.KIND, "rows", partial(work_lists.rewrite, store, compiled, ref))


PART = Part("work lists", _work_lists, kinds=(work_lists.KIND,), lookups=(work_lists.LOOKUP,), late=True)
