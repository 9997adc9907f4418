"""Stock sentences: those that many otherwise different texts of an organisation have, such as a salutation.

Texts are not alike because they share one. The hourly job looks for them in the newest signatures, when the
organisation has got a tenth more complaints since it looked. The item has no text: encrypted keys and signatures of
sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice

import msgspec

from chalicelib.casework import numbers, private_values, snapshot
from chalicelib.casework.loading import parse_complaint
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.features.similar import index, signature, signing
from chalicelib.features.similar.index import Signed
from chalicelib.ports import Sealer
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef, similar
from chalicelib.store.port import Entry, Key, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "similar-stock"
NEWEST = 3_000
"""Numbers that are looked at."""
FEWEST = 100
"""Numbers from which on an organisation has stock sentences."""
SHARE = 0.01
"""A stock sentence is in more than this share of the texts …"""
LEAST_TEXTS = 5
"""… and in so many at least."""
MOST = 100
"""Stock sentences of an organisation: those of most texts."""


class Stock(msgspec.Struct, frozen=True):
    """`numbers`: how many the organisation had. `sealed`: the encrypted signatures of stock sentences, by key."""

    numbers: int
    sealed: str


FORM = Form(KIND, Stock, keeps=False)


class StockSentences(msgspec.Struct, frozen=True):
    """The signatures of an organisation's stock sentences, by their keys."""

    values: Mapping[str, bytes]

    def shared(self, one: Iterable[str], other: Iterable[str]) -> list[bytes]:
        """The signatures of those that two texts with these keys have in common."""
        return [self.values[key] for key in set(one).intersection(other) if key in self.values]


def opened(sealer: Sealer, tenant: str, entries: Mapping[Key, Entry]) -> StockSentences:
    """`entries`: with that of the key `keys.similar.stock`, if it exists. A damaged one has none."""
    stored = _parse(entries.get(similar.stock(tenant)))
    if stored is not None:
        with suppress(CannotOpen, msgspec.MsgspecError):
            plain = sealer.open(tenant, KIND, stored.sealed)
            return StockSentences(msgspec.json.decode(plain, type=dict[str, bytes]))
    return StockSentences({})


def _parse(entry: Entry | None) -> Stock | None:
    return None if entry is None else next(FORM.read_each([entry]), None)


def refresh(wiring: Wiring, tenant: str) -> None:
    """The caller binds the tenant."""
    key, months = similar.stock(tenant), numbers.months(wiring.store, tenant)
    total = sum(month.count for month in months)
    if total < FEWEST:
        return
    stored = _parse(reads.find(wiring.store, key))
    if stored is not None and total < 1.1 * stored.numbers:
        return
    newest = list(islice(numbers.newest(months), NEWEST))
    values = _values(wiring, tenant, of_texts(_signed(wiring.store, tenant, newest)))
    sealed = wiring.sealer.seal(tenant, KIND, msgspec.json.encode(values))
    wiring.store.commit([Put(FORM.entry(key, Stock(total, sealed)), if_absent=False, plain=True)])


def of_texts(texts: Mapping[str, list[str]]) -> dict[str, str]:
    """The stock sentences, with a text that has each. `texts`: the keys of their sentences, by number.

    Many people complain of one matter with the same words. Their sentences are not stock: texts with one of them have
    few sentences of their own.
    """
    holders: dict[str, list[str]] = defaultdict(list)
    for number, found in texts.items():
        for key in found:
            holders[key].append(number)
    many = {key for key, those in holders.items() if len(those) >= LEAST_TEXTS and len(those) > SHARE * len(texts)}
    stock = [key for key in holders if key in many and not _of_one_matter([texts[one] for one in holders[key]], many)]
    return {key: holders[key][0] for key in sorted(stock, key=lambda one: -len(holders[one]))[:MOST]}


def _of_one_matter(texts: list[list[str]], many: set[str]) -> bool:
    """Whether less than half of the other sentences of most of these texts are their own."""
    few = [2 * len(set(found) - many) < len(set(found)) - 1 or len(found) == 1 for found in texts]
    return 2 * sum(few) > len(few)


def _signed(store: Store, tenant: str, listed: list[str]) -> dict[str, list[str]]:
    wanted = {similar.signature(tenant, number): number for number in listed}
    entries = reads.read_all(store, list(wanted))
    signed: dict[str, Signed | None] = {wanted[key]: index.parse(entry) for key, entry in entries.items()}
    return {number: one.sentences for number, one in signed.items() if one is not None}


def _values(wiring: Wiring, tenant: str, holders: Mapping[str, str]) -> dict[str, bytes]:
    """The signatures of the sentences, from the text of one complaint each."""
    key, found = wiring.sealer.derive(tenant, signing.PURPOSE), dict[str, bytes]()
    for number in dict.fromkeys(holders.values()):
        ref = CaseRef(tenant, number)
        entries = wiring.store.get([snapshot.key(ref), *private_values.filing_keys(ref)])
        if snapshot.key(ref) in entries:
            case = parse_complaint(wiring.compiled, ref, entries)
            found |= signature.sentence_values(key, signing.text_of(wiring, ref, case, case.policy))
    return {one: values for one, values in found.items() if one in holders}
