"""The items of a complaint's signature: one with the encrypted signature and the band keys, and one for each band key.

They are no part of the record. The writer computes them from the filing, so they can be written again at any
time with the same result. The item with the signature comes last: if it is there, the others are.
"""

from __future__ import annotations

import base64

import msgspec

from chalicelib.casework.composing.erased import Erased, Leaver, commit_unless_erased
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.features.similar.signature import BANDS, Signature
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef, similar
from chalicelib.store.port import Entry, Key, Put, Remove, Store
from chalicelib.store.stored_form import Form

POSTING_KIND = "similar-band"
KIND = "similar-signature"


EDITION = 1
"""Of how texts become signatures. The job signs complaints again whose edition is lower."""


class Signed(msgspec.Struct, frozen=True, omit_defaults=True):
    """`bands`: the band keys. `sealed`: the encrypted values. `sentences`: keys of the text's sentences."""

    bands: list[str]
    sealed: str
    sentences: list[str] = []
    edition: int = 0


FORM = Form(KIND, Signed, version=2, keeps=False)


def key_of(ref: CaseRef) -> Key:
    """Of the item with the signature, to read it together with other items."""
    return similar.signature(ref.tenant, ref.number)


def newest_sharing(store: Store, tenant: str, band: int, key: str, most: int) -> list[str]:
    """The numbers of the newest complaints that have this band key."""
    first, last = similar.postings(key)
    page = store.query(similar.band(tenant, band), first=first, last=last, limit=most, newest_first=True)
    return [similar.posted_number(entry.key) for entry in page.entries]


def parse(entry: Entry) -> Signed | None:
    """None for a damaged one."""
    return next(FORM.read_each([entry]), None)


def opened(sealer: Sealer, ref: CaseRef, signed: Signed) -> bytes | None:
    """The signature; None if it was damaged."""
    try:
        return base64.b64decode(sealer.open(ref.tenant, ref.number, signed.sealed))
    except (CannotOpen, ValueError):
        return None


def is_current(entry: Entry | None) -> bool:
    """Whether this edition has written the item with the signature."""
    signed = None if entry is None else parse(entry)
    return signed is not None and signed.edition >= EDITION


def write(store: Store, sealer: Sealer, ref: CaseRef, signature: Signature, *, ended: bool) -> int:
    """Write what is missing. Returns the count, 0 if the values of the complaint are being erased.

    `ended`: whether the complaint may have ended when it was read, so
    that its values may be erased meanwhile. Then it takes a transaction. Otherwise a batch, which costs half as much:
    the erasure comes some time after the end, and no worker lives that long. If a part of the batch fails, the head is
    missing, so a repetition writes all again.
    """
    head = key_of(ref)
    earlier = store.get([head]).get(head)
    if is_current(earlier):
        return 0
    if earlier is not None:
        _remove(store, ref, earlier)
    postings = _postings_of(ref, signature.bands)
    sealed = sealer.seal(ref.tenant, ref.number, base64.b64encode(signature.values))
    signed = Signed(signature.bands, sealed, signature.sentences, EDITION)
    written = Put(FORM.entry(head, signed), if_absent=False, plain=True)
    if ended:
        together = [*(Put(one, if_absent=False) for one in postings), written]
        return len(together) if commit_unless_erased(store, ref, together) else 0
    store.put_each(postings)
    store.commit([written])
    return len(postings) + 1


def has(store: Store, sealer: Sealer, ref: CaseRef, signature: Signature) -> bool:
    """Whether all items of the signature are there and say the same. The encrypted one has other bytes each time."""
    head, postings = key_of(ref), _postings_of(ref, signature.bands)
    found = store.get([head, *(one.key for one in postings)])
    if head not in found or any(found.get(one.key) != one for one in postings):
        return False
    signed = parse(found[head])
    if signed is None or (signed.bands, signed.sentences) != (signature.bands, signature.sentences):
        return False
    return opened(sealer, ref, signed) == signature.values


def rewrite(store: Store, sealer: Sealer, ref: CaseRef, signature: Signature) -> None:
    """Write the items again. Without its head, a signature is written by the next run that misses it."""
    store.commit([Remove(key_of(ref))])
    write(store, sealer, ref, signature, ended=True)


def _erase(store: Store, ref: CaseRef) -> None:
    """Remove the complaint's items, those of its band keys first; of a damaged one, the band keys stay."""
    head = key_of(ref)
    entry = None if keys.is_unit(ref.number) else reads.find(store, head)
    if entry is not None:
        _remove(store, ref, entry)


def _remove(store: Store, ref: CaseRef, head: Entry) -> None:
    signed = parse(head)
    store.commit([Remove(key) for key in [*_postings(ref, [] if signed is None else signed.bands), head.key]])


def _postings_of(ref: CaseRef, bands: list[str]) -> list[Entry]:
    return [Entry(key=posting, kind=POSTING_KIND) for posting in _postings(ref, bands)]


def _postings(ref: CaseRef, bands: list[str]) -> list[Key]:
    return [similar.posting(ref.tenant, band, key, ref.number) for band, key in enumerate(bands)]


def _partitions(leaver: Leaver) -> list[str]:
    return [
        *(similar.signatures(leaver.tenant, month) for month in leaver.months),
        *(similar.band(leaver.tenant, band) for band in range(BANDS)),
        similar.stock(leaver.tenant).pk,
    ]


ERASED = Erased(
    organisation=_partitions,
    remove_of_record=_erase,
    values_of=lambda wiring, committed, _now: _erase(wiring.store, committed.ref),
)
