"""Private values beside events, encrypted, and opened for readers who may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import msgspec

from chalicelib.complaints.envelope import Event, PrivateValue
from chalicelib.complaints.fields import class_of, pointer
from chalicelib.complaints.state import Complaint
from chalicelib.crypto.sealing import CannotOpen
from chalicelib.kit import observability
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.ports import Sealer
from chalicelib.store import event_log, keys, reads
from chalicelib.store.event_log import StoredRecord
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Store
from chalicelib.store.stored_form import Form

KIND = "private"
FORM = Form(KIND, str)
"""Encrypted: a `PrivateValue`."""
CLASSES = 4
"""complainant, content, internal, respondent: an event has at most one private item of each confidentiality class, in
this order."""
Private = Mapping[int, list[PrivateValue]]
"""The private values of a record, by the number of the event that gave them."""
_USUAL = 2
"""Classes of a filing under nearly every policy: complainant and content."""


class Record(msgspec.Struct, frozen=True):
    """A record as it was read.

    By event number: `private`, the values that can be decrypted, and `damaged`, the count of those that cannot.
    """

    events: list[Event]
    private: Private
    damaged: Counter[int]
    stored: StoredRecord


class MaskPlace(msgspec.Struct, frozen=True):
    """A mask in a shown text. `at`: the index of its first character."""

    seq: int
    path: tuple[str, ...]
    at: int


class MaskedPlace(msgspec.Struct, frozen=True):
    """A mask in this response. `pointer` (RFC 6901) leads to the text; `at` is the index of the mask in it."""

    pointer: str
    at: int


class ShownValues(msgspec.Struct, frozen=True):
    """The private values of a record as one reader may read them, and where the masks are."""

    private: Private
    places: list[MaskPlace] = []

    def of(self, seq: int) -> list[PrivateValue]:
        return self.private.get(seq, [])

    def pointers(self, roots: Mapping[int, tuple[str, ...]]) -> list[MaskedPlace]:
        """The masks in a response that has the values of event `seq` under the keys `roots[seq]`."""
        shown = ((roots[one.seq], one) for one in self.places if one.seq in roots)
        return [MaskedPlace(pointer(*root, *one.path), one.at) for root, one in shown]


def put(sealer: Sealer, ref: CaseRef, seq: int, position: int, value: PrivateValue) -> Put:
    """The write of a new event's value. `position`: its place among the event's values."""
    sealed = sealer.seal(ref.tenant, ref.number, msgspec.json.encode(value))
    return Put(FORM.entry(keys.private(ref.pk, seq, position), sealed))


def open_value(sealer: Sealer, ref: CaseRef, entry: Entry) -> PrivateValue:
    """Raises `CannotOpen`, or a decoding error for a damaged value."""
    return msgspec.json.decode(sealer.open(ref.tenant, ref.number, entry.body), type=PrivateValue)


def try_open(sealer: Sealer, ref: CaseRef, entry: Entry) -> PrivateValue | None:
    """None for a damaged value, which is logged: the rest of the complaint must stay readable."""
    try:
        return open_value(sealer, ref, entry)
    except (CannotOpen, msgspec.DecodeError, UnicodeDecodeError) as error:
        observability.error("A private value does not open", tenant=ref.tenant, error=observability.frames(error))
        return None


def keys_of_event(ref: CaseRef, seq: int) -> list[Key]:
    """The possible keys of an event's private items. Most events have fewer items."""
    return [key(ref, seq, position) for position in range(CLASSES)]


def key(ref: CaseRef, seq: int, position: int) -> Key:
    return keys.private(keys.complaint(ref.tenant, ref.number), seq, position)


def filing_keys(ref: CaseRef) -> list[Key]:
    """The keys of the private items that nearly every filing has. `further_filing_keys` has the others.

    DynamoDB counts each key that is read, also an absent one.
    """
    return keys_of_event(ref, 1)[:_USUAL]


def further_filing_keys(ref: CaseRef, policy: Policy, complaint: Complaint) -> list[Key]:
    """The keys of the filing's other private items that can exist: none if the policy's facts are of two classes.

    A complaint that was switched was filed under another version. One that arrived earlier has further fields.
    """
    facts = policy.document.intake.facts
    classes = {"content", *(class_of(name, fact) for name, fact in facts.items())}
    is_usual = len(classes) <= _USUAL and "switched" not in complaint.seen and not complaint.arrived_earlier
    return [] if is_usual else keys_of_event(ref, 1)[_USUAL:]


def complainant_key(ref: CaseRef) -> Key:
    """The key of the filing's values of class `complainant`, if it has any: it is the first in the order of classes."""
    return keys_of_event(ref, 1)[0]


def read_record(store: Store, sealer: Sealer, ref: CaseRef, *, evidence: bool = False) -> Record:
    """The record of a complaint or a unit, in one query. With `evidence`, also its evidence."""
    return opened(sealer, ref, event_log.read_record(store, ref.pk, reads.PAGE_SIZE, evidence=evidence))


def opened(sealer: Sealer, ref: CaseRef, stored: StoredRecord) -> Record:
    private: dict[int, list[PrivateValue]] = {}
    damaged: Counter[int] = Counter()
    for entry in stored.private_values:
        seq, _ = keys.private_place(entry.key)
        value = try_open(sealer, ref, entry)
        private.setdefault(seq, []).extend([] if value is None else [value])
        damaged[seq] += value is None
    return Record(list(map(event_log.decode, stored.events)), private, damaged, stored)


def visible_values(values: Iterable[PrivateValue], classes: Collection[str]) -> dict[str, FieldValue]:
    """The values of these confidentiality classes, by field name."""
    return {name: content for value in values if value.holder in classes for name, content in value.values.items()}


def shown_classes(values: Iterable[PrivateValue], classes: Collection[str]) -> set[str]:
    """The confidentiality classes from which `visible_values` returns a value."""
    return {value.holder for value in values if value.holder in classes and value.values}
