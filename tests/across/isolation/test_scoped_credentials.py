"""Scoped credentials: one AssumeRole per tenant, renewed in time, never those of another tenant."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session
import pytest
from botocore.credentials import Credentials

from chalicelib.access import binding, scoped_credentials
from chalicelib.access.binding import Binding, Unbound
from chalicelib.access.clients import Clients
from chalicelib.access.scoped_credentials import AssumedCredentials, AssumeRole, ScopedCredentials
from chalicelib.features.evidence.storage import s3_objects, s3_presigned
from chalicelib.features.record import s3_vault as vault
from chalicelib.kit.instants import MINUTE, SECOND, Instant
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Unavailable
from tests.across.isolation.wire import Wire, signer_of
from tests.helpers.fakes.clock import MovableClock

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/tenant-data"
THREADS = 20
TENANTS = [f"tenant-{number}" for number in range(THREADS)]
HOUR = 60 * MINUTE


class Own:
    def credentials(self, binding: Binding) -> Credentials:
        return Credentials("AKIATHEFUNCTION", "secret")


class Sts:
    """Counts the requests per tenant. While `held`, requests wait. `broken` is raised instead of a response."""

    def __init__(self, clock: MovableClock) -> None:
        self.asked: Counter[str] = Counter()
        self.broken: Exception | None = None
        self.held = threading.Event()
        self.reached = threading.Event()
        self.held.set()
        self._clock = clock

    def __call__(self, tenant: str) -> AssumedCredentials:
        self.asked[tenant] += 1
        self.reached.set()
        assert self.held.wait(timeout=10)
        if self.broken:
            raise self.broken
        credentials = Credentials(f"ASIA-{tenant}-{self.asked[tenant]}", "secret", f"token-of-{tenant}")
        return AssumedCredentials(credentials, self._clock() + HOUR)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(0)


@pytest.fixture
def sts(clock: MovableClock) -> Sts:
    return Sts(clock)


@pytest.fixture
def provider(sts: Sts, clock: MovableClock) -> ScopedCredentials:
    return ScopedCredentials(Own(), sts, clock, max_tenants=THREADS)


def key_for(provider: ScopedCredentials, tenant: str) -> str:
    return str(provider.credentials(Binding("tenant", tenant)).access_key)


@pytest.mark.parametrize("kind", ["directory", "sweep"])
def test_the_directory_and_the_sweep_sign_as_the_function(provider: ScopedCredentials, sts: Sts, kind: Any) -> None:
    assert provider.credentials(Binding(kind)).access_key == "AKIATHEFUNCTION"
    assert sts.asked == {}


def test_the_role_is_assumed_only_at_the_first_request(provider: ScopedCredentials, sts: Sts) -> None:
    assert {key_for(provider, "acme") for _ in range(100)} == {"ASIA-acme-1"}
    assert sts.asked == {"acme": 1}


def test_twenty_concurrent_threads_assume_the_role_once(provider: ScopedCredentials, sts: Sts) -> None:
    sts.held.clear()
    with ThreadPoolExecutor(THREADS) as threads:
        asking = [threads.submit(key_for, provider, "acme") for _ in range(THREADS)]
        sts.held.set()
    assert {each.result() for each in asking} == {"ASIA-acme-1"}
    assert sts.asked == {"acme": 1}


def test_a_tenant_does_not_wait_for_anothers_role(provider: ScopedCredentials, sts: Sts) -> None:
    key_for(provider, "umbrella")
    sts.held.clear()
    sts.reached.clear()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(key_for, provider, "acme")
        assert sts.reached.wait(timeout=10)
        assert key_for(provider, "umbrella") == "ASIA-umbrella-1"
        sts.held.set()
        assert waiting.result(timeout=10) == "ASIA-acme-1"


@pytest.mark.parametrize(("left", "key"), [(15 * MINUTE, "ASIA-acme-1"), (15 * MINUTE - SECOND, "ASIA-acme-2")])
def test_credentials_are_renewed_when_less_than_a_quarter_of_an_hour_is_left(
    provider: ScopedCredentials, clock: MovableClock, left: Instant, key: str
) -> None:
    key_for(provider, "acme")
    clock.move_to(HOUR - left)
    assert key_for(provider, "acme") == key


def test_credentials_outlive_every_presigned_link(provider: ScopedCredentials) -> None:
    differing_clocks = 5 * MINUTE
    uploads = (s3_presigned.LONGEST_POST, s3_presigned.LONGEST_FORM, s3_presigned.LONGEST_PART)
    longest = max(*uploads, s3_presigned.LONGEST_GET, vault.LONGEST)
    assert longest * SECOND + differing_clocks <= scoped_credentials.MIN_VALIDITY


@pytest.mark.parametrize("broken", [Unavailable("STS did not answer"), Unbound("denied")])
def test_a_failed_assume_role_is_retried_at_the_next_request(
    provider: ScopedCredentials, sts: Sts, broken: Exception
) -> None:
    sts.broken = broken
    with pytest.raises(type(broken)):
        key_for(provider, "acme")
    sts.broken = None
    assert key_for(provider, "acme") == "ASIA-acme-2"


def test_old_credentials_are_not_used_after_a_failed_renewal(
    provider: ScopedCredentials, sts: Sts, clock: MovableClock
) -> None:
    key_for(provider, "acme")
    clock.move_to(HOUR - MINUTE)
    sts.broken = Unavailable("STS did not answer")
    with pytest.raises(Unavailable):
        key_for(provider, "acme")


def test_the_cache_is_bounded_and_drops_the_least_recently_used(sts: Sts, clock: MovableClock) -> None:
    provider = ScopedCredentials(Own(), sts, clock, max_tenants=2)
    for tenant in ("acme", "umbrella", "acme", "initech", "acme"):
        key_for(provider, tenant)
    assert sts.asked == {"acme": 1, "umbrella": 1, "initech": 1}
    key_for(provider, "umbrella")
    assert sts.asked["umbrella"] == 2


class TestSignedRequests:
    """The signatures of requests from 20 concurrent threads."""

    @pytest.fixture
    def wire(self) -> Wire:
        return Wire()

    @pytest.fixture
    def store(self, wire: Wire, provider: ScopedCredentials) -> DynamoStore:
        store = DynamoStore("t", region=REGION, provider=provider, session=botocore.session.Session())
        store.connection.client.meta.events.register("before-send", wire)
        return store

    @pytest.fixture
    def clients(self, provider: ScopedCredentials) -> Clients:
        return Clients(region=REGION, provider=provider)

    def in_threads(self, work: Any) -> list[Any]:
        together = threading.Barrier(THREADS)

        def bound(tenant: str) -> Any:
            together.wait(timeout=10)
            with binding.tenant(tenant):
                return [work(tenant) for _ in range(10)]

        with ThreadPoolExecutor(THREADS) as threads:
            return list(threads.map(bound, TENANTS))

    def test_the_table_is_read_as_each_requests_own_tenant(self, store: DynamoStore, wire: Wire, sts: Sts) -> None:
        self.in_threads(lambda tenant: store.get([keys.snapshot(keys.organisation(tenant))]))
        signed = {(tenant_in(request), signer_of(request)) for _, request in wire.sent}
        assert signed == {(tenant, f"ASIA-{tenant}-1") for tenant in TENANTS}
        assert sts.asked == dict.fromkeys(TENANTS, 1)

    def test_the_directory_is_read_as_the_function(self, store: DynamoStore, wire: Wire) -> None:
        with binding.tenant("acme"), binding.directory():
            store.get([keys.directory("acme")])
        assert wire.signers() == ["AKIATHEFUNCTION"]

    def test_an_upload_ticket_is_signed_as_its_tenant(self, clients: Clients) -> None:
        objects = s3_objects.S3Objects(clients, "evidence")
        clients.s3()

        def ticket(tenant: str) -> Any:
            made = objects.upload_ticket(f"T/{tenant}/x", size=1, media_type="a/b", sha256="00" * 32, seconds=300)
            fields = made.fields
            return fields["key"], fields["x-amz-credential"].partition("/")[0], fields["x-amz-security-token"]

        for tenant, made in zip(TENANTS, self.in_threads(ticket), strict=True):
            assert set(made) == {(f"T/{tenant}/x", f"ASIA-{tenant}-1", f"token-of-{tenant}")}

    def test_a_download_link_is_signed_as_its_tenant(self, clients: Clients) -> None:
        client = clients.s3()

        def link(tenant: str) -> Any:
            url = client.generate_presigned_url("get_object", Params={"Bucket": "evidence", "Key": f"T/{tenant}/x"})
            query = parse_qs(urlsplit(url).query)
            return query["X-Amz-Credential"][0].partition("/")[0], query["X-Amz-Security-Token"][0]

        for tenant, made in zip(TENANTS, self.in_threads(link), strict=True):
            assert set(made) == {(f"ASIA-{tenant}-1", f"token-of-{tenant}")}


def tenant_in(request: Any) -> str:
    """The tenant in the key of the request body."""
    return str(request.body.decode().partition('"T#')[2].partition("#")[0])


class TestAssumeRole:
    """Requests to STS, and the translation of its errors."""

    @pytest.fixture(autouse=True)
    def _own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATHEFUNCTION")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")

    def asking(self, wire: Wire) -> AssumeRole:
        session = botocore.session.Session()
        session.get_component("event_emitter").register("before-send.sts", wire)
        return AssumeRole(session, region=REGION, role=ROLE)

    def test_the_function_assumes_the_role_in_the_region_with_the_tenants_tag(self) -> None:
        wire = Wire(ANSWER)
        found = self.asking(wire)("acme")
        [(_, request)] = wire.sent
        asked = {name: value for name, [value] in parse_qs(request.body).items()}
        assert urlsplit(request.url).hostname == "sts.eu-central-1.amazonaws.com"
        assert signer_of(request) == "AKIATHEFUNCTION"
        assert asked["RoleArn"] == ROLE
        assert {name: value for name, value in asked.items() if name.startswith("Tags")} == {
            "Tags.member.1.Key": "TenantId",
            "Tags.member.1.Value": "acme",
        }
        assert (found.credentials.access_key, found.credentials.token) == ("ASIAACME", "token-of-acme")
        assert found.until == 1_795_600_800_000

    @pytest.mark.parametrize(
        ("status", "code", "meaning"),
        [(403, "AccessDenied", Unbound), (400, "Throttling", Unavailable), (500, "InternalFailure", Unavailable)],
    )
    def test_a_refusal_is_a_fault_and_a_temporary_error_is_not(
        self, status: int, code: str, meaning: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        error = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
        with pytest.raises(meaning):
            self.asking(Wire(error.encode(), status))("acme")

    def test_a_timeout_of_sts_is_unavailable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
        with pytest.raises(Unavailable):
            AssumeRole(botocore.session.Session(), region=REGION, role=ROLE)("acme")


ANSWER = b"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAACME</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>token-of-acme</SessionToken>
<Expiration>2026-11-25T10:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
