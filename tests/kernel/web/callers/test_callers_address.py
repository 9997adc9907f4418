"""The address of a caller counts for limits: that of the gateway's peer, or what the stack's own distribution saw."""

from __future__ import annotations

import pytest

from chalicelib.web.gateway_event import GatewayRequest, parse_event
from tests.across.leaks.planted import plant_secret

SECRET = "for-this-test-" + "0123456789abcdef" * 2
plant_secret("the distribution's", SECRET)
PEER = "192.0.2.1"


def parsed(secret: str | None, **headers: str) -> GatewayRequest:
    """`secret`: of the stage. Headers with `_` for `-`."""
    return parse_event(
        {
            "requestContext": {"identity": {"sourceIp": PEER}},
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "stageVariables": None if secret is None else {"edge": secret},
        }
    )


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("198.51.100.7:46532", "198.51.100.7"),
        ("2001:db8:85a3::8a2e:370:7334:46532", "2001:db8:85a3::8a2e:370:7334"),
        ("[2001:db8::1]:443", "2001:db8::1"),
    ],
)
def test_a_request_through_the_distribution_has_the_readers_address(viewer: str, address: str) -> None:
    assert parsed(SECRET, X_Redress_Edge=SECRET, CloudFront_Viewer_Address=viewer).address == address


@pytest.mark.parametrize("given", ["", "wrong", SECRET[:-1], "é"])
def test_nobody_else_can_name_an_address(given: str) -> None:
    assert parsed(SECRET, X_Redress_Edge=given, CloudFront_Viewer_Address="198.51.100.7:1").address == PEER
    assert parsed(SECRET, CloudFront_Viewer_Address="198.51.100.7:1").address == PEER


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_distribution_no_header_names_an_address(secret: str | None) -> None:
    assert parsed(secret, X_Redress_Edge="", CloudFront_Viewer_Address="198.51.100.7:1").address == PEER


def test_a_request_without_the_readers_address_counts_for_the_peer() -> None:
    assert parsed(SECRET, X_Redress_Edge=SECRET).address == PEER


def test_the_secret_goes_no_further() -> None:
    request = parsed(SECRET, X_Redress_Edge=SECRET, CloudFront_Viewer_Address="198.51.100.7:1")
    assert SECRET not in request.headers.values()
