"""Keys of objects in the evidence bucket. No other module builds one."""

from __future__ import annotations

import re
from typing import NamedTuple

from chalicelib.store.keys import CaseRef

_QUARANTINE = r"T/([a-z0-9-]{3,40})/quarantine/([0-9]{6}-[0-9]{6})/([0-9a-f]{32})"


class EvidenceLocation(NamedTuple):
    """A piece of evidence: its complaint and its id."""

    ref: CaseRef
    evidence: str


def prefix(tenant: str) -> str:
    """The prefix of all objects of a tenant. The tenant's credentials are limited to it."""
    return f"T/{tenant}/"


def anchor(tenant: str, n: int) -> str:
    return f"{prefix(tenant)}anchors/{n:08d}.json"


def export(tenant: str, job: str, part: str = "archive.zip") -> str:
    return f"{prefix(tenant)}exports/{job}/{part}"


def copies(ref: CaseRef) -> str:
    """The prefix of the copies of a complaint that its complainant got."""
    return f"{prefix(ref.tenant)}copies/{ref.number}/"


def search_segment(tenant: str, name: str) -> str:
    return f"{prefix(tenant)}search/{name}"


def quarantine(ref: CaseRef, evidence_id: str) -> str:
    """An upload before its check. It is never shown to anybody."""
    return f"{prefix(ref.tenant)}quarantine/{ref.number}/{evidence_id}"


def sealed(ref: CaseRef, evidence_id: str) -> str:
    """The original file, after its check, under Object Lock."""
    return f"{prefix(ref.tenant)}sealed/{ref.number}/{evidence_id}"


def shown(ref: CaseRef, evidence_id: str) -> str:
    """An image without its metadata, for callers who may not have the original."""
    return f"{prefix(ref.tenant)}shown/{ref.number}/{evidence_id}"


def thumbnail(ref: CaseRef, evidence_id: str) -> str:
    return f"{prefix(ref.tenant)}thumbnails/{ref.number}/{evidence_id}"


def parse_quarantine_key(key: str) -> EvidenceLocation | None:
    """None for every key that `quarantine` does not produce."""
    found = re.fullmatch(_QUARANTINE, key)
    return None if found is None else EvidenceLocation(CaseRef(found[1], found[2]), found[3])
