"""Every request is signed with the credentials of the binding, and none leaves without a binding."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.credentials import Credentials

from chalicelib.access import binding
from chalicelib.access.binding import Binding, Unbound, sign_with
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from tests.across.isolation.wire import Wire, signer_of

REGION = "eu-central-1"
THREADS = 20
ROUNDS = 15
TENANTS = [f"tenant-{number}" for number in range(THREADS)]


class KeyPerBinding:
    """Returns an access key id that names the binding."""

    def credentials(self, binding: Binding) -> Credentials:
        return Credentials(access_key_of(binding.tenant or binding.kind), "secret", "token-of-" + binding.tenant)


def access_key_of(name: str) -> str:
    return f"AKIA{name.upper()}"


class NoCredentials:
    def credentials(self, binding: Binding) -> Any:
        return None


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture(autouse=True)
def _credentials_of_the_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """The credentials that sign if a hook is missing."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATHEFUNCTION")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def plain_call(wire: Wire) -> Callable[[str], object]:
    client = boto3.Session(region_name=REGION).client("dynamodb")
    sign_with(client, KeyPerBinding())
    client.meta.events.register("before-send", wire)
    return lambda tenant: client.get_item(TableName="t", Key={"pk": {"S": tenant}})


def client_of_a_session_call(wire: Wire) -> Callable[[str], object]:
    session = boto3.Session(region_name=REGION)
    sign_with(session, KeyPerBinding())
    client = session.client("dynamodb")
    client.meta.events.register("before-send", wire)
    return lambda tenant: client.get_item(TableName="t", Key={"pk": {"S": tenant}})


def store_over(wire: Wire, provider: Any) -> DynamoStore:
    store = DynamoStore("t", region=REGION, provider=provider, session=botocore.session.Session())
    store.connection.client.meta.events.register("before-send", wire)
    return store


def pynamodb_call(wire: Wire) -> Callable[[str], object]:
    store = store_over(wire, KeyPerBinding())
    return lambda tenant: store.get([keys.snapshot(keys.organisation(tenant))])


CALLS = pytest.mark.parametrize("make_call", [plain_call, client_of_a_session_call, pynamodb_call])


class TestBinding:
    def test_no_tenant_is_bound_at_first(self) -> None:
        with pytest.raises(Unbound):
            binding.current()

    def test_an_inner_binding_applies_and_the_outer_one_is_restored(self) -> None:
        with binding.tenant("acme") as outer:
            with pytest.raises(KeyError), binding.directory():
                raise KeyError(binding.current().kind)
            with binding.sweep():
                assert binding.current() == Binding("sweep")
            assert binding.current() == outer == Binding("tenant", "acme")
        with pytest.raises(Unbound):
            binding.current()

    def test_each_thread_starts_unbound_and_has_its_own_binding(self) -> None:
        seen: list[object] = []

        def elsewhere() -> None:
            try:
                binding.current()
            except Unbound as unbound:
                seen.append(unbound)
            with binding.tenant("umbrella") as bound:
                seen.append(bound)

        with binding.tenant("acme"):
            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join()
            assert binding.current() == Binding("tenant", "acme")
        assert isinstance(seen[0], Unbound)
        assert seen[1] == Binding("tenant", "umbrella")

    @pytest.mark.parametrize("bad", ["", "ab", "a" * 41, "Acme", "acme#C", "acme\n", "ac me", "租户租户", "acme/../b"])
    def test_an_invalid_tenant_id_is_not_bound(self, bad: str) -> None:
        with pytest.raises(ValueError, match="tenant id"), binding.tenant(bad):
            pass


@CALLS
class TestSigning:
    def test_each_of_many_threads_signs_as_its_own_tenant(
        self, wire: Wire, make_call: Callable[[Wire], Callable[[str], object]]
    ) -> None:
        call = make_call(wire)
        together = threading.Barrier(THREADS)

        def work(tenant: str) -> None:
            threading.current_thread().name = tenant
            together.wait(timeout=10)
            for _ in range(ROUNDS):
                with binding.tenant(tenant):
                    call(tenant)

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(work, TENANTS))
        assert len(wire.sent) == THREADS * ROUNDS
        assert [(name, signer_of(request)) for name, request in wire.sent] == [
            (name, access_key_of(name)) for name, _ in wire.sent
        ]
        assert {name for name, _ in wire.sent} == set(TENANTS)

    def test_one_thread_signs_as_each_tenant_in_turn(
        self, wire: Wire, make_call: Callable[[Wire], Callable[[str], object]]
    ) -> None:
        call = make_call(wire)
        for tenant in ("acme", "umbrella", "acme"):
            with binding.tenant(tenant):
                call(tenant)
        assert wire.signers() == ["AKIAACME", "AKIAUMBRELLA", "AKIAACME"]

    def test_the_session_token_is_that_of_the_binding(
        self, wire: Wire, make_call: Callable[[Wire], Callable[[str], object]]
    ) -> None:
        call = make_call(wire)
        with binding.tenant("acme"):
            call("acme")
        token = wire.sent[0][1].headers["X-Amz-Security-Token"]
        assert token in ("token-of-acme", b"token-of-acme")

    def test_a_retry_is_signed_as_the_same_tenant(
        self, wire: Wire, make_call: Callable[[Wire], Callable[[str], object]]
    ) -> None:
        call = make_call(wire)
        wire.failures = 1
        with binding.tenant("acme"):
            call("acme")
        assert wire.signers() == ["AKIAACME", "AKIAACME"]

    def test_without_a_binding_no_request_is_sent(
        self, wire: Wire, make_call: Callable[[Wire], Callable[[str], object]]
    ) -> None:
        call = make_call(wire)
        with pytest.raises(Unbound):
            call("acme")
        assert wire.sent == []


def test_a_binding_without_credentials_does_not_use_the_functions_credentials(wire: Wire) -> None:
    store = store_over(wire, NoCredentials())
    with binding.tenant("acme"), pytest.raises(Unbound):
        store.get([keys.snapshot(keys.organisation("acme"))])
    assert wire.sent == []


def test_the_store_keeps_its_signing_client_if_the_function_has_no_credentials(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PynamoDB would create a client without the hook at every call."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    call = pynamodb_call(wire)
    with binding.tenant("acme"):
        call("acme")
    assert wire.signers() == ["AKIAACME"]


class TestPresigning:
    @pytest.fixture
    def s3(self, wire: Wire) -> Iterator[Any]:
        client = boto3.Session(region_name=REGION).client("s3", config=Config(signature_version="s3v4"))
        sign_with(client, KeyPerBinding())
        client.meta.events.register("before-send", wire)
        yield client
        assert wire.sent == []

    def presigners(self, s3: Any) -> dict[str, Callable[[], str]]:
        """Each returns the credential that it signed with: `<access key id>/<date>/<region>/s3/aws4_request`."""
        return {
            "url": lambda: parse_qs(
                urlsplit(s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"})).query
            )["X-Amz-Credential"][0],
            "post": lambda: s3.generate_presigned_post("b", "k")["fields"]["x-amz-credential"],
        }

    @pytest.mark.parametrize("kind", ["url", "post"])
    def test_links_are_signed_as_the_bound_tenant(self, s3: Any, kind: str) -> None:
        presign = self.presigners(s3)[kind]
        for tenant in ("acme", "umbrella"):
            with binding.tenant(tenant):
                assert presign().startswith(access_key_of(tenant) + "/")

    @pytest.mark.parametrize("kind", ["url", "post"])
    def test_without_a_binding_no_link_is_signed(self, s3: Any, kind: str) -> None:
        with pytest.raises(Unbound):
            self.presigners(s3)[kind]()
