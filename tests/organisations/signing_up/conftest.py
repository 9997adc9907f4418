"""Organisations of different sizes."""

from __future__ import annotations

import pytest

from tests.kernel.tenants.world import INVITE, World, world_on


@pytest.fixture
def world() -> World:
    return world_on()


@pytest.fixture
def shop(world: World) -> World:
    """An organisation on the preset with an invited owner."""
    assert world.sign_up().status == 201
    return world


@pytest.fixture
def staffed(shop: World) -> World:
    """The organisation with an agent."""
    assert shop.owner("POST", "/people", INVITE).status == 201
    return shop
