"""Which complaints are by a person who had filed another one before: the same phone number or e-mail address.

It is decided when a complaint is first counted, and kept as one word by number, also by a rebuild. So neither an erased
value nor a later complaint changes what was counted, and no pseudonym of a person is stored beside a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from chalicelib.casework import fact_lookups, private_values
from chalicelib.complaints.envelope import Event
from chalicelib.statistics.cells import changes
from chalicelib.statistics.cells.changes import Records
from chalicelib.statistics.counting.tally import yes
from chalicelib.statistics.counting.walk import PolicyOf
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.stored_form import Damaged, Form
from chalicelib.wiring import Wiring

KIND = "statistics-returning"
FORM = Form(KIND, dict[str, str], keeps=False)
UNKNOWN = ""
"""The complaint states neither a phone number nor an e-mail address, or they do not open."""


class Decided(msgspec.Struct, frozen=True):
    """`words`: by number. `stored`: the words that are stored with them, by the key of their item."""

    tenant: str
    words: Mapping[str, str]
    stored: Mapping[Key, Mapping[str, str]]

    def writes(self, numbers: Iterable[str]) -> Iterator[Write]:
        """Store the words of these complaints that are new."""
        blocks: dict[Key, dict[str, str]] = {}
        for number in numbers:
            if number in self.words:
                blocks.setdefault(_key(self.tenant, number), {})[number] = self.words[number]
        for key, mine in blocks.items():
            before = self.stored.get(key, {})
            if not mine.keys() <= before.keys():
                yield Put(FORM.entry(key, dict(sorted({**before, **mine}.items()))), if_absent=False)


def decide(wiring: Wiring, tenant: str, records: Records, policy_of: PolicyOf) -> Decided:
    """The stored words of the complaints, and new words of those that have none. Units have none.

    Raises the errors of `policy_of`. The caller binds the tenant.
    """
    numbers = [number for number in records if not keys.is_unit(number)]
    names = list(dict.fromkeys(_key(tenant, number) for number in numbers))
    found = reads.read_all(wiring.store, names)
    stored = {key: FORM.read(entry) for key, entry in found.items()}
    words = {number: word for block in stored.values() for number, word in block.items() if number in records}
    new = {CaseRef(tenant, number): records[number][0] for number in numbers if number not in words}
    given = [key for ref, filing in new.items() for key in _private_keys(ref, filing)]
    private = reads.read_all(wiring.store, given)
    for ref, filing in new.items():
        words[ref.number] = _word(wiring, ref, filing, policy_of, private)
    return Decided(tenant, words, stored)


def _key(tenant: str, number: str) -> Key:
    return keys.statistics_returning(tenant, changes.block_of(number))


def _private_keys(ref: CaseRef, filing: Event) -> list[Key]:
    return private_values.keys_of_event(ref, filing.seq)[: len(filing.private)]


def _word(wiring: Wiring, ref: CaseRef, filing: Event, policy_of: PolicyOf, private: Mapping[Key, Entry]) -> str:
    """Look-ups sort by number, so the first one tells whether there is an earlier complaint."""
    intake = policy_of(filing.policy).document.intake
    given = [private[key] for key in _private_keys(ref, filing) if key in private]
    opened = [private_values.try_open(wiring.sealer, ref, entry) for entry in given]
    facts = dict(filing.fields.get("facts") or {})
    for value in opened:
        facts |= {} if value is None else value.values
    partitions = [
        pk
        for kind in fact_lookups.CUSTOMER
        for pk in fact_lookups.partitions(wiring.secrets, ref.tenant, intake, facts, kind)
    ]
    if not partitions:
        return UNKNOWN
    return yes(any(_has_one_before(wiring.store, pk, ref.number) for pk in partitions))


def _has_one_before(store: Store, partition: str, number: str) -> bool:
    return any(entry.key.sk < number for entry in store.query(partition, limit=1).entries)


def removals_of_damaged(store: Store, tenant: str) -> Iterator[Remove]:
    """The next count decides their words again."""
    within = keys.STATISTICS_RETURNING
    for entry in reads.items(store, keys.statistics_returning(tenant, "").pk, within):
        try:
            FORM.read(entry)
        except Damaged:
            yield Remove(entry.key)
