"""Whoever is invited by an address is who has confirmed it, on Cognito (moto), not who says that it is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.access.cognito import CognitoIdentity
from chalicelib.problem import Problem

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
    """What Mallory's account says of itself afterwards."""
    cognito = boto3.client("cognito-idp", region_name=REGION)
    pool = cognito.list_user_pools(MaxResults=1)["UserPools"][0]["Id"]

    def changed(**attributes: str) -> None:
        said: Any = [{"Name": name, "Value": value} for name, value in attributes.items()]
        cognito.admin_update_user_attributes(UserPoolId=pool, Username=MALLORY, UserAttributes=said)

    return changed


@asked_either_way
def test_nobody_is_taken_for_the_owner_of_an_address_that_they_only_say_is_theirs(
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
def test_an_account_that_is_found_must_have_the_address_itself(
    identity: CognitoIdentity, ask: Callable[..., Any]
) -> None:
    def with_another(parsed: dict[str, Any], **_: Any) -> None:
        for attribute in parsed["UserAttributes"]:
            attribute["Value"] = VICTIM if attribute["Name"] == "email" else attribute["Value"]

    identity._clients.cognito().meta.events.register("after-call.cognito-idp.AdminGetUser", with_another)
    with pytest.raises(Problem, match="not confirmed"):
        ask(identity, MALLORY)
