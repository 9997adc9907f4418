"""Pending texts: what complaints add to the index until the next merge. Each is one small encrypted item."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice

import msgspec

from chalicelib.crypto import derived_keys
from chalicelib.crypto.derived_keys import Altered
from chalicelib.features.search.index import blind_tokens, manifest
from chalicelib.features.search.index.manifest import StoredManifest
from chalicelib.ports import Sealer
from chalicelib.ports.search_index import IndexRow, Posting
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Update, Write
from chalicelib.store.sizes import MAX_WRITES
from chalicelib.store.stored_form import Form

KIND = "search-pending"
DAMAGED_KIND = "search-damaged"
PURPOSE = "search index"
"""Of the derived key that encrypts pending texts and segments."""
PER_COMMIT = MAX_WRITES - 1
"""Items of one transaction: each is a write beside that of the manifest."""
MOST = 2_000
"""Pending texts that one search reads. With more, its answer says that it is incomplete."""


class _StoredPosting(msgspec.Struct, frozen=True, array_like=True):
    row: IndexRow
    tokens: bytes


FORM = Form(KIND, str)


class Waiting(msgspec.Struct, frozen=True):
    """One reading of the index's items."""

    stored: StoredManifest
    texts: Mapping[str, Entry]
    """By complaint number, the newest first."""
    damaged: list[Key]
    """Marks of segments that a search could not read."""
    cut: bool = False
    """True if there are more texts than `MOST`."""

    def removed_marks(self) -> list[Write]:
        return [Remove(mark) for mark in self.damaged]


def read(store: Store, tenant: str) -> Waiting:
    """Reads the partition from its end, so that the newest texts are among those read."""
    pk = keys.search_items(tenant)
    texts = keys.PENDING_TEXTS
    newest = partial(store.query, pk, first=texts.first, last=texts.last, limit=MOST, newest_first=True)
    found = list(islice(reads.entries(newest), MOST))
    others = [*reads.items(store, pk, keys.KeyRange("", keys.search_manifest(tenant).sk))]
    head = next((one for one in others if one.key == keys.search_manifest(tenant)), None)
    return Waiting(
        manifest.parse(head),
        {keys.pending_number(one.key): one for one in found},
        [one.key for one in others if keys.is_damaged_segment(one.key)],
        len(found) == MOST,
    )


def find(store: Store, ref: CaseRef) -> Entry | None:
    return reads.find(store, keys.pending_text(ref.tenant, ref.number))


def removed(texts: Sequence[Entry]) -> list[Write]:
    """The removal of texts, on condition that they are as they were read."""
    return [Remove(entry.key, entry.version) for entry in texts]


def forget(store: Store, tenant: str, waiting: Waiting) -> None:
    """Removes what one transaction takes, and the manifest with the last of it."""
    every = [*(entry.key for entry in waiting.texts.values()), *waiting.damaged]
    last = [waiting.stored.removal(tenant)] if len(every) <= PER_COMMIT else []
    store.commit([*(Remove(key) for key in every[:PER_COMMIT]), *last])


def posting_in(sealer: Sealer, tenant: str, entry: Entry) -> Posting:
    """Raises `Altered`."""
    number = keys.pending_number(entry.key)
    try:
        raw = base64.b64decode(entry.body)
        plain = derived_keys.decrypt(sealer.derive(tenant, PURPOSE), number, raw)
    except ValueError as error:  # too short to be encrypted
        raise Altered from error
    stored = msgspec.msgpack.decode(plain, type=_StoredPosting)
    return Posting(stored.row, blind_tokens.unpacked(stored.tokens))


def write(sealer: Sealer, ref: CaseRef, posting: Posting, found: Entry | None) -> Put | Update | None:
    """The write of a posting beside one that may be pending; None if that is not older."""
    version = posting.row.version
    if found is not None and (found.version or 0) >= version:
        return None
    entry = _entry(sealer, ref, posting, version)
    return Put(entry, plain=True) if found is None else Update(entry, found.version or 0, plain=True)


def write_over(sealer: Sealer, ref: CaseRef, posting: Posting, found: Entry | None) -> Put:
    """The write of a posting in place of any other, in a version that no reader of an earlier one takes for its own."""
    version = max(posting.row.version, 0 if found is None else found.version or 0) + 1
    return Put(_entry(sealer, ref, posting, version), if_absent=False, plain=True)


def _entry(sealer: Sealer, ref: CaseRef, posting: Posting, version: int) -> Entry:
    plain = msgspec.msgpack.encode(_StoredPosting(posting.row, blind_tokens.packed(posting.tokens)))
    raw = derived_keys.encrypt(sealer.derive(ref.tenant, PURPOSE), ref.number, plain)
    text = base64.b64encode(raw).decode()
    return FORM.entry(keys.pending_text(ref.tenant, ref.number), text, version=version)


def mark_damaged(store: Store, tenant: str, block: str) -> None:
    """Tells the hourly job, which starts the rebuild."""
    entry = Entry(key=keys.damaged_segment(tenant, block), kind=DAMAGED_KIND, body="{}")
    store.commit([Put(entry, if_absent=False, plain=True)])
