"""Access to an organisation."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR
from tests.kernel.tenants.world import OWNER, World

READS = ["", "/people", "/people/me", "/units", "/policy", "/policy/versions/1"]


@pytest.mark.parametrize("path", READS)
def test_without_a_token_nothing_is_shown(shop: World, path: str) -> None:
    assert shop.client.request("GET", f"/v1/t/shop{path}").problem == "unauthenticated"


@pytest.mark.parametrize("path", READS)
def test_another_organisations_owner_sees_nothing(shop: World, path: str) -> None:
    shop.sign_up(id="other", email="boss@else.example")
    answer = shop.client.request("GET", f"/v1/t/shop{path}", token=shop.token("boss@else.example"))
    assert answer.problem == "forbidden"


def test_an_expired_token_is_refused(shop: World) -> None:
    token = shop.token(OWNER)
    shop.fakes.real_clock.advance(2 * HOUR)
    assert shop.client.request("GET", "/v1/t/shop", token=token).problem == "unauthenticated"


@pytest.mark.parametrize("tenant", ["nobody", "SHOP", "a%2Fb", "%23"])
def test_an_unknown_organisation_is_not_found(shop: World, tenant: str) -> None:
    assert shop.client.request("GET", f"/v1/t/{tenant}", token=shop.token(OWNER)).problem == "tenant-unknown"
