"""Keys of the evidence bucket. No other module spells one."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUARANTINE = r"T/([a-z0-9-]{3,40})/quarantine/([0-9]{6}-[0-9]{6})/([0-9a-f]{32})"


class Named(NamedTuple):
    """What an object's key names."""

    tenant: str
    number: str
    evidence: str


def prefix(tenant: str) -> str:
    """Everything of a tenant; its credentials reach nothing else."""
    return f"T/{tenant}/"


def anchor(tenant: str, n: int) -> str:
    return f"{prefix(tenant)}anchors/{n:08d}.json"


def export(tenant: str, job: str, part: str = "archive.zip") -> str:
    return f"{prefix(tenant)}exports/{job}/{part}"


def quarantine(tenant: str, number: str, evidence_id: str) -> str:
    """Where an upload lands. Nobody is shown it from there."""
    return f"{prefix(tenant)}quarantine/{number}/{evidence_id}"


def sealed(tenant: str, number: str, evidence_id: str) -> str:
    """The file as it came, after the check, under Object Lock."""
    return f"{prefix(tenant)}sealed/{number}/{evidence_id}"


def shown(tenant: str, number: str, evidence_id: str) -> str:
    """An image without its metadata, for whoever may not have the original."""
    return f"{prefix(tenant)}shown/{number}/{evidence_id}"


def thumbnail(tenant: str, number: str, evidence_id: str) -> str:
    return f"{prefix(tenant)}thumbnails/{number}/{evidence_id}"


def in_quarantine(key: str) -> Named | None:
    """None for every key that no ticket was made for."""
    found = re.fullmatch(_QUARANTINE, key)
    return None if found is None else Named(*found.groups())
