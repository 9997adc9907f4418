"""Wiring: which adapter stands behind each port. The only module that knows them all."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.ports import Clock, Identity, Mailer, Objects, Queue, Sealer, Secrets, TenantStates, TokenVerifier
from chalicelib.policy.compiled import Policy
from chalicelib.store.port import Store
from chalicelib.tenants.language import compile_version
from chalicelib.tenants.policies import PolicyCache
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
    compiled: PolicyCache[Policy] = field(default_factory=lambda: PolicyCache(compile_version))
    """Policy versions made ready for use, once per process and version."""
