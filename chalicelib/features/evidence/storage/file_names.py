"""The names of files: private values of the events with which the files were declared or arrived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from chalicelib.casework import private_values
from chalicelib.casework.private_values import Private
from chalicelib.ports import Sealer
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store

if TYPE_CHECKING:
    from chalicelib.features.evidence.evidence_queries import VisibleEvidence


def names_in(private: Private, found: Iterable[VisibleEvidence]) -> dict[str, str]:
    """By id, the names of the files that the caller may read. `private`: the private values of the record."""
    names = {}
    for one in found:
        for value in private.get(one.evidence.named_by, ()):
            if "name" in value.values and (value.holder in one.classes or one.caller.gave(one.evidence)):
                names[one.evidence.id] = str(value.values["name"])
    return names


def stored_names(store: Store, sealer: Sealer, ref: CaseRef, found: Sequence[VisibleEvidence]) -> dict[str, str]:
    """As `names_in`, in one read. The event of a name has no other private value."""
    keys = {private_values.key(ref, one.evidence.named_by, 0): one.evidence.named_by for one in found}
    entries = reads.read_all(store, list(keys)) if keys else {}
    opened = {keys[key]: private_values.try_open(sealer, ref, entry) for key, entry in entries.items()}
    return names_in({seq: [value] for seq, value in opened.items() if value is not None}, found)
