"""Keys of the evidence bucket. No other module spells one."""

from __future__ import annotations


def prefix(tenant: str) -> str:
    """Everything of a tenant; its credentials reach nothing else."""
    return f"T/{tenant}/"


def anchor(tenant: str, n: int) -> str:
    return f"{prefix(tenant)}anchors/{n:08d}.json"


def export(tenant: str, job: str, part: str = "archive.zip") -> str:
    return f"{prefix(tenant)}exports/{job}/{part}"


def evidence(tenant: str, number: str, evidence_id: str) -> str:
    return f"{prefix(tenant)}{number}/{evidence_id}"
