"""Policies as a later release would have published them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.store import keys
from tests.clauses.organisation import Organisation
from tests.fakes.wiring import with_empty_caches
from tests.stored import later
from tests.stored.shop import world_of

Change = Callable[[dict[str, Any]], object]


def publish_later(shop: Organisation, change: Change, form: int | None = later.VERSION) -> None:
    """As if a later release had published the version in force, and this process had just begun."""

    def changed(version: dict[str, Any]) -> dict[str, Any]:
        change(version["policy"])
        return version

    world = world_of(shop)
    later.rewrite(world.fakes.store, shop.id, keys.policy(shop.id, "1"), changed, form)
    world.fakes = with_empty_caches(world.fakes)
