"""The erasure of work lists."""

from __future__ import annotations

from chalicelib.casework.erased import Erased, Leaver
from chalicelib.features.worklists import work_lists
from chalicelib.store import erasing, keys


def _lists(leaver: Leaver) -> list[str]:
    owners = (*leaver.roles, *map(keys.unit_list, leaver.units))
    return [keys.work_list(leaver.tenant, owner) for owner in owners]


ERASED = Erased(
    person=lambda tenant, sub: [keys.work_list(tenant, sub)],
    organisation=_lists,
    remove_of_record=lambda store, ref: erasing.remove(store, work_lists.written_rows(store, ref)),
)
