"""One step of an erasure. Nothing is deleted before all complaints have been checked for a legal hold.

Items to delete are found by items that are not deleted yet, so an interrupted step can be repeated. Counted items are
deleted in the same commit as their count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import anchor_marks, fact_lookups, private_values, snapshot
from chalicelib.casework.numbers import months
from chalicelib.casework.reactions import work_lists
from chalicelib.casework.similar import index
from chalicelib.casework.similar.signature import BANDS
from chalicelib.crypto import data_keys
from chalicelib.evidence.storage import object_keys
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.leaving import blocking_holds, statement
from chalicelib.leaving.erasure import NAME, RETRY_AFTER, ErasureCursor
from chalicelib.messages.relay import stream_reconciliation
from chalicelib.oversight import period
from chalicelib.oversight.supervision import custody
from chalicelib.record.export import export_job
from chalicelib.store import erasing, event_log, keys, paging
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store, Write
from chalicelib.store.stored_form import Damaged
from chalicelib.tenants import organisation
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
    if found:
        _postpone(claim, found)
        cursor.phase = "over"
    elif cursor.place is None:
        cursor.phase, cursor.place = "complaints", period.NumberPosition()
    return []


def _postpone(claim: Claim, found: list[str]) -> None:
    """Set the organisation back to `leaving`, with the held complaints. The erasure is tried again a day later."""
    directory = Directory(claim.wiring.store, claim.wiring.real_clock)
    listed = directory.find(claim.tenant)
    if listed is not None and listed.listing.state == "erasing":
        waiting = replace(listed.listing, state="leaving", leaves_at=claim.now + RETRY_AFTER, holds=found)
        directory.change(claim.tenant, waiting, listed.version, next_job(claim.tenant, claim.now))


def _complaints(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    numbers = _next_numbers(cursor, COMPLAINTS)
    heads = {snapshot.complaint_key(CaseRef(tenant, number)): CaseRef(tenant, number) for number in numbers}
    found = paging.read_all(wiring.store, list(heads))
    for key in found:
        ref = heads[key]
        _remove_fact_lookups(wiring, ref, cursor)
        index.erase(wiring.store, ref)
        _clear_number(wiring.store, ref)
        erasing.clear(wiring.store, key.pk, kept=[key.sk])
    _count(cursor, "complaints", sum(entry.kind == snapshot.KIND for entry in found.values()))
    if cursor.place is None:
        cursor.phase = "people"
    # Removed by version: if a worker has written to the complaint since, the commit fails and the step is repeated. The
    # watermark of the stream reconciliation is removed with it: it is only written while the complaint exists, and
    # writing it does not change the version.
    watermarks = [stream_reconciliation.removal_of_watermark(heads[key]) for key in found]
    return [*map(erasing.removal, found.values()), *watermarks]


def _remove_fact_lookups(wiring: Wiring, ref: CaseRef, cursor: ErasureCursor) -> None:
    """Removes the complaint's look-ups by subject, phone and e-mail, which only the facts of its filing lead to.

    Asks no policy: this release may not know the whole. If a fact is damaged, its look-ups stay, and are counted.
    """
    filing, first = event_log.of_complaint(ref, 1), private_values.keys_of_event(ref, 1)
    found = wiring.store.get([filing, *first])
    values = [private_values.try_open(wiring.sealer, ref, found[key]) for key in first if key in found]
    facts = {name: value for one in values if one is not None for name, value in one.values.items()}
    is_damaged = None in values
    try:
        event = event_log.find(found, filing)
        facts |= {} if event is None else event.fields.get("facts", {})
    except Damaged:  # counted and alarmed where it was raised
        is_damaged = True
    wanted = fact_lookups.possible_keys(wiring.secrets, ref.tenant, facts, ref.number)
    erasing.remove(wiring.store, [*paging.read_all(wiring.store, wanted)])
    cursor.damaged += is_damaged


def _clear_number(store: Store, ref: CaseRef) -> None:
    erasing.remove(store, work_lists.written_rows(store, ref))
    erasing.clear_number(store, ref)


def _people(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    found = list(islice(membership.entries(wiring.store, tenant, PEOPLE), PEOPLE))
    for person in map(membership.stored, found):
        erasing.clear_person(wiring.store, tenant, person.sub)
        # Deleted accounts are not counted. The public statement would show who belongs to another organisation too.
        if accounts.remove_from_index(wiring.store, person.sub, tenant):
            wiring.identity.delete(person.sub)
    _count(cursor, "people", len(found))
    if not found:
        cursor.phase = "uploads"
    return [*map(erasing.removal, found)]


def _uploads(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """Abort the uploads of unfinished exports. Their parts are not objects, so the listing of objects omits them."""
    wiring, tenant = claim.wiring, claim.tenant
    for key, upload in export_job.open_uploads(wiring.store, tenant):
        with binding.erasure(tenant):
            wiring.vault.abort(key, upload)
    cursor.phase = "objects"
    return []


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
    entry = paging.find(wiring.store, key)
    if entry is not None:
        found = organisation.parse(entry)
        refs = [CaseRef(tenant, keys.unit_number(name)) for name in found.record_names]
        for ref in refs:
            _clear_number(wiring.store, ref)
        values = {
            "month": period.candidate_months(found.created, claim.now),
            "band": [f"{number:02d}" for number in range(BANDS)],
            "share": anchor_marks.SHARES,
        }
        erasing.clear_organisation(wiring.store, tenant, found.units, found.roles, values)
        erasing.remove(wiring.store, [stream_reconciliation.watermark_key(ref) for ref in refs])
    custody.erase(wiring.store, tenant)
    kept = [data_keys.key_of(tenant), jobs.key(tenant, NAME), key]
    erasing.clear(wiring.store, key.pk, kept=[one.sk for one in kept])
    wiring.sealer.erase_key(tenant)
    cursor.phase = "statement"
    return [] if entry is None else [erasing.removal(entry)]


def _statement(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    directory = Directory(wiring.store, wiring.real_clock)
    listed = directory.find(tenant)
    if listed is not None and listed.listing.state != "erased":
        now, real_now = claim.now, wiring.real_clock()
        signed = statement.signed_statement(wiring.signer, tenant, cursor, now, real_now)
        kept = msgspec.to_builtins(signed)
        erased = replace(listed.listing, state="erased", statement=kept, origins=[], reason="", leaves_at=None)
        directory.change(tenant, erased, listed.version)
    cursor.phase = "over"
    return []


def _next_numbers(cursor: ErasureCursor, size: int) -> list[str]:
    numbers, cursor.place = period.next_page(cursor.months, cursor.place or period.NumberPosition(), size)
    return numbers


def _count(cursor: ErasureCursor, what: str, more: int) -> None:
    cursor.counts[what] = cursor.counts.get(what, 0) + more


_PHASES: dict[str, _Phase] = {
    "begin": _begin,
    "holds": _holds,
    "complaints": _complaints,
    "people": _people,
    "uploads": _uploads,
    "objects": _objects,
    "organisation": _organisation,
    "statement": _statement,
}
