"""The partitions of a tenant's items, for an erasure. They are derived from the tenant's own items, without a Scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.casework import anchor_marks, fact_lookups, private_values, snapshot
from chalicelib.casework.similar.signature import BANDS
from chalicelib.instants import Instant
from chalicelib.oversight import period
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Put, Remove, Store, Write
from chalicelib.store.sizes import MAX_WRITES
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

_PAGE = MAX_WRITES


def of_number(ref: CaseRef) -> list[str]:
    """Partitions of a complaint or a unit besides its own: messages, read log, notices and look-ups."""
    return [
        keys.messages_of(ref.tenant, keys.complainant(ref.number)),
        keys.reads_of(ref.tenant, ref.number),
        keys.notices_of(ref.tenant, ref.number),
        *_lookups(ref.tenant, {"record": [ref.number]}),
    ]


def of_person(tenant: str, sub: str) -> list[str]:
    return [keys.messages_of(tenant, sub), keys.work_list(tenant, sub)]


def of_organisation(tenant: str, organisation: Organisation, now: Instant) -> list[str]:
    """Units, work lists, effects and look-ups, without the organisation's own partition. `now`: domain time."""
    units, months = list(organisation.units), period.candidate_months(organisation.created, now)
    owners = [*organisation.roles, *(keys.unit_list(unit) for unit in units)]
    values = {
        "whole": [""],
        "record": [keys.ORGANISATION],
        "month": months,
        "band": [f"{number:02d}" for number in range(BANDS)],
        "share": anchor_marks.SHARES,
    }
    return [
        *(keys.unit(tenant, name) for name in organisation.record_names),
        *(keys.work_list(tenant, owner) for owner in owners),
        *(keys.effects(tenant, shelf) for shelf in ("pending", "failed")),
        *(keys.effects(tenant, f"{month[:4]}-{month[4:]}") for month in months),
        *_lookups(tenant, values),
    ]


def _lookups(tenant: str, values: Mapping[str, Sequence[str]]) -> list[str]:
    """`values`: by that for what a look-up has a partition (`keys.LOOKUPS`), those whose partitions are asked for."""
    return [
        keys.lookup(tenant, name, value).pk for name, each in keys.LOOKUPS.items() for value in values.get(each, ())
    ]


def fact_lookup_keys(wiring: Wiring, ref: CaseRef) -> Iterator[Key]:
    """The keys of the complaint's look-ups by subject, phone and e-mail, derived from the facts of its filing."""
    head = keys.snapshot(keys.complaint(ref.tenant, ref.number))
    first = private_values.keys_of_event(ref, 1)
    found = wiring.store.get([head, *first])
    if head not in found or found[head].kind != snapshot.KIND:
        return
    complaint = snapshot.COMPLAINT.read(found[head])
    values = [private_values.try_open(wiring.sealer, ref, found[key]) for key in first if key in found]
    private_facts = {name: content for value in values if value is not None for name, content in value.values.items()}
    facts = complaint.facts | private_facts
    intake = wiring.compiled.get(ref.tenant, complaint.policy).document.intake
    for write in fact_lookups.writes(wiring.secrets, ref.tenant, intake, facts, ref.number):
        if isinstance(write, Put):
            yield write.entry.key


def clear(store: Store, pk: str, kept: Sequence[str] = ()) -> None:
    """Delete the items of a partition, except those with the sort keys `kept`."""
    while True:
        page = store.query(pk, limit=_PAGE + len(kept))
        removable = [entry.key for entry in page.entries if entry.key.sk not in kept]
        if not removable:
            return
        remove_items(store, removable)


def remove_items(store: Store, removable: Sequence[Key]) -> None:
    for first in range(0, len(removable), _PAGE):
        writes: list[Write] = [Remove(key) for key in removable[first : first + _PAGE]]
        store.commit(writes)
