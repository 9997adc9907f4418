"""One step of an erasure. Nothing is deleted before all complaints have been checked for a legal hold.

Items to delete are found by items that are not deleted yet, so an interrupted step can be repeated. Counted items are
deleted in the same commit as their count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.casework.reactions import work_lists
from chalicelib.casework.similar import index
from chalicelib.evidence.storage import object_keys
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.leaving import blocking_holds, partitions, reports, statement
from chalicelib.leaving.erasure import NAME, RETRY_AFTER, ErasureCursor
from chalicelib.messages.relay import stream_reconciliation
from chalicelib.oversight import period
from chalicelib.record.export import export_job, export_source
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Remove, Write
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.people import accounts, membership

HOLDS, COMPLAINTS, PEOPLE, OBJECTS = 100, 10, 10, 50
"""Most items of one step, by phase."""
_Phase = Callable[[Claim, ErasureCursor], Sequence[Write]]


def step(claim: Claim) -> None:
    """`driver.Step`."""
    cursor = claim.job.at(ErasureCursor)
    if cursor.phase == "over":
        claim.wiring.store.commit([Remove(keys.job(claim.tenant, NAME))])
        return
    writes = _PHASES[cursor.phase](claim, cursor)
    total = sum(month.count for month in cursor.months)
    claim.save(replace(claim.job, state="running", cursor=jobs.cursor(cursor), of=total), writes)


def _begin(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    cursor.months = export_source.read_months(claim.wiring.store, claim.tenant)
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
    heads = {keys.snapshot(keys.complaint(tenant, number)): number for number in numbers}
    found = wiring.store.get(list(heads)) if heads else {}
    for key in found:
        number = heads[key]
        partitions.remove_items(wiring.store, [*partitions.fact_lookup_keys(wiring, CaseRef(tenant, number))])
        partitions.remove_items(wiring.store, work_lists.written_rows(wiring.store, CaseRef(tenant, number)))
        index.erase(wiring.store, CaseRef(tenant, number))
        for pk in partitions.of_number(CaseRef(tenant, number)):
            partitions.clear(wiring.store, pk)
        partitions.clear(wiring.store, key.pk, kept=[key.sk])
    _count(cursor, "complaints", sum(entry.kind == snapshot.KIND for entry in found.values()))
    if cursor.place is None:
        cursor.phase = "people"
    # Removed by version: if a worker has written to the complaint since, the commit fails and the step is repeated. The
    # watermark of the stream reconciliation is removed with it: it is only written while the complaint exists, and
    # writing it does not change the version.
    return [
        write
        for key, entry in found.items()
        for write in (
            Remove(key, entry.version),
            Remove(stream_reconciliation.watermark_key(CaseRef(tenant, heads[key]))),
        )
    ]


def _people(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    page = wiring.store.query(
        keys.organisation(tenant), first=keys.MEMBERSHIPS.first, last=keys.MEMBERSHIPS.last, limit=PEOPLE
    )
    for person in map(membership.stored, page.entries):
        for pk in partitions.of_person(tenant, person.sub):
            partitions.clear(wiring.store, pk)
        # Deleted accounts are not counted. The public statement would show who belongs to another organisation too.
        if accounts.remove_from_index(wiring.store, person.sub, tenant):
            wiring.identity.delete(person.sub)
    _count(cursor, "people", len(page.entries))
    if not page.entries:
        cursor.phase = "uploads"
    return [Remove(entry.key) for entry in page.entries]


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
    entry = wiring.store.get([key]).get(key)
    if entry is not None:
        found = organisation.parse(entry)
        for number in map(keys.unit_number, found.record_names):
            partitions.remove_items(wiring.store, work_lists.written_rows(wiring.store, CaseRef(tenant, number)))
            for pk in partitions.of_number(CaseRef(tenant, number)):
                partitions.clear(wiring.store, pk)
        for pk in partitions.of_organisation(tenant, found, claim.now):
            partitions.clear(wiring.store, pk)
        partitions.remove_items(
            wiring.store,
            [
                stream_reconciliation.watermark_key(CaseRef(tenant, number))
                for number in map(keys.unit_number, found.record_names)
            ],
        )
    reports.erase(wiring.store, tenant)
    kept = [keys.data_key(tenant).sk, keys.job(tenant, NAME).sk]
    partitions.clear(wiring.store, key.pk, kept=[*kept, key.sk])
    wiring.sealer.erase_key(tenant)
    cursor.phase = "statement"
    return [Remove(key, None if entry is None else entry.version)]


def _statement(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    directory = Directory(wiring.store, wiring.real_clock)
    listed = directory.find(tenant)
    if listed is not None and listed.listing.state != "erased":
        now, real_now = claim.now, wiring.real_clock()
        signed = statement.signed_statement(wiring.signer, tenant, cursor.counts, cursor.locked, now, real_now)
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
