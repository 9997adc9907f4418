"""An e-mail address cannot carry a web address to the person who has it, in a tag that a stranger chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.mail import Mail
from chalicelib.kit.web_addresses.search import is_lure
from chalicelib.ports import Invitation
from chalicelib.tenants.people.invitation_text import invitation_mail
from tests.across.isolation import addresses
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"
Asking = Callable[..., Answer]
LURES = (
    "victim+www.evil.com/claim?prize=1@gmail.com",
    "victim+/evil/claim@gmail.com",
    "victim+evil.com@gmail.com",
    "victim+evil.vip@gmail.com",
    "victim+evil.top?prize=1@gmail.com",
    "evil.com/claim?@gmail.com",
    "www.evil@shop.example",
    "evil.com@shop.example",
    "lin+203.0.113.5@shop.example",
    "evil.vip?x=1@shop.example",
)
HONEST = (
    "lin@shop.example",
    "lin+redress@shop.example",
    "lin+redress.2026@shop.example",
    "wang.li@shop.example",
    "lin.wang+tag@shop.example",
    "o'neill.j@shop.example",
    "anna_m.schmidt-ma@shop.example",
)


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def founded(shop: Organisation, email: str, **headers: str) -> Answer:
    body = {"id": "another", "name": "Shop", "email": email, "preset": "corporate-standard"}
    return shop.world.call("POST", "/v1/tenants", body, headers=headers)


def invited(shop: Organisation, email: str, **headers: str) -> Answer:
    body = {"email": email, "name": "林", "grants": [{"role": "agent"}]}
    return shop.world.call("POST", f"{shop.path}/people", body, auth=shop.auth("owner"), headers=headers)


@pytest.mark.parametrize("asked", [founded, invited])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "must not have a web address or a / before the @"), ("zh", "@ 之前不得有网址或 /")]
)
def test_a_lure_is_refused_at_its_place(shop: Organisation, asked: Asking, language: str, said: str) -> None:
    answer = asked(shop, LURES[0], **{"Accept-Language": language})

    assert (answer.status, answer.json["errors"]) == (422, [{"pointer": "/email", "detail": said}])


@pytest.mark.parametrize("asked", [founded, invited])
def test_no_lure_is_taken_and_no_mail_is_sent(shop: Organisation, asked: Asking) -> None:
    assert [email for email in LURES if asked(shop, email).status != 422] == []
    assert isinstance(shop.world, InProcess)
    assert [email for email in LURES if shop.world.fakes.mailer.to(email)] == []


@pytest.mark.parametrize("address", [found for found in addresses.ADDRESSES if found.isascii() and "@" not in found])
def test_a_tag_with_any_address_is_a_lure(address: str) -> None:
    assert is_lure(f"victim+{address}@gmail.com")


@pytest.mark.parametrize("email", HONEST)
def test_other_addresses_are_none(shop: Organisation, email: str) -> None:
    assert founded(shop, email).status == 201


def mail_to(email: str) -> Mail:
    invited = Invitation(sub="invented", password="Invented-1-Password")
    return invitation_mail("en", invited, organisation="Shop", address="https://redress.example", email=email)


@pytest.mark.parametrize("email", LURES)
def test_an_invitation_does_not_show_one(email: str) -> None:
    assert "User: (see your case)\n" in mail_to(email).text


@pytest.mark.parametrize("email", HONEST)
def test_an_invitation_shows_other_addresses(email: str) -> None:
    assert f"User: {email}\n" in mail_to(email).text
