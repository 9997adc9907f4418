"""Notices in archives: with their complaint, and with their texts decrypted."""

from __future__ import annotations

import msgspec

from chalicelib.casework.archived import Archived, ArchiveObject
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.features.register import notice
from chalicelib.ports import Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Store
from chalicelib.store.stored_form import read_json


def _complaint(store: Store, sealer: Sealer, ref: CaseRef) -> ArchiveObject:
    """Most complaints have none, and then no such member."""
    found = [_notice(sealer, ref, entry) for entry in notice.of(store, ref.tenant, ref.number)]
    return {"notices": found} if found else {}


def _notice(sealer: Sealer, ref: CaseRef, entry: Entry) -> ArchiveObject:
    stored = read_json(entry)
    try:
        texts = notice.opened(sealer, ref.tenant, notice.parse(entry))
    except CannotOpen:
        return {**stored, "texts": None}
    return {**stored, "texts": msgspec.to_builtins(texts)}


ARCHIVED = Archived(complaint=_complaint)
