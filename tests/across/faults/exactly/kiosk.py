"""The organisation `Kiosk` on which each program starts: two complaints filed at nine, and a later policy version.

It is created once per process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.kit.instants import from_text
from chalicelib.policy.reading import source
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put
from chalicelib.tenants.publication.policy_language import PolicyCache
from chalicelib.wiring import Wiring
from infra.memory_store.store import MemoryStore
from tests.across.faults.exactly.stores import TENANT, SearchedStore
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.compiles_once import compiled_once
from tests.helpers.fakes.identity import Person
from tests.helpers.fakes.mailer import FakeMailer
from tests.helpers.fakes.objects import FakeObjects
from tests.helpers.fakes.prepares_once import PreparesOnce
from tests.helpers.fakes.vault import FakeVault

START = from_text("2026-11-27T09:00:00+08:00")
LATER = "2026-11-27T13:00:00+08:00"
"""The time at which the version published in the search takes effect."""
BASE = ("202611-000002", "202611-000009")
"""Complaints that exist from the beginning. They are mostly due in one round of the sweep, and so in one batch."""
STAFF = ("owner", "clerk", "lead")
_PROCEDURE = Path(__file__).with_name("procedure.yaml").read_text(encoding="utf-8")


@cache
def document(screening: str = "1 hour", major: str = "2 hours") -> dict[str, Any]:
    """The policy with other limits."""
    found = dict(source.read(_PROCEDURE))
    clocks = found["clocks"]
    clocks["screening"]["within"] = screening
    clocks["resolution"]["within"][1]["limit"] = major
    return found


SECOND: dict[str, Any] = document("80 minutes", "3 hours")
THIRD: dict[str, Any] = document("40 minutes", "1 hour")


@dataclass(frozen=True)
class Kiosk:
    """The initial store of each program, and the wiring that programs copy."""

    store: SearchedStore
    wiring: Wiring


@cache
def opened() -> Kiosk:
    """Signs up the organisation, publishes the second version, and files the two complaints."""
    world = InProcess("2026-11-27T08:00:00+08:00")
    fakes = world.fakes
    known = {f"{name}@{TENANT}.example": Person(sub=name, password="secret") for name in STAFF}
    fakes.identity.people.update(known)
    shop = Organisation(world, TENANT, None)
    body = {"id": TENANT, "name": "Kiosk", "email": f"owner@{TENANT}.example", "policy": document(), "language": "en"}
    assert world.call("POST", "/v1/tenants", body).status == 201
    shop.tokens["owner"] = fakes.identity.token(body["email"], fakes.identity.people[body["email"]].password)
    for role in STAFF[1:]:
        hire(shop, role)
    second = {"policy": SECOND, "effective_at": "2026-11-27T10:30:00+08:00"}
    assert world.call("POST", f"{shop.path}/policy/publish", second, auth=shop.auth("owner")).status == 201
    fakes.clock.move_to(START)
    for number, severity in zip(BASE, ("general", "major"), strict=True):
        set_next_number(fakes.store, number)
        assert shop.try_file(severity=severity).json["number"] == number
    return Kiosk(SearchedStore.holding(fakes.store.everything()), replace(fakes.wiring, policies=PreparesOnce()))


def set_next_number(store: MemoryStore, number: str) -> None:
    """Gives the next complaint this number."""
    month, _, count = number.partition("-")
    counter = Entry(key=keys.month_counter(TENANT, month), kind=numbers.KIND, count=int(count) - 1)
    with binding.tenant(TENANT):
        store.commit([Put(counter, if_absent=False)])


def new_wiring(store: SearchedStore, clock: MovableClock, **others: Any) -> Wiring:
    """A separate wiring on the store with empty caches, so that the calls of programs do not depend on each other."""
    objects = FakeObjects()
    own: dict[str, Any] = {"objects": objects, "vault": FakeVault(objects), "mailer": FakeMailer(), **others}
    compiled = PolicyCache(compiled_once)
    return replace(opened().wiring, store=store, clock=clock, real_clock=clock, policy_cache=compiled, **own)
