"""The deployment's keys: derived by purpose, found by id after a rotation, and read again within bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.crypto.secrets import KEPT_FOR, KEPT_FOR_AN_UNKNOWN_ID, SecretsManagerKeys
from tests.helpers.fakes.clock import MovableClock

REGION, NAME = "eu-central-1", "keys"
ONE = {"current": "k1", "k1": "1" * 64}
TWO = {"current": "k2", "k1": "1" * 64, "k2": "2" * 64}


class Secret:
    """The secret in Secrets Manager, with the number of its readings."""

    def __init__(self, clients: Clients) -> None:
        self.api: Any = boto3.client("secretsmanager", region_name=REGION)
        self.readings = 0
        self._clients = clients
        clients.secrets().meta.events.register("before-call.secretsmanager.GetSecretValue", self._count)

    def put(self, value: dict[str, str] | str) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        if self.api.list_secrets()["SecretList"]:
            self.api.put_secret_value(SecretId=NAME, SecretString=text)
        else:
            self.api.create_secret(Name=NAME, SecretString=text)

    def process(self, clock: MovableClock) -> SecretsManagerKeys:
        return SecretsManagerKeys(self._clients, NAME, clock)

    def _count(self, **_: Any) -> None:
        self.readings += 1


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[Secret]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        made = Secret(Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session())))
        made.put(ONE)
        yield made


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(1_000_000)


@pytest.fixture
def warm(secret: Secret, clock: MovableClock) -> SecretsManagerKeys:
    """A process that has read the secret before its rotation."""
    keys = secret.process(clock)
    keys.current("receipt")
    secret.put(TWO)
    return keys


def test_a_purposes_key_is_stable_and_its_own(secret: Secret, clock: MovableClock) -> None:
    keys, again = secret.process(clock), secret.process(clock)
    assert keys.current("receipt") == again.current("receipt")
    assert keys.current("receipt").secret != keys.current("cursor").secret


def test_an_older_key_is_found_by_its_id_after_rotation(secret: Secret, clock: MovableClock) -> None:
    before = secret.process(clock).current("receipt")
    secret.put(TWO)
    after = secret.process(clock)
    assert after.current("receipt").id == "k2"
    assert after.by_id("receipt", "k1") == before


def test_retained_keys_are_all_keys_the_current_one_first(secret: Secret, clock: MovableClock) -> None:
    assert [key.id for key in secret.process(clock).retained("lookup")] == ["k1"]
    secret.put(TWO)
    keys = secret.process(clock)
    assert keys.retained("lookup") == [keys.current("lookup"), keys.by_id("lookup", "k1")]


@pytest.mark.parametrize("key_id", ["k9", "current", ""])
def test_an_unknown_key_id_finds_nothing(secret: Secret, clock: MovableClock, key_id: str) -> None:
    assert secret.process(clock).by_id("receipt", key_id) is None


def test_the_secret_is_read_once_in_some_minutes(secret: Secret, clock: MovableClock) -> None:
    keys = secret.process(clock)
    for _ in range(50):
        keys.current("receipt"), keys.by_id("cursor", "k1"), keys.retained("lookup")
        clock.advance(KEPT_FOR // 100)
    assert secret.readings == 1


def test_a_warm_process_opens_a_receipt_that_another_issued_with_the_new_key(
    secret: Secret, warm: SecretsManagerKeys, clock: MovableClock
) -> None:
    clock.advance(KEPT_FOR_AN_UNKNOWN_ID)
    assert warm.by_id("receipt", "k2") == secret.process(clock).current("receipt")


def test_unknown_ids_of_strangers_cause_one_reading_in_ten_seconds(
    secret: Secret, warm: SecretsManagerKeys, clock: MovableClock
) -> None:
    before = secret.readings
    for number in range(1000):
        clock.advance(KEPT_FOR_AN_UNKNOWN_ID // 100)
        warm.by_id("receipt", f"x{number}")
    assert secret.readings - before == 10


def test_a_warm_process_has_the_new_current_key_after_some_minutes(
    warm: SecretsManagerKeys, clock: MovableClock
) -> None:
    clock.advance(KEPT_FOR - 1)
    assert warm.current("lookup").id == "k1"
    clock.advance(1)
    assert [key.id for key in warm.retained("lookup")] == ["k2", "k1"]


@pytest.mark.parametrize("spoilt", ["not JSON", '{"current": "k3"}'])
def test_a_process_keeps_its_keys_while_the_secret_cannot_be_read(
    secret: Secret, warm: SecretsManagerKeys, clock: MovableClock, spoilt: str
) -> None:
    secret.put(spoilt)
    clock.advance(KEPT_FOR)
    assert warm.current("receipt").id == "k1"
    assert warm.by_id("receipt", "k2") is None


@pytest.mark.parametrize("value", [{"current": "k1"}, {"k1": "1" * 64}, {"current": "k1", "k1": "Tiny7"}])
def test_an_invalid_secret_is_rejected_without_being_shown(
    secret: Secret, clock: MovableClock, value: dict[str, str]
) -> None:
    secret.put(value)
    with pytest.raises(ValueError, match="deployment's secret") as refused:
        secret.process(clock).current("receipt")
    assert "Tiny7" not in str(refused.value)
