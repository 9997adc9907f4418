"""An invitation reaches only the account that has confirmed the address, on Cognito (moto)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.access.cognito import CognitoIdentity
from chalicelib.kit.problem import Problem

REGION = "eu-central-1"
MALLORY, VICTIM = "mallory@evil.example", "victim@shop.example"

asked_either_way = pytest.mark.parametrize("ask", [CognitoIdentity.invite, CognitoIdentity.find_or_create])


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> Iterator[CognitoIdentity]:
    """A pool with one person in it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        pool = boto3.client("cognito-idp", region_name=REGION).create_user_pool(
            PoolName="people", UsernameAttributes=["email"]
        )["UserPool"]["Id"]
        made = CognitoIdentity(Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session())), pool)
        made.invite(MALLORY)
        yield made


@pytest.fixture
def change(identity: CognitoIdentity) -> Callable[..., None]:
    """Changes the attributes of Mallory's account."""
    cognito = boto3.client("cognito-idp", region_name=REGION)
    pool = cognito.list_user_pools(MaxResults=1)["UserPools"][0]["Id"]

    def changed(**attributes: str) -> None:
        said: Any = [{"Name": name, "Value": value} for name, value in attributes.items()]
        cognito.admin_update_user_attributes(UserPoolId=pool, Username=MALLORY, UserAttributes=said)

    return changed


@asked_either_way
def test_an_unconfirmed_address_does_not_identify_an_account(
    identity: CognitoIdentity, change: Callable[..., None], ask: Callable[..., Any]
) -> None:
    change(email=VICTIM, email_verified="false")
    with pytest.raises(Problem, match="not confirmed"):
        ask(identity, VICTIM)


@asked_either_way
def test_an_account_that_confirmed_its_new_address_is_known_by_it(
    identity: CognitoIdentity, change: Callable[..., None], ask: Callable[..., Any]
) -> None:
    change(email=VICTIM, email_verified="true")
    assert ask(identity, VICTIM)


@asked_either_way
def test_a_found_account_must_have_exactly_this_address(identity: CognitoIdentity, ask: Callable[..., Any]) -> None:
    def with_another(parsed: dict[str, Any], **_: Any) -> None:
        for attribute in parsed["UserAttributes"]:
            attribute["Value"] = VICTIM if attribute["Name"] == "email" else attribute["Value"]

    identity._clients.cognito().meta.events.register("after-call.cognito-idp.AdminGetUser", with_another)
    with pytest.raises(Problem, match="not confirmed"):
        ask(identity, MALLORY)
