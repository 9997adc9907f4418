"""Keys of the evidence bucket. No other module spells one."""

from __future__ import annotations


def prefix(tenant: str) -> str:
    """Everything of a tenant; its credentials reach nothing else."""
    return f"T/{tenant}/"


def evidence(tenant: str, number: str, evidence_id: str) -> str:
    return f"{prefix(tenant)}{number}/{evidence_id}"
