"""Reads the content of an archive: the organisation, its units, people and policies, and the complaints.

Stored texts are decoded without types: an archive has every JSON key that was stored, also keys of other
versions of this code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from chalicelib import composition
from chalicelib.casework import private_values, snapshot
from chalicelib.casework.authorization import read_asker
from chalicelib.casework.composing.archived import Archived, ArchiveObject
from chalicelib.casework.views import read_log
from chalicelib.complaints.rights import permits
from chalicelib.complaints.rights.permits import Asker
from chalicelib.features.evidence import item
from chalicelib.features.exports import archive_checks
from chalicelib.features.exports.export_job import EvidenceFile
from chalicelib.kit.instants import Instant
from chalicelib.ports import Sealer
from chalicelib.store import event_log, keys, reads
from chalicelib.store.event_log import Envelope, StoredRecord
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Store
from chalicelib.store.stored_form import read_json, read_row
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import policy_version

_PAGE = 500


class ComplaintChanged(RuntimeError):
    """The complaint changed while it was read. It must be read again."""


class ComplaintExport(NamedTuple):
    """A complaint number's line in the archive, and the complaint's files."""

    line: ArchiveObject
    originals: list[EvidenceFile]

    @property
    def shown(self) -> set[str]:
        """The confidentiality classes of its values and files."""
        return shown_classes(self.line) | ({"content"} if self.originals else set())


def parts() -> list[Archived]:
    return composition.loaded("archives")


def read_organisation(store: Store, tenant: str) -> ArchiveObject:
    key = organisation.key(tenant)
    state = read_json(store.get([key])[key])
    return {"state": state, "events": _up_to(state, event_log.read_envelopes(store, key.pk, _PAGE))}


def read_units(store: Store, sealer: Sealer, tenant: str) -> Iterator[ArchiveObject]:
    """The units by name. The tasks of the organisation as a whole, if it ever had one, come first, under `*`."""
    for name in organisation.load(store, tenant).record_names:
        head = snapshot.unit_key(tenant, name)
        entry = reads.find(store, head)
        if entry is None:
            yield from [] if name == keys.WHOLE else [{"unit": name}]
            continue
        found = event_log.read_record(store, head.pk, _PAGE)
        yield {
            "unit": name,
            **_record(store, sealer, CaseRef(tenant, keys.unit_number(name)), read_json(entry), found),
        }


def read_people(store: Store, tenant: str) -> Iterator[Any]:
    """Without the times of respondents' grants, which the organisation's record has."""
    for entry in membership.entries(store, tenant, _PAGE):
        person = read_json(entry)
        person.pop("respondent_since", None)
        yield person


def read_policies(store: Store, sealer: Sealer, tenant: str) -> Iterator[ArchiveObject]:
    """Yields the versions, and what lies beside them. A YAML text is a string."""
    kinds = {kind: body for part in parts() for kind, body in part.policies.items()}
    for entry in policy_version.entries(store, tenant, _PAGE):
        if entry.kind in kinds:
            body = kinds[entry.kind](sealer, tenant, entry)
        else:
            body = entry.body if entry.kind == policy_version.SOURCE_KIND else read_json(entry)
        yield {"key": entry.key.sk, "body": body}


def read_complaint(store: Store, sealer: Sealer, ref: CaseRef, requester: Asker) -> ComplaintExport:
    """Of a complaint that excludes the requester, only the chain of its events: nothing private."""
    key = snapshot.complaint_key(ref)
    head = reads.find(store, key)
    if head is None:
        # The complaint is being filed, or its filing failed; the hourly job records a void then.
        return ComplaintExport({"number": ref.number, "unused": True}, [])
    if head.kind == snapshot.VOID_KIND:
        return ComplaintExport({"number": ref.number, "void": read_json(head)}, [])
    if head.kind != snapshot.KIND:
        raise ValueError("the item at a complaint's key is not a complaint")
    state = read_json(head)
    complaint = snapshot.parse_state(head)
    if complaint is not None and permits.is_recused(complaint, requester):
        return ComplaintExport(_chain(ref.number, state, event_log.read_envelopes(store, key.pk, _PAGE)), [])
    found = event_log.read_record(store, key.pk, _PAGE, evidence=True)
    evidence = [item.parse(entry) for entry in found.others if entry.kind == item.KIND]
    record = _record(store, sealer, ref, state, found)
    if (evidence or _lacks_values(record)) and store.get([key])[key].version != head.version:
        raise ComplaintChanged  # What was sealed or erased after `state` is not in the record, which is read up to it.
    messages = keys.messages_of(ref.tenant, keys.complainant(ref.number))
    line = {
        **record,
        "evidence": [msgspec.to_builtins(one) for one in evidence],
        "messages": [read_row(one, dict[str, Any]) for one in reads.items(store, messages, page_size=_PAGE)],
    }
    for part in parts():
        line |= part.complaint(store, sealer, ref)
    sealed = [one for one in evidence if one.state == item.SEALED]
    return ComplaintExport(
        line, [_evidence_file(ref.number, one, one.sealed) for one in sealed if one.sealed is not None]
    )


def _chain(number: str, state: ArchiveObject, events: Iterable[Envelope]) -> ArchiveObject:
    empty: ArchiveObject = {name: [] for name in archive_checks.PRIVATE}
    return {"number": number, "excluded": True, "state": state, "events": _up_to(state, events), **empty}


def _record(store: Store, sealer: Sealer, ref: CaseRef, state: ArchiveObject, found: StoredRecord) -> ArchiveObject:
    """A complaint's or unit's record up to its state. Later events belong to the next export."""
    private = [_private(sealer, ref, entry) for entry in found.private_values]
    return {
        "number": ref.number,
        "state": state,
        "events": _up_to(state, map(event_log.decode_envelope, found.events)),
        "private": [one for one in private if one["event"] <= state["seq"]],
        "reads": [read_json(one) for one in read_log.entries(store, ref, _PAGE)],
    }


def _lacks_values(record: ArchiveObject) -> bool:
    return len(record["private"]) < sum(len(event["private"]) for event in record["events"])


def was_erased(store: Store, tenant: str, file: EvidenceFile) -> bool:
    """True if retention erased the file after its complaint was read. The record then has an event about it."""
    _, number, id_ = file.name.split("/")
    entry = reads.find(store, item.key_of(CaseRef(tenant, number), id_))
    return entry is not None and item.parse(entry).state == item.ERASED


def _evidence_file(number: str, evidence: item.Evidence, sealed: item.SealedFile) -> EvidenceFile:
    return EvidenceFile(f"evidence/{number}/{evidence.id}", sealed.key, evidence.size, evidence.sha256)


def _up_to(state: ArchiveObject, events: Iterable[Envelope]) -> list[Envelope]:
    return [event for event in events if event["seq"] <= state["seq"]]


def _private(sealer: Sealer, ref: CaseRef, entry: Entry) -> ArchiveObject:
    event, place = keys.private_place(entry.key)
    value = private_values.try_open(sealer, ref, entry)
    position = {"event": event, "place": place}
    if value is None:
        return {**position, "unreadable": True}
    return {**position, "salt": value.salt, "class": value.holder, "values": value.values}


def shown_classes(line: ArchiveObject) -> set[str]:
    """The confidentiality classes of a line's private values."""
    return {one["class"] for one in line.get("private", []) if one.get("values")}


def read_requester(store: Store, tenant: str, sub: str, now: Instant) -> Asker:
    """The owner who asked for an export, with the people for whom they stand in; also one who was removed since."""
    try:
        return read_asker(store, tenant, sub, now)
    except membership.NotMember:
        return Asker("staff", sub)


def count_unreadable(lines: Iterable[ArchiveObject]) -> int:
    """The number of private values that could not be decrypted."""
    return sum("unreadable" in one for line in lines for one in line.get("private", []))
