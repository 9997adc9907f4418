"""An organisation of its own for each test, and its store."""

from __future__ import annotations

from infra.memory_store.store import MemoryStore
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


def world_of(shop: Organisation) -> InProcess:
    assert isinstance(shop.world, InProcess)
    return shop.world


def store_of(shop: Organisation) -> MemoryStore:
    return world_of(shop).fakes.store
