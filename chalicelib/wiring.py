"""Wiring: a struct with the adapter of each port, which use cases receive. `bootstrap` builds it.

The ports to compiled policies are here, since these are above the other ports.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import msgspec

from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant
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
    from chalicelib.limits.budgets import Budgets
    from chalicelib.limits.daily_filings import DailyFilings
    from chalicelib.limits.request_rates import RequestRates
    from chalicelib.limits.sources import RequestSources
    from chalicelib.limits.wrong_receipts import WrongReceipts
    from chalicelib.policy.compiled import Policy
    from chalicelib.ports.files import Objects, Scanner
    from chalicelib.ports.issuer import Issuer
    from chalicelib.ports.policy_source import PolicySource
    from chalicelib.ports.search_index import SearchIndex
    from chalicelib.store.port import Store


class StoredPolicy(Protocol):
    """A published version, or a draft of one."""

    @property
    def version(self) -> str: ...

    @property
    def policy(self) -> msgspec.Raw:
        """Canonical JSON of the checked document."""
        ...

    @property
    def roles(self) -> list[str]:
        """In the order in which the author wrote them; empty for a draft."""
        ...


class CompiledPolicies(Protocol):
    """The compiled policy versions of a store's tenants."""

    @property
    def store(self) -> Store: ...

    def get(self, tenant: str, version: str) -> Policy:
        """Raises `Problem("not-found")`, and the errors of the compiler."""
        ...


class CompiledPolicyCache(Protocol):
    """Compiles each version of a tenant once per process (`tenants.publication.policy_language`)."""

    def of(self, store: Store) -> CompiledPolicies: ...

    def cached(self, tenant: str, version: str) -> Policy | None:
        """The version if this process has compiled it already. Reads nothing."""
        ...

    def remember(self, tenant: str, version: StoredPolicy) -> Policy:
        """Compile a version that the caller has read."""
        ...


class SessionTimes(msgspec.Struct, frozen=True):
    """Real time after which the session of a person on the pages ends."""

    idle: Instant = 30 * MINUTE
    """Without a request."""
    longest: Instant = 10 * HOUR
    """After sign-in, in any case: a working day."""


class Wiring(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that use cases need from outside. Built once per process."""

    store: Store
    identity: Identity
    mailer: Mailer
    poster: Poster
    effects: Queue
    hooks: Queue
    """Webhook deliveries. Separate from `effects`, so that mails do not wait for a receiver that does not respond."""
    due: Queue
    """What the sweep found, for its workers."""
    objects: Objects
    vault: Vault
    signer: Signer
    scanner: Scanner
    region: str
    """The region of AWS in which the deployment stores its data."""
    lock_days: int
    """Days for which a sealed file is locked by default, if the policy defines none."""
    sealer: Sealer
    search: SearchIndex
    secrets: Secrets
    states: TenantStates
    tokens: TokenVerifier
    issuer: Issuer
    """Where people sign in to the pages."""
    session_times: SessionTimes = SessionTimes()
    sources: RequestSources
    """Limit of requests per minute, per IP address or person."""
    rates: RequestRates
    """Limit of requests per minute, per tenant."""
    filings: DailyFilings
    """Limit of complaints per day, per tenant and IP address."""
    wrong_receipts: WrongReceipts
    budgets: Budgets
    """Of sign-ups and mails: per source, tenant and deployment, and of mails to one address."""
    policies: PolicySource
    address: str
    """Public URL of the service, named in invitations: `https://…`."""
    clock: TimeSource
    """Domain time. The local stack can move it."""
    real_clock: TimeSource
    """Real time, for tokens, signatures, tickets, and the expiry of records and cursors."""
    grace: Instant = 30 * DAY
    """Domain time between an organisation's notice to leave and its erasure."""
    policy_cache: CompiledPolicyCache
    """Policy versions, compiled once per process and version."""

    @property
    def compiled(self) -> CompiledPolicies:
        """The compiled policy versions of the store."""
        return self.policy_cache.of(self.store)


OUTWARD = ("mailer", "poster", "identity", "vault")
"""Of these ports, those that reach people or systems outside. A practice organisation has a guard before each."""

GetWiring = Callable[[], Wiring]
