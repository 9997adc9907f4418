"""The counters of budgets in a table of DynamoDB (moto): conditional, given back, and expiring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import SECOND
from chalicelib.kit.problem import Problem
from chalicelib.limits import returned_mail
from chalicelib.limits.budgets import SIGN_UPS, Allowance, Budgets
from chalicelib.limits.plans import PLANS
from chalicelib.limits.returned_mail import Returned
from chalicelib.ports import DeliveryFailed
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.secrets import FakeSecrets
from tests.helpers.fakes.wiring import NOW
from tests.kernel.store.conftest import ON_REQUEST

pytestmark = pytest.mark.parametrize("make_table", ["moto", *ON_REQUEST], indirect=True)
PLAN, SECRETS = PLANS["standard"], FakeSecrets()


@pytest.fixture
def store(make_table: Callable[[], Any]) -> DynamoStore:
    made: DynamoStore = make_table().store()
    return made


def budgets(sign_ups: int = 500, mails: int = 50_000) -> Budgets:
    return Budgets(SECRETS, MovableClock(NOW), Allowance(sign_ups, mails))


def sent(store: DynamoStore, mails: int, address: str | None = None) -> None:
    with budgets(mails=mails).notice(store, "shop", PLAN, address):
        pass


@pytest.mark.slow
def test_a_source_signs_up_until_its_hour_is_used_up(store: DynamoStore) -> None:
    for n in range(SIGN_UPS):
        with budgets().new_sign_up(store, "here", f"a{n}@shop.example"):
            pass
    with pytest.raises(Problem, match="too-many-requests"), budgets().new_sign_up(store, "here", "b@shop.example"):
        raise AssertionError("it is refused before anything is done")
    with budgets().new_sign_up(store, "there", "b@shop.example"):
        pass


def test_what_a_later_budget_refuses_is_given_back_to_the_earlier_ones(store: DynamoStore) -> None:
    sent(store, 10, "a@shop.example")
    with pytest.raises(DeliveryFailed, match="all_mails_an_hour"):
        sent(store, 10, "a@shop.example")
    with binding.tenant("shop"):
        [counter] = store.query(keys.mails_counter("shop", "mails", 0).pk).entries
    assert counter.count == 1
    assert (counter.expires or 0) * SECOND > NOW


def test_a_stop_is_found_by_every_spelling_and_lifted(store: DynamoStore) -> None:
    recipient = returned_mail.tag(SECRETS, "a@shop.example")[returned_mail.TAG]
    returned_mail.note(store, recipient, Returned("complained", "shop"), NOW)
    returned_mail.note(store, recipient, Returned("bounced", "other"), NOW)

    assert returned_mail.trouble_of(store, SECRETS, "shop", "A+1@shop.example", NOW, again=True) == "complained"
    assert returned_mail.lift(store, SECRETS, "a@SHOP.example", NOW) == ["complained"]
    assert returned_mail.trouble_of(store, SECRETS, "shop", "a@shop.example", NOW) is None
