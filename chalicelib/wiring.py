"""Wiring: what stands behind each port, as the rooms are handed it. `adapters` fills it in for AWS."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.instants import DAY, Instant
from chalicelib.ports import (
    Clock,
    Identity,
    Mailer,
    Poster,
    Queue,
    Sealer,
    Secrets,
    Signer,
    TenantStates,
    TokenVerifier,
    Vault,
)
from chalicelib.settings import Settings

if TYPE_CHECKING:
    from chalicelib.evidence.objects import Objects
    from chalicelib.evidence.scanning import Scanner
    from chalicelib.http.sources import Sources
    from chalicelib.policy.compiled import Policy
    from chalicelib.store.port import Store
    from chalicelib.tenants.filings import Filings
    from chalicelib.tenants.policies import PolicyCache
    from chalicelib.tenants.policy_source import PolicySource
    from chalicelib.tenants.rates import Rates
    from chalicelib.tenants.receipt_locks import ReceiptLocks


def _cache() -> PolicyCache[Policy]:
    """Made with the wiring: the authorizer has none, and imports no policy language."""
    from chalicelib.tenants.compiling import compile_version
    from chalicelib.tenants.policies import PolicyCache

    return PolicyCache(compile_version)


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
    sources: Sources
    """What one address or person may ask for in a minute."""
    rates: Rates
    """What may be asked of one tenant in a minute."""
    filings: Filings
    """What one address may file with one tenant in a day."""
    locks: ReceiptLocks
    policies: PolicySource
    address: str
    """Where people reach the service, as invitations name it: `https://…`."""
    clock: Clock
    """The domain's present (movable on the local stack)."""
    real_clock: Clock
    """Real time: tokens, signatures, tickets, expiries of records and cursors."""
    grace: Instant = 30 * DAY
    """The domain's time between an organisation's leaving and its erasure."""
    compiled: PolicyCache[Policy] = msgspec.field(default_factory=_cache)
    """Policy versions made ready for use, once per process and version."""


Fetch = Callable[[], Mapping[str, Any]]
"""Gets a JSON Web Key Set (`http.jwks`)."""
GetWiring = Callable[[], Wiring]
_used: list[Wiring] = []


def use(wiring: Wiring) -> None:
    """Hand the process its wiring, in place of the one that the environment describes (the local stack)."""
    _used[:] = [wiring]


def load() -> None:
    """Import what stands behind the ports, so that the first request does not wait for it."""
    import chalicelib.adapters
    import chalicelib.http.jwks
    import chalicelib.http.tokens  # noqa: F401


def current() -> Wiring:
    """The process's wiring: the one in use, else the deployed one. Raises `SettingsError`."""
    if not _used:
        from chalicelib.adapters import deployed

        use(deployed(Settings.from_environment(os.environ)))
    return _used[0]


def current_tokens() -> TokenVerifier:
    """All that the authorizer's function needs: it must not wait for what the API needs."""
    if _used:
        return _used[0].tokens
    return tokens(Settings.from_environment(os.environ), real_time, None)


def real_time() -> Instant:
    return time.time_ns() // 1_000_000


def tokens(settings: Settings, real_clock: Clock, fetch: Fetch | None) -> TokenVerifier:
    from chalicelib.http.jwks import KeySet, over_https
    from chalicelib.http.tokens import IdTokens

    issuer = f"https://cognito-idp.{settings.region}.amazonaws.com/{settings.user_pool}"
    keys = KeySet(fetch or over_https(issuer + "/.well-known/jwks.json"), real_clock)
    return IdTokens(issuer=issuer, audience=settings.user_pool_client, keys=keys, real_clock=real_clock)
