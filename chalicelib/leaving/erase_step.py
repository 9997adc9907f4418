"""One step of an erasure: nothing is deleted before every complaint was looked at for a legal hold.

Whatever is deleted is found by what is not deleted yet, so that a step that died is simply done again; what is counted
goes in the commit that counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.casework.loading import unit_number
from chalicelib.casework.reactions import work_lists
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.leaving import blocking_holds, partitions, statement
from chalicelib.leaving.erasure import AGAIN, NAME, ErasureCursor
from chalicelib.messages.relay import stream_reconciliation
from chalicelib.oversight.backtest import period
from chalicelib.record.export import export_job, export_source
from chalicelib.store import keys
from chalicelib.store.port import Remove, Write
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.people import membership, membership_index
from chalicelib.wiring import Wiring

LOOKED_AT, COMPLAINTS, PEOPLE, OBJECTS = 100, 10, 10, 50
"""Of one step each."""
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
    cursor.months = export_source.read_months(claim.wiring, claim.tenant)
    cursor.phase = "holds"
    return []


def _holds(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    numbers = _next(cursor, LOOKED_AT)
    found = blocking_holds.among(claim.wiring, claim.tenant, numbers)
    if found:
        _wait(claim, found)
        cursor.phase = "over"
    elif cursor.place is None:
        cursor.phase, cursor.place = "complaints", period.NumberPosition()
    return []


def _wait(claim: Claim, found: list[str]) -> None:
    """The organisation is leaving again, and says for which complaints; tomorrow it is tried once more."""
    directory = Directory(claim.wiring.store, claim.wiring.real_clock)
    listed = directory.find(claim.tenant)
    if listed is not None and listed.listing.state == "erasing":
        waiting = replace(listed.listing, state="leaving", leaves_at=claim.now + AGAIN, holds=found)
        directory.change(claim.tenant, waiting, listed.version, next_job(claim.tenant, claim.now))


def _complaints(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    numbers = _next(cursor, COMPLAINTS)
    heads = {keys.snapshot(keys.complaint(tenant, number)): number for number in numbers}
    found = wiring.store.get(list(heads)) if heads else {}
    for key in found:
        number = heads[key]
        partitions.remove(wiring, [*partitions.lookups_of(wiring, tenant, number)])
        partitions.remove(wiring, work_lists.written_rows(wiring, tenant, number))
        for pk in partitions.of_number(tenant, number):
            partitions.clear(wiring, pk)
        partitions.clear(wiring, key.pk, kept=[key.sk])
    _count(cursor, "complaints", sum(entry.kind == snapshot.KIND for entry in found.values()))
    if cursor.place is None:
        cursor.phase = "people"
    # With its version: what a worker wrote since would stay, and the step is done again instead. The walk's mark goes
    # with it, for the walk writes one on condition that the complaint is there, and changes no version.
    return [
        write
        for key, entry in found.items()
        for write in (Remove(key, entry.version), Remove(stream_reconciliation.watermark_key(tenant, heads[key])))
    ]


def _people(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    page = wiring.store.query(
        keys.organisation(tenant), first=keys.MEMBERSHIPS.first, last=keys.MEMBERSHIPS.last, limit=PEOPLE
    )
    for person in map(membership.stored, page.entries):
        for pk in partitions.of_person(tenant, person.sub):
            partitions.clear(wiring, pk)
        # Not counted: the statement is public, and would say who of them is known to another organisation too.
        if membership_index.remove_from_index(wiring.store, person.sub, tenant):
            wiring.identity.delete(person.sub)
    _count(cursor, "people", len(page.entries))
    if not page.entries:
        cursor.phase = "uploads"
    return [Remove(entry.key) for entry in page.entries]


def _uploads(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """Of exports that did not end: parts are no objects, and are on no list that one tenant may see."""
    wiring, tenant = claim.wiring, claim.tenant
    for key, upload in export_job.open_uploads(wiring, tenant):
        with binding.erasure(tenant):
            wiring.vault.abort(key, upload)
    cursor.phase = "objects"
    return []


def _objects(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """By a role that does only this. What compliance locks is passed over, and said."""
    vault = claim.wiring.vault
    with binding.erasure(claim.tenant):
        found = vault.versions(object_keys.prefix(claim.tenant), OBJECTS, after=cursor.after)
        vault.erase(found)
    held = [one.locked for one in found if one.locked is not None]
    cursor.locked = max([*held, *([cursor.locked] if cursor.locked else [])], default=None)
    _count(cursor, "objects", len(found) - len(held))
    if held:  # what is locked is still there to go on behind
        last = next(one for one in reversed(found) if one.locked is not None)
        cursor.after = (last.key, last.version)
    if not found:
        cursor.phase = "organisation"
    return []


def _organisation(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    """The key's mark stays, so that no second key is ever made; and this job, until the end."""
    wiring, tenant = claim.wiring, claim.tenant
    key = keys.snapshot(keys.organisation(tenant))
    entry = wiring.store.get([key]).get(key)
    if entry is not None:
        found = organisation.parse(entry)
        for number in map(unit_number, found.units):
            partitions.remove(wiring, work_lists.written_rows(wiring, tenant, number))
            for pk in partitions.of_number(tenant, number):
                partitions.clear(wiring, pk)
        for pk in partitions.of_organisation(tenant, found, claim.now):
            partitions.clear(wiring, pk)
        partitions.remove(
            wiring, [stream_reconciliation.watermark_key(tenant, number) for number in map(unit_number, found.units)]
        )
    kept = [keys.data_key(tenant).sk, keys.job(tenant, NAME).sk]
    partitions.clear(wiring, key.pk, kept=[*kept, key.sk])
    wiring.sealer.erase_key(tenant)
    cursor.phase = "statement"
    return [Remove(key, None if entry is None else entry.version)]


def _statement(claim: Claim, cursor: ErasureCursor) -> Sequence[Write]:
    wiring, tenant = claim.wiring, claim.tenant
    directory = Directory(wiring.store, wiring.real_clock)
    listed = directory.find(tenant)
    if listed is not None and listed.listing.state != "erased":
        said = _said(wiring, tenant, cursor, claim.now)
        erased = replace(listed.listing, state="erased", statement=said, origins=[], reason="", leaves_at=None)
        directory.change(tenant, erased, listed.version)
    cursor.phase = "over"
    return []


def _said(wiring: Wiring, tenant: str, cursor: ErasureCursor, now: Instant) -> dict[str, object]:
    return statement.made(wiring.signer, tenant, cursor.counts, cursor.locked, now, wiring.real_clock())


def _next(cursor: ErasureCursor, size: int) -> list[str]:
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
