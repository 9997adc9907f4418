"""Complete: a file that came in parts is put together; its arrival is then announced like any other's."""

from __future__ import annotations

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.casework.case import read
from chalicelib.evidence import authorization, item, limits, tickets
from chalicelib.evidence.item import Evidence
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring


class Sent(msgspec.Struct, frozen=True):
    """A part as the store took it: its number, the ETag of the answer, its SHA-256 in hex."""

    number: int
    etag: str
    sha256: str


class CompleteUpload(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    evidence: str
    credential: Credential
    parts: tuple[Sent, ...]
    now: Instant


def complete(wiring: Wiring, command: CompleteUpload) -> Evidence:
    """The evidence as it is then. A repeat changes nothing. Raises `Problem`."""
    key = keys.evidence(keys.complaint(command.tenant, command.number), command.evidence)
    also = authorization.keys_of(wiring, command.tenant, command.number, command.credential)
    entries = read(wiring, command.tenant, command.number, [key, *also])
    caller, _ = authorization.caller(wiring, command.tenant, command.number, command.credential, entries, command.now)
    evidence = item.parse(entries[key]) if key in entries else None
    if evidence is None or not caller.gave(evidence) or evidence.upload is None:
        raise Problem("not-found", "No upload in parts of yours has this name.")
    if evidence.state == item.DECLARED:
        _put_together(wiring, command, evidence)
    return evidence


def _put_together(wiring: Wiring, command: CompleteUpload, evidence: Evidence) -> None:
    sent, wanted = command.parts, len(limits.sizes_of_parts(evidence.size))
    if [part.number for part in sent] != list(range(1, wanted + 1)):
        raise _invalid(f"must be the parts 1 to {wanted}, in order")
    parts = zip(tickets.parts_of(evidence, [part.sha256 for part in sent]), sent, strict=True)
    key = object_keys.quarantine(command.tenant, command.number, evidence.id)
    try:
        wiring.objects.complete(key, evidence.upload or "", [(part, one.etag) for part, one in parts])
    except ValueError:
        raise _invalid("are not those that were uploaded") from None
    except LookupError:
        return  # completed before this, and about to be announced; or given up, which the record then says


def _invalid(why: str) -> Problem:
    return Problem("invalid", "The parts do not make the file.", places=[Place("/parts", why)])
