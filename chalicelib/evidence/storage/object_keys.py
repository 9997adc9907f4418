"""Keys of objects in the evidence bucket. No other module builds one."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUARANTINE = r"T/([a-z0-9-]{3,40})/quarantine/([0-9]{6}-[0-9]{6})/([0-9a-f]{32})"


class EvidenceLocation(NamedTuple):
    """A piece of evidence: the tenant, the complaint's number, the evidence's id."""

    tenant: str
    number: str
    evidence: str


def prefix(tenant: str) -> str:
    """The prefix of all objects of a tenant. The tenant's credentials are limited to it."""
    return f"T/{tenant}/"


def anchor(tenant: str, n: int) -> str:
    return f"{prefix(tenant)}anchors/{n:08d}.json"


def export(tenant: str, job: str, part: str = "archive.zip") -> str:
    return f"{prefix(tenant)}exports/{job}/{part}"


def quarantine(tenant: str, number: str, evidence_id: str) -> str:
    """An upload before its check. It is never shown to anybody."""
    return f"{prefix(tenant)}quarantine/{number}/{evidence_id}"


def sealed(tenant: str, number: str, evidence_id: str) -> str:
    """The original file, after its check, under Object Lock."""
    return f"{prefix(tenant)}sealed/{number}/{evidence_id}"


def shown(tenant: str, number: str, evidence_id: str) -> str:
    """An image without its metadata, for callers who may not have the original."""
    return f"{prefix(tenant)}shown/{number}/{evidence_id}"


def thumbnail(tenant: str, number: str, evidence_id: str) -> str:
    return f"{prefix(tenant)}thumbnails/{number}/{evidence_id}"


def parse_quarantine_key(key: str) -> EvidenceLocation | None:
    """None for every key that `quarantine` does not produce."""
    found = re.fullmatch(_QUARANTINE, key)
    return None if found is None else EvidenceLocation(*found.groups())
