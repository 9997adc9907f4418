"""A wiring of fakes: `fakes()`, with typed access to the fake behind each port."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from chalicelib.access.id_tokens import KeySet
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from chalicelib.features.practice.outgoing import guarded
from chalicelib.kit.instants import from_text
from chalicelib.limits.budgets import Allowance, Budgets
from chalicelib.limits.daily_filings import DailyFilings
from chalicelib.limits.request_rates import RequestRates
from chalicelib.limits.sources import RequestSources
from chalicelib.limits.wrong_receipts import WrongReceipts
from chalicelib.ports import Secrets
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyCache
from chalicelib.wiring import Wiring
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes import identity
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.compiles_once import compiled_once
from tests.helpers.fakes.faults import Breaker
from tests.helpers.fakes.identity import FakeIdentity, FakeIssuer
from tests.helpers.fakes.mailer import FakeMailer
from tests.helpers.fakes.objects import FakeObjects
from tests.helpers.fakes.policies import FakePolicies
from tests.helpers.fakes.poster import FakePoster
from tests.helpers.fakes.queue import FakeQueue
from tests.helpers.fakes.sealer import PlainSealer
from tests.helpers.fakes.search import FakeSearchIndex
from tests.helpers.fakes.secrets import FakeSecrets
from tests.helpers.fakes.signer import FakeSigner
from tests.helpers.fakes.vault import FakeVault
from tests.helpers.fakes.verifies_once import VerifiesOnce

NOW = from_text("2026-11-27T09:00:00+08:00")
"""The initial time of the domain clock."""
ADDRESS = "https://redress.example"
GENEROUS = 1_000_000
"""Requests per minute, too many to be reached by tests of other features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakes:
    """The fakes that a test inspects and controls. The program receives `wiring`."""

    wiring: Wiring
    store: MemoryStore
    identity: FakeIdentity
    issuer: FakeIssuer
    mailer: FakeMailer
    poster: FakePoster
    effects: FakeQueue
    hooks: FakeQueue
    due: FakeQueue
    objects: FakeObjects
    vault: FakeVault
    search: FakeSearchIndex
    clock: MovableClock
    real_clock: MovableClock

    def breaking(self, breaker: Breaker) -> Wiring:
        """A wiring on the same fakes for a process that dies at the breaker's call."""
        first = ("store", "identity", "mailer", "poster", "effects", "hooks", "due", "objects", "vault", "signer")
        names = (*first, "sealer", "search")
        return replace(self.wiring, **{name: breaker.wrap(getattr(self.wiring, name)) for name in names})


def fakes(**others: Any) -> Fakes:
    """New fakes. `others` replace single ports of the wiring."""
    clock, real_clock = MovableClock(NOW), MovableClock(identity.REAL_NOW)
    store, objects, secrets = MemoryStore(), FakeObjects(), FakeSecrets()
    people = FakeIdentity(real_clock)
    tokens = VerifiesOnce(
        issuer=identity.ISSUER,
        audience=identity.AUDIENCE,
        keys=KeySet(identity.jwks, real_clock),
        real_clock=real_clock,
    )
    shown: dict[str, Any] = {
        "store": store,
        "identity": people,
        "issuer": FakeIssuer(people, ADDRESS, tokens, real_clock),
        "mailer": FakeMailer(),
        "poster": FakePoster(),
        "effects": FakeQueue(),
        "hooks": FakeQueue(),
        "due": FakeQueue(),
        "objects": objects,
        "vault": FakeVault(objects),
        "search": FakeSearchIndex(),
        "clock": clock,
        "real_clock": real_clock,
    }
    behind: dict[str, Any] = {
        "signer": FakeSigner(),
        "scanner": StandInScanner(),
        "region": "cn-north-1",
        "lock_days": 365,
        "sealer": PlainSealer(),
        "secrets": secrets,
        "budgets": Budgets(secrets, real_clock, Allowance(500, 50_000, GENEROUS, GENEROUS)),
        "tokens": tokens,
        "policies": FakePolicies(),
        "address": ADDRESS,
        **_caches(store, secrets, real_clock),
    }
    return Fakes(wiring=guarded(Wiring(**{**shown, **behind, **others})), **shown)


def with_empty_caches(found: Fakes) -> Fakes:
    """The same fakes behind a wiring as of a new process."""
    caches = _caches(found.store, found.wiring.secrets, found.real_clock)
    return dataclasses.replace(found, wiring=replace(found.wiring, **caches))


def _caches(store: MemoryStore, secrets: Secrets, real_clock: MovableClock) -> dict[str, Any]:
    """The parts of a wiring that remember something of the store, or count requests."""
    return {
        "wrong_receipts": WrongReceipts(store, secrets, real_clock),
        "states": Directory(store, real_clock),
        "sources": RequestSources(addresses=GENEROUS, people=GENEROUS, real_clock=real_clock),
        "rates": RequestRates(store, real_clock, factor=GENEROUS),
        "filings": DailyFilings(store, real_clock, factor=GENEROUS),
        "policy_cache": PolicyCache(compiled_once),
    }
