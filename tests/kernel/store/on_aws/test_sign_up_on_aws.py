"""Sign-up on AWS services (moto): table, user pool and mail, signed through the bindings."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.access.binding import OwnCredentials
from chalicelib.access.clients import Clients
from chalicelib.access.cognito import CognitoIdentity
from chalicelib.features.messages.mail.ses import SesMailer
from chalicelib.features.organisations.sign_up import SignUp, sign_up
from chalicelib.features.people.invite import Invite, invite
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tenants import opening
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.people import accounts, membership
from chalicelib.tenants.people.accounts import ABANDONED_AFTER
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.tenants.people.queries import all_people
from chalicelib.tenants.publication.policy_language import PolicyLanguage
from chalicelib.wiring import Wiring
from chalicelib.workers import hourly
from infra.local.api_client import password_in
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.faults import Crash
from tests.helpers.fakes.wiring import fakes
from tests.kernel.store.conftest import ON_REQUEST, REGION

pytestmark = pytest.mark.parametrize(
    "make_table", ["moto", pytest.param("moto-shim", marks=pytest.mark.nightly), *ON_REQUEST], indirect=True
)
"""On the local stack, which has the shim, organisations sign up in tests by day too."""
OWNER, AGENT = "owner@shop.example", "agent@shop.example"


def _aws(service: str) -> Any:
    return boto3.client(service, region_name=REGION)


@pytest.fixture
def wiring(make_table: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> Wiring:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    store = make_table().store()
    pool = _aws("cognito-idp").create_user_pool(PoolName="people", UsernameAttributes=["email"])["UserPool"]["Id"]
    _aws("ses").verify_email_identity(EmailAddress="redress@host.example")
    clients = Clients(region=REGION, provider=OwnCredentials(boto3.session.Session()))
    made = fakes()
    return replace(
        made.wiring,
        store=store,
        identity=CognitoIdentity(clients, pool),
        mailer=SesMailer(clients, "redress@host.example", "told"),
        policies=PolicyLanguage(),
        states=Directory(store, made.real_clock),
    )


def _signed_up(wiring: Wiring) -> None:
    wanted = SignUp(id="shop", name="小店", email=OWNER, preset="corporate-standard")
    asked = Request(tenant="shop", principal="public", source="sign-up", key="k", body_hash="h")
    assert sign_up(wiring, wanted, asked, wiring.clock(), source="here").status == 201


def _mails(address: str) -> list[str]:
    sent = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    read = [email.message_from_string(mail.raw_data, policy=email.policy.default) for mail in sent]
    return [mail.get_content() for mail in read if mail["To"] == address]


def test_an_organisation_is_active_and_its_owner_invited(wiring: Wiring) -> None:
    _signed_up(wiring)
    with binding.tenant("shop"):
        (owner,) = all_people(wiring.store, "shop")
    assert (wiring.states.state("shop"), owner.email, owner.owner, owner.told) == ("active", OWNER, True, True)
    assert password_in(_mails(OWNER)[-1])


def test_the_owner_invites_a_person_who_then_is_a_member(wiring: Wiring) -> None:
    _signed_up(wiring)
    with binding.tenant("shop"):
        (owner,) = all_people(wiring.store, "shop")
        opening.note_request(wiring, "shop", owner.sub)
        wanted = Invite(email=AGENT, name="林", grants=[StoredGrant("agent")])
        sub = invite(wiring, OwnerCommand(tenant="shop", sub=owner.sub, now=wiring.clock()), wanted).body["sub"]
        person = keys.membership("shop", sub)
        assert membership.parse(wiring.store.get([person]).get(person)).may("agent")
    assert password_in(_mails(AGENT)[-1])


def _dies_at_its(nth: int, operation: str, wiring: Wiring) -> None:
    """The process stops just before this call."""
    seen = 0

    def gone(**_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == nth:
            raise Crash

    assert isinstance(wiring.store, DynamoStore)
    wiring.store.connection.client.meta.events.register_first(f"before-send.dynamodb.{operation}", gone)


def _accounts(wiring: Wiring) -> dict[str, str]:
    """The accounts: `sub` by address."""
    assert isinstance(wiring.identity, CognitoIdentity)
    users = _aws("cognito-idp").list_users(UserPoolId=wiring.identity._pool)["Users"]
    said = [{one["Name"]: one["Value"] for one in user["Attributes"]} for user in users]
    return {one["email"]: one["sub"] for one in said}


def _invited_by_one_that_dies(wiring: Wiring, transaction: int) -> None:
    with binding.tenant("shop"):
        (owner,) = all_people(wiring.store, "shop")
        _dies_at_its(transaction, "TransactWriteItems", wiring)
        wanted = Invite(email=AGENT, name="林", grants=[StoredGrant("agent")])
        with pytest.raises(Crash):
            invite(wiring, OwnerCommand(tenant="shop", sub=owner.sub, now=wiring.clock()), wanted)


NOTE, MEMBERSHIP = 2, 3
"""Of an invitation's transactions; the first says that somebody is expected."""


@pytest.mark.slow
@pytest.mark.parametrize("transaction", [NOTE, MEMBERSHIP])
def test_an_account_without_membership_is_deleted_after_an_hour(wiring: Wiring, transaction: int) -> None:
    _signed_up(wiring)
    _invited_by_one_that_dies(wiring, transaction)
    assert set(_accounts(wiring)) == {OWNER, AGENT}
    sub = _accounts(wiring)[AGENT]
    hourly.run(wiring, "shop", wiring.clock())
    assert set(_accounts(wiring)) == {OWNER, AGENT}  # whoever invites may still be at it
    _an_hour_passes(wiring)
    hourly.run(wiring, "shop", wiring.clock())
    assert set(_accounts(wiring)) == {OWNER}
    with binding.directory():
        assert wiring.store.query(keys.membership_index_entry(sub, "").pk).entries == []


@pytest.mark.slow
def test_an_account_with_another_organisation_stays(wiring: Wiring) -> None:
    _signed_up(wiring)
    _invited_by_one_that_dies(wiring, MEMBERSHIP)
    accounts.add_to_index(wiring.store, _accounts(wiring)[AGENT], "elsewhere")
    _an_hour_passes(wiring)
    hourly.run(wiring, "shop", wiring.clock())
    assert set(_accounts(wiring)) == {OWNER, AGENT}


def _an_hour_passes(wiring: Wiring) -> None:
    assert isinstance(wiring.real_clock, MovableClock)
    wiring.real_clock.advance(ABANDONED_AFTER)
