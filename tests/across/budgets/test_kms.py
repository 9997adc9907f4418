"""Budgets of AWS KMS calls: none per command once the tenant's data key is cached."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.casework.authorization import Credential
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.crypto.data_keys import DataKeys
from chalicelib.crypto.sealing import EncryptionSdkSealer
from tests.across.faults.office import Office, opened

REGION = "eu-central-1"
Asked = list[str]


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))


@pytest.fixture
def key() -> str:
    return str(boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["Arn"])


@pytest.fixture
def asked(clients: Clients) -> Asked:
    """The KMS operations that botocore called."""
    found: Asked = []
    client = clients.kms()
    client.meta.events.register("before-call.kms", lambda model, **_: found.append(model.name))
    return found


def cold(office: Office, clients: Clients, key: str) -> None:
    """Simulates a new process, in which no data key is unwrapped yet."""
    sealer = EncryptionSdkSealer(DataKeys(office.store, clients.kms, key))
    force_setattr(office.wiring, "sealer", sealer)


def worked(office: Office) -> str:
    """Files, acts on and reads a complaint. Each step seals or opens values."""
    number = str(office.file(office.request("file")).body["number"])
    office.act(number, "agent", "accept", agent_team="一组", agent_number="7")
    credential = Credential(sub=office.organisation.subs["agent"])
    seen = complaint.ComplaintRequest(
        tenant=office.id, number=number, credential=credential, now=office.world.now(), route="GET"
    )
    with binding.tenant(office.id):
        complaint.complaint(office.wiring, seen)
        complaint.record(office.wiring, seen)
    return number


def test_only_the_first_command_of_a_tenant_calls_kms(clients: Clients, key: str, asked: Asked) -> None:
    office = opened()
    cold(office, clients, key)
    worked(office)
    worked(office)
    assert asked == ["GenerateDataKey"]


def test_a_new_process_unwraps_the_data_key_once(clients: Clients, key: str, asked: Asked) -> None:
    office = opened()
    cold(office, clients, key)
    worked(office)
    asked.clear()
    cold(office, clients, key)
    worked(office)
    assert asked == ["Decrypt"]
