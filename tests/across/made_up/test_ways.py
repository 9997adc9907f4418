"""A way of notification is its row: readers get notices in it, attempts are repeated, effects are listed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.inbox.recipients import Addressed
from chalicelib.features.messages.ways import WAYS, Way
from chalicelib.ports import DeliveryFailed
from chalicelib.wiring import Wiring
from tests.across.made_up.asking import Played, Told, answers, played_in
from tests.across.made_up.rows import VALUES, row_like
from tests.across.made_up.shop import policy_of
from tests.across.made_up.test_fact_kinds import ABOUT_OTHERS
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess, advance
from tests.helpers.rows import without

NEW = "sms"
"""A way that no row has."""
Notice = tuple[str, str]
"""An event, and the reader who was told of it."""


class Phones:
    """A service for messages to telephones. `is_up`: false while it fails."""

    def __init__(self) -> None:
        self.sent: list[Notice] = []
        self.is_up = True

    def send(self, _wiring: Wiring, _tenant: str, _event: Event, delivery: Delivery, _found: Addressed) -> None:
        if not self.is_up:
            raise DeliveryFailed("no answer")
        self.sent.append((delivery.event, delivery.reader))


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Phones:
    """Members have a number, as they have an e-mail address."""
    phones = Phones()
    monkeypatch.setitem(WAYS, NEW, Way(reaches=lambda found, reader: reader in found.recipients, send=phones.send))
    return phones


@pytest.fixture
def shop() -> Organisation:
    return sign_up_with(
        InProcess("2026-11-27T09:00:00+00:00"), json.dumps(policy_of("text", row_like("text"), VALUES["text"]))
    )


def played(shop: Organisation) -> Played:
    return played_in(shop, VALUES["text"])


def effects(shop: Organisation, way: str) -> list[dict[str, Any]]:
    pages = [shop.get(f"/effects?limit=100&month={month}", "owner") for month in ("2026-11", "2026-12")]
    return [one for page in pages for one in page["effects"] if one["way"] == way]


def disputed(shop: Organisation) -> None:
    """The agent is told, after the owner was told of a notice."""
    number = shop.file()
    shop.act(number, "agent", "decide", found="It broke.")
    shop.act(number, "complainant", "dispute", found="It broke again.")


def told_of(found: Played) -> list[Told]:
    return [one for one in answers(found) if not one.asked.startswith(ABOUT_OTHERS)]


@pytest.mark.slow
def test_a_way_under_another_name_is_treated_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[Told]:
        world = InProcess("2026-11-27T09:00:00+00:00")
        return told_of(played(sign_up_with(world, json.dumps(policy_of("text", row_like("text"), VALUES["text"])))))

    usual = told()
    with without(WAYS, "email") as row:
        monkeypatch.setitem(WAYS, "emai0", row)
        other = told()

    assert [one._replace(text=one.text.replace("emai0", "email")) for one in other] == usual


def test_readers_get_each_notice_in_a_new_way_too(phones: Phones, shop: Organisation) -> None:
    played(shop)

    assert sorted(phones.sent) == sorted((one["event"], one["reader"]) for one in effects(shop, "email"))
    assert {one["state"] for one in effects(shop, NEW)} == {"sent"}


def test_a_notice_that_fails_in_a_new_way_is_sent_when_its_service_is_up(phones: Phones, shop: Organisation) -> None:
    phones.is_up = False
    disputed(shop)
    failed = effects(shop, NEW)
    assert [(one["about"], one["state"], one["why"]) for one in failed] == [
        ("disputed", "pending", "no answer"),
        ("notice_prepared", "pending", "no answer"),
    ]

    phones.is_up = True
    advance(shop.world, "2 hours")
    assert sorted(phones.sent) == sorted((one["event"], one["reader"]) for one in failed)


def test_effects_in_a_way_of_a_later_version_are_listed_and_tried_again(phones: Phones, shop: Organisation) -> None:
    phones.is_up = False
    disputed(shop)
    with without(WAYS, NEW):
        advance(shop.world, "2 hours")
        waiting = effects(shop, NEW)
    assert [(one["state"], one["why"]) for one in waiting] == [
        ("pending", "this version of the service does not know the way")
    ] * 2

    phones.is_up = True
    advance(shop.world, "1 day")
    assert len(phones.sent) == 2
