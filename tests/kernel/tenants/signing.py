"""Signing an organisation up without HTTP, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.features.organisations.sign_up import SignUp, sign_up
from chalicelib.tenants import opening
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.wiring import Wiring

OWNER = "owner@shop.example"


def request(key: str = "first", body_hash: str = "h", tenant: str = "shop") -> Request:
    return Request(tenant=tenant, principal="public", source="sign-up", key=key, body_hash=body_hash)


def signed_up(wiring: Wiring, asked: Request | None = None, **changes: Any) -> Answer:
    asked = asked or request()
    wanted = SignUp(id=asked.tenant, name="小店", email=OWNER, preset="corporate-standard")
    return sign_up(wiring, msgspec.structs.replace(wanted, **changes), asked, wiring.clock(), source="")


def opened(wiring: Wiring) -> None:
    """The first signed-in request of the founder of `shop`."""
    with binding.tenant("shop"):
        sub = wiring.identity.find_or_create(OWNER)
    opening.note_request(wiring, "shop", sub)


def command(wiring: Wiring, sub: str, key: str | None = None) -> OwnerCommand:
    asked = Request(tenant="shop", principal=sub, source="x", key=key, body_hash="h") if key else None
    return OwnerCommand(tenant="shop", sub=sub, now=wiring.clock(), request=asked)
