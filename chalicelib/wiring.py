"""Wiring: which adapter stands behind each port. The only module that knows them all."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.ports import Clock, Identity, Mailer, Objects, Queue, Sealer, Secrets, TenantStates, TokenVerifier
from chalicelib.store.port import Store
from chalicelib.tenants.policy_source import PolicySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Everything a use case may be handed. Built once per process."""

    store: Store
    identity: Identity
    mailer: Mailer
    effects: Queue
    objects: Objects
    sealer: Sealer
    secrets: Secrets
    states: TenantStates
    tokens: TokenVerifier
    policies: PolicySource
    address: str
    """Where people reach the service, as invitations name it: `https://…`."""
    clock: Clock
    """The domain's present (movable on the local stack)."""
    real_clock: Clock
    """Real time: tokens, signatures, tickets, expiries of records and cursors."""
