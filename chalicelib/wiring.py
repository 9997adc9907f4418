"""The adapters behind each port, as use cases receive them. `bootstrap` builds the struct."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from chalicelib.instants import DAY, Instant
from chalicelib.ports import (
    Identity,
    Mailer,
    Poster,
    Queue,
    Sealer,
    Secrets,
    Signer,
    TenantStates,
    TimeSource,
    TokenVerifier,
    Vault,
)

if TYPE_CHECKING:
    from chalicelib.evidence.scanning.scanner_port import Scanner
    from chalicelib.evidence.storage.objects import Objects
    from chalicelib.limits.daily_filings import DailyFilings
    from chalicelib.limits.receipt_locks import ReceiptLocks
    from chalicelib.limits.request_rates import RequestRates
    from chalicelib.limits.sources import RequestSources
    from chalicelib.policy.compiled import Policy
    from chalicelib.store.port import Store
    from chalicelib.tenants.publication.policy_cache import PolicyCache
    from chalicelib.tenants.publication.policy_source import PolicySource


class Wiring(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a use case may be handed. Built once per process."""

    store: Store
    identity: Identity
    mailer: Mailer
    poster: Poster
    effects: Queue
    hooks: Queue
    """Tries of webhooks, apart from `effects`: nobody's mail waits for a receiver that hangs."""
    due: Queue
    """What the sweep found, for its workers."""
    objects: Objects
    vault: Vault
    signer: Signer
    scanner: Scanner
    lock_days: int
    """For how many days a sealed file is locked where the policy says nothing."""
    sealer: Sealer
    secrets: Secrets
    states: TenantStates
    tokens: TokenVerifier
    sources: RequestSources
    """What one address or person may ask for in a minute."""
    rates: RequestRates
    """What may be asked of one tenant in a minute."""
    filings: DailyFilings
    """What one address may file with one tenant in a day."""
    locks: ReceiptLocks
    policies: PolicySource
    address: str
    """Where people reach the service, as invitations name it: `https://…`."""
    clock: TimeSource
    """The domain's present (movable on the local stack)."""
    real_clock: TimeSource
    """Real time: tokens, signatures, tickets, expiries of records and cursors."""
    grace: Instant = 30 * DAY
    """The domain's time between an organisation's leaving and its erasure."""
    compiled: PolicyCache[Policy]
    """Policy versions made ready for use, once per process and version."""


GetWiring = Callable[[], Wiring]
