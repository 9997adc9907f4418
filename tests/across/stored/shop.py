"""An organisation of its own for each test, and its store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Put
from infra.memory_store.store import MemoryStore
from tests.across.stored import later
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.wiring import with_empty_caches

Change = Callable[[dict[str, Any]], object]


def world_of(shop: Organisation) -> InProcess:
    assert isinstance(shop.world, InProcess)
    return shop.world


def store_of(shop: Organisation) -> MemoryStore:
    return world_of(shop).fakes.store


def publish_later(shop: Organisation, change: Change, form: int | None = later.VERSION, number: str = "1") -> None:
    """As if a later release had published the version, and this process had just begun."""

    def changed(version: dict[str, Any]) -> dict[str, Any]:
        change(version["policy"])
        return version

    world = world_of(shop)
    later.rewrite(world.fakes.store, shop.id, keys.policy(shop.id, number), changed, form)
    world.fakes = with_empty_caches(world.fakes)


@contextmanager
def under_later_policy(shop: Organisation, change: Change, number: str = "1") -> Iterator[None]:
    """The time in which an earlier release runs again. Afterwards, the process knows every word."""
    world = world_of(shop)
    before = later.read(world.fakes.store, shop.id, keys.policy(shop.id, number))
    publish_later(shop, change, number=number)
    yield
    with binding.tenant(shop.id):
        world.fakes.store.commit([Put(before, if_absent=False)])
    world.fakes = with_empty_caches(world.fakes)
