"""A mail says where its reader goes on: a complainant to the case, which the receipt opens, others to the service."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.reaching.shop import MAIL, WITH_MAIL, open_shop, policy

SERVICE = "https://redress.example"
ADDRESS = re.compile(r"https://\S*[^\s。.（]")


@pytest.fixture(scope="module")
def shop() -> Organisation:
    """A shop that tells its customer and its agents of a filing."""
    return open_shop(intake={**policy()["intake"], "tells": ["complainant", "agent"]})


def mails_to(shop: Organisation, address: str) -> Sequence[str]:
    assert isinstance(shop.world, InProcess)
    return [mail.text for mail in shop.world.fakes.mailer.to(address)]


def test_a_complainants_mail_leads_to_the_case(shop: Organisation) -> None:
    number = shop.file(facts=WITH_MAIL)

    text = mails_to(shop, MAIL)[-1]

    assert ADDRESS.findall(text) == [f"{SERVICE}/t/{shop.id}/case/{number}"]
    assert "receipt" in text.splitlines()[-1]
    assert shop.filed[number].receipt not in text


def test_a_mail_to_staff_leads_to_the_complaint_at_the_desk(shop: Organisation) -> None:
    number = shop.file(facts=WITH_MAIL)

    text = mails_to(shop, shop.emails["agent"])[-1]

    assert ADDRESS.findall(text)[-1] == f"{SERVICE}/t/{shop.id}/desk/complaints/{number}"
