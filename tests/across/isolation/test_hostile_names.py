"""Names of organisations, people and units have no web address, because mails to strangers show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.across.isolation import addresses
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"
VICTIM = "victim@elsewhere.example"
Naming = Callable[..., Answer]


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def founded(shop: Organisation, name: str, **headers: str) -> Answer:
    body = {"id": "another", "name": name, "email": VICTIM, "preset": "corporate-standard"}
    return shop.world.call("POST", "/v1/tenants", body, headers=headers)


def invited(shop: Organisation, name: str, **headers: str) -> Answer:
    body = {"email": VICTIM, "name": name, "grants": [{"role": "agent"}]}
    return asked(shop, "people", body, headers)


def unit_added(shop: Organisation, name: str, **headers: str) -> Answer:
    return asked(shop, "units", {"id": "north", "name": name}, headers)


def asked(shop: Organisation, what: str, body: Any, headers: dict[str, str]) -> Answer:
    return shop.world.call("POST", f"{shop.path}/{what}", body, auth=shop.auth("owner"), headers=headers)


NAMINGS = pytest.mark.parametrize("named", [founded, invited, unit_added])


@NAMINGS
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_with_a_web_address_is_refused_at_its_place(shop: Organisation, named: Naming, language: str) -> None:
    answer = named(shop, "领奖.com", **{"Accept-Language": language})

    said = {"en": "must not contain a web address", "zh": "不得包含网址"}[language]
    assert (answer.status, answer.json["errors"]) == (422, [{"pointer": "/name", "detail": said}])


@NAMINGS
def test_no_address_is_taken_as_a_name_and_no_mail_is_sent(shop: Organisation, named: Naming) -> None:
    hostile = [*addresses.ADDRESSES, *addresses.IN_NAMES_ONLY]

    taken = [name for name in hostile if named(shop, f"您的账户已锁定 {name}").status != 422]

    assert taken == []
    assert isinstance(shop.world, InProcess)
    assert shop.world.fakes.mailer.to(VICTIM) == []


@pytest.mark.parametrize("name", addresses.OTHER_NAMES)
def test_other_names_are_taken(shop: Organisation, name: str) -> None:
    assert founded(shop, name).status == 201
