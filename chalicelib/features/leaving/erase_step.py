"""One step of an erasure. Nothing is deleted before all complaints have been checked for a legal hold.

Items to delete are found by items that are not deleted yet, so an interrupted step can be repeated. Counted items are
deleted in the same commit as their count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain, islice

import msgspec
from msgspec.structs import replace

from chalicelib import composition
from chalicelib.access import binding
from chalicelib.casework import fact_lookups, private_values, snapshot
from chalicelib.casework.composing.erased import Erased, Leaver
from chalicelib.casework.numbers import NumberPosition, candidate_months, months, next_page
from chalicelib.crypto import data_keys
from chalicelib.features.leaving import blocking_holds, statement
from chalicelib.features.leaving.erasure import NAME, RETRY_AFTER, ErasureCursor
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.store import erasing, event_log, keys, object_keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Remove, Store, Write
from chalicelib.store.stored_form import found_damaged
from chalicelib.tenants import names, organisation
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.people import accounts, membership
from chalicelib.wiring import Wiring

HOLDS, COMPLAINTS, PEOPLE, OBJECTS = 100, 10, 10, 50
"""Most items of one step, by phase."""
_Phase = Callable[[Claim, ErasureCursor], Sequence[Write]]


def step(claim: Claim) -> None:
    """`driver.Step`."""
    cursor = claim.job.at(ErasureCursor)
    if cursor.phase == "over":
        erasing.remove(claim.wiring.store, [jobs.key(claim.tenant, NAME)])
        return
    writes = _PHASES[cursor.phase](claim, cursor)
    total = sum(month.count for month in cursor.months)
    claim.save(replace(claim.job, state="running", cursor=jobs.cursor(cursor), of=total), writes)


def _begin(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    cursor.months = months(claim.wiring.store, claim.tenant)
    cursor.phase = "holds"
    return []


def _holds(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    numbers = _next_numbers(cursor, HOLDS)
    found = blocking_holds.held_among(claim.wiring.store, claim.tenant, numbers)
    if found and not names.is_practice(claim.tenant):
        _postpone(claim, found)
        cursor.phase = "over"
    elif cursor.place is None:
        cursor.phase, cursor.place = "complaints", NumberPosition()
    return []


def _postpone(claim: Claim, found: list[str]) -> None:
    """Set the organisation back to `leaving`, with the held complaints. The erasure is tried again a day later."""
    directory = Directory(claim.wiring.store, claim.wiring.real_clock)
    listed = directory.find(claim.tenant)
    if listed is not None and listed.listing.state == "erasing":
        waiting = replace(listed.listing, state="leaving", leaves_at=claim.now + RETRY_AFTER, holds=found)
        directory.change(claim.tenant, waiting, listed.version, next_job(claim.tenant, claim.now))


def _complaints(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """Clears every number, whatever is found of it: its snapshot may be lost."""
    wiring, tenant = claim.wiring, claim.tenant
    refs = [CaseRef(tenant, number) for number in _next_numbers(cursor, COMPLAINTS)]
    snapshots = reads.read_all(wiring.store, list(map(snapshot.complaint_key, refs)))
    last = [entry for ref in refs for entry in _clear_complaint(wiring, ref, snapshots, cursor)]
    if cursor.place is None:
        cursor.phase = "people"
    # Removed by version: if a worker has written to the complaint since, the commit fails and the step is repeated.
    return [*map(erasing.removal, last), *map(Remove, _with_snapshots(refs))]


def _clear_complaint(
    wiring: Wiring, ref: CaseRef, snapshots: Mapping[Key, Entry], cursor: ErasureCursor
) -> Collection[Entry]:
    """Returns the items that stay until the step is saved: a repeated step counts the complaint by them.

    The look-ups by subject, phone and e-mail follow from its facts alone. No policy is asked for them: this release may
    not know the whole. If a fact is damaged or lost, its look-ups stay, and are counted.
    """
    filing, first = event_log.of_complaint(ref, 1), private_values.keys_of_event(ref, 1)
    last = wiring.store.get([filing, *first])
    values = [private_values.try_open(wiring.sealer, ref, last[key]) for key in first if key in last]
    facts = {name: value for one in values if one is not None for name, value in one.values.items()}
    event = next(event_log.FORM.read_each([last[filing]] if filing in last else []), None)
    facts |= {} if event is None else event.fields.get("facts", {})
    wanted = fact_lookups.possible_keys(wiring.secrets, ref.tenant, facts, ref.number)
    erasing.remove(wiring.store, [*reads.read_all(wiring.store, wanted)])
    head = snapshots.get(snapshot.complaint_key(ref))
    if head is None or head.kind != snapshot.KIND:  # a number gap, or the snapshot is lost
        last |= {entry.key: entry for entry in wiring.store.query(ref.pk, limit=1).entries}
    last |= {} if head is None else {head.key: head}
    is_complaint = any(entry.kind != snapshot.VOID_KIND for entry in last.values())
    cursor.damaged += is_complaint and (event is None or None in values or len(values) < len(event.private))
    _count(cursor, "complaints", is_complaint)
    _clear_number(wiring.store, ref)
    erasing.clear(wiring.store, ref.pk, kept=[key.sk for key in last])
    return last.values()


def _erased() -> Sequence[Erased]:
    return composition.loaded("erases")


def _with_snapshots(refs: Sequence[CaseRef]) -> list[Key]:
    return [key for ref in refs for each in _erased() for key in each.with_snapshot(ref)]


def _clear_number(store: Store, ref: CaseRef) -> None:
    """What a complaint or a unit has besides its own partition."""
    for each in _erased():
        each.remove_of_record(store, ref)
    erasing.clear_each(store, (pk for each in _erased() for pk in each.record(ref)))
    erasing.clear_each(store, erasing.lookups(ref.tenant, "record", ref.number))


def _people(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    found = list(islice(membership.entries(wiring.store, tenant, PEOPLE), PEOPLE))
    for entry in found:
        _erase_person(wiring, tenant, membership.sub_of(entry))
    _count(cursor, "people", len(found))
    if not found:
        # Memberships may be lost. The organisation's own record names all who had one.
        for sub in accounts.left_in_index(wiring.store, tenant, organisation.people_on_record(wiring.store, tenant)):
            _erase_person(wiring, tenant, sub)
        cursor.phase = "uploads"
    return [*map(erasing.removal, found)]


def _erase_person(wiring: Wiring, tenant: str, sub: str) -> None:
    erasing.clear_each(wiring.store, (pk for each in _erased() for pk in each.person(tenant, sub)))
    # Deleted accounts are not counted. The public statement would show who belongs to another organisation too.
    if accounts.remove_from_index(wiring.store, sub, tenant):
        wiring.identity.delete(sub)


def _others(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """What features find by items of their own, such as unfinished uploads, before those are deleted.

    The phase has the name that stored cursors have.
    """
    _remove_of_organisation(claim)
    cursor.phase = "objects"
    return []


def _remove_of_organisation(claim: Claim) -> None:
    for each in _erased():
        each.remove_of_organisation(claim.wiring, claim.tenant)


def _objects(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """Delete objects, with a role for this purpose only. Objects locked in compliance mode are skipped and reported."""
    vault = claim.wiring.vault
    with binding.erasure(claim.tenant):
        found = vault.versions(object_keys.prefix(claim.tenant), OBJECTS, after=cursor.after)
        vault.erase(found)
    locked = [version.locked for version in found if version.locked is not None]
    cursor.locked = max([*locked, *([cursor.locked] if cursor.locked else [])], default=None)
    _count(cursor, "objects", len(found) - len(locked))
    if locked:  # locked objects stay, so the listing continues after the last one
        last = next(version for version in reversed(found) if version.locked is not None)
        cursor.after = (last.key, last.version)
    if not found:
        cursor.phase = "organisation"
    return []


def _organisation(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """Delete the organisation's items and its data key.

    The mark of the erased key stays, so that no second key is ever made. This job stays until the end.
    """
    wiring, tenant = claim.wiring, claim.tenant
    key = organisation.key(tenant)
    entry = reads.find(wiring.store, key)
    if entry is None:  # removed only with the end of this step. It names what is to be erased
        raise found_damaged(Entry(key=key, kind=organisation.KIND))
    found = organisation.parse(entry)
    refs = [CaseRef(tenant, keys.unit_number(name)) for name in found.record_names]
    for ref in refs:
        _clear_number(wiring.store, ref)
    leaver = Leaver(tenant, [*found.units], [*found.roles], candidate_months(found.created, claim.now))
    erasing.clear_each(wiring.store, (pk for each in _erased() for pk in each.organisation(leaver)))
    whole = erasing.lookups(tenant, "whole"), erasing.lookups(tenant, "record", keys.ORGANISATION)
    erasing.clear_each(wiring.store, chain(*whole))
    erasing.remove(wiring.store, _with_snapshots(refs))
    _remove_of_organisation(claim)  # again: a process that did not know yet may have taken a report about the office
    kept = [data_keys.key_of(tenant), jobs.key(tenant, NAME), key]
    erasing.clear(wiring.store, key.pk, kept=[one.sk for one in kept])
    wiring.sealer.erase_key(tenant)
    cursor.phase = "statement"
    return [erasing.removal(entry)]


def _statement(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    directory = Directory(wiring.store, wiring.real_clock)
    listed = directory.find(tenant)
    if listed is not None and listed.listing.state != "erased":
        now, real_now = claim.now, wiring.real_clock()
        signed = statement.signed_statement(wiring.signer, tenant, cursor, now, real_now)
        kept = msgspec.to_builtins(signed)
        erased = replace(listed.listing, state="erased", statement=kept, origins=[], reason="", leaves_at=None, name="")
        directory.change(tenant, erased, listed.version)
    cursor.phase = "over"
    return []


def _next_numbers(cursor: ErasureCursor, size: int) -> list[str]:
    numbers, cursor.place = next_page(cursor.months, cursor.place or NumberPosition(), size)
    return numbers


def _count(cursor: ErasureCursor, what: str, more: int) -> None:
    cursor.counts[what] = cursor.counts.get(what, 0) + more


_PHASES: dict[str, _Phase] = {
    "begin": _begin,
    "holds": _holds,
    "complaints": _complaints,
    "people": _people,
    "uploads": _others,
    "objects": _objects,
    "organisation": _organisation,
    "statement": _statement,
}
