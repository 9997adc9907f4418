"""Sealing of private values with the tenant's data key: where they open, and what it costs."""

from __future__ import annotations

import base64
import json

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.crypto.data_keys import DataKeys, KeyGone
from chalicelib.crypto.sealing import CannotOpen, EncryptionSdkSealer
from chalicelib.store import keys
from chalicelib.store.port import Key, Put
from chalicelib.store.stored_form import Damaged
from infra.memory_store.store import MemoryStore
from tests.across.faults.office import once_before
from tests.helpers.fakes.sealer import FakeKms, real_sealer

NUMBER, OTHER = "202611-000001", "202611-000002"
TEXT = "王小明 13800000000".encode()


@pytest.fixture
def kms() -> FakeKms:
    return FakeKms()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def sealer(store: MemoryStore, kms: FakeKms) -> EncryptionSdkSealer:
    return real_sealer(store, kms)


def sealed_by(sealer: EncryptionSdkSealer, tenant: str = "acme", number: str = NUMBER) -> str:
    with binding.tenant(tenant):
        return sealer.seal(tenant, number, TEXT)


def opened_by(sealer: EncryptionSdkSealer, sealed: str, tenant: str = "acme", number: str = NUMBER) -> bytes:
    with binding.tenant(tenant):
        return sealer.open(tenant, number, sealed)


def test_a_sealed_value_opens_and_hides_its_text(sealer: EncryptionSdkSealer) -> None:
    sealed = sealed_by(sealer)
    assert TEXT not in base64.b64decode(sealed)
    assert opened_by(sealer, sealed) == TEXT


def test_the_same_value_is_never_sealed_the_same_way(sealer: EncryptionSdkSealer) -> None:
    assert sealed_by(sealer) != sealed_by(sealer)


def test_a_value_moved_to_another_complaint_does_not_open(sealer: EncryptionSdkSealer) -> None:
    sealed = sealed_by(sealer)
    with pytest.raises(CannotOpen):
        opened_by(sealer, sealed, number=OTHER)


def test_a_value_moved_to_another_tenant_does_not_open(sealer: EncryptionSdkSealer) -> None:
    sealed = sealed_by(sealer)
    sealed_by(sealer, "globex")
    with pytest.raises(CannotOpen):
        opened_by(sealer, sealed, "globex")


def test_a_value_moved_with_its_key_to_another_tenant_does_not_open(store: MemoryStore, kms: FakeKms) -> None:
    """An attacker with write access copies the wrapped key, too. KMS unwraps it only with its own tenant's context."""
    sealed = sealed_by(real_sealer(store, kms))
    with binding.tenant("acme"):
        stolen = store.get([keys.data_key("acme")])[keys.data_key("acme")]
    with binding.tenant("globex"):
        store.commit([Put(type(stolen)(key=keys.data_key("globex"), kind=stolen.kind, body=stolen.body))])
    with pytest.raises(Damaged, match="data-key"):
        opened_by(real_sealer(store, kms), sealed, "globex")


@pytest.mark.parametrize("wrapped", ["{}", base64.b64encode(b"x" * 184).decode()], ids=["no base64", "other bytes"])
def test_a_key_that_was_changed_is_named(store: MemoryStore, kms: FakeKms, wrapped: str) -> None:
    sealed = sealed_by(real_sealer(store, kms))
    key = keys.data_key("acme")
    with binding.tenant("acme"):
        stored = store.get([key])[key]
        store.commit([Put(replace(stored, body=json.dumps({"wrapped": wrapped})), if_absent=False)])
    with pytest.raises(Damaged, match="data-key"):
        opened_by(real_sealer(store, kms), sealed)


@pytest.mark.parametrize("place", [40, 100, -5])
def test_a_changed_value_does_not_open(sealer: EncryptionSdkSealer, place: int) -> None:
    raw = bytearray(base64.b64decode(sealed_by(sealer)))
    raw[place] ^= 1
    with pytest.raises(CannotOpen):
        opened_by(sealer, base64.b64encode(raw).decode())


def test_a_process_calls_kms_once_per_tenant(store: MemoryStore, kms: FakeKms) -> None:
    sealed = sealed_by(real_sealer(store, kms))
    kms.calls.clear()
    later = real_sealer(store, kms)
    for _ in range(3):
        assert opened_by(later, sealed) == TEXT
        sealed_by(later)
    assert kms.calls == ["Decrypt"]


def test_the_first_value_of_a_tenant_creates_its_key_with_one_call(sealer: EncryptionSdkSealer, kms: FakeKms) -> None:
    sealed_by(sealer)
    sealed_by(sealer)
    assert kms.calls == ["GenerateDataKey"]


def test_two_processes_that_create_a_key_concurrently_share_one(store: MemoryStore, kms: FakeKms) -> None:
    theirs: list[str] = []
    once_before(store, "commit", lambda: theirs.append(sealed_by(real_sealer(store, kms))))
    mine = sealed_by(real_sealer(store, kms))
    third = real_sealer(store, kms)
    assert [opened_by(third, each) for each in (mine, *theirs)] == [TEXT, TEXT]


def test_opening_creates_no_key(sealer: EncryptionSdkSealer, kms: FakeKms) -> None:
    with pytest.raises(KeyGone):
        opened_by(sealer, "AAAA")
    assert kms.calls == []


def test_the_key_cache_is_bounded(store: MemoryStore, kms: FakeKms) -> None:
    keeper = DataKeys(store, lambda: kms, "key", max_cached=2)
    for tenant in ("aaa", "bbb", "ccc", "aaa"):
        with binding.tenant(tenant):
            keeper.get_or_create(tenant)
    assert kms.calls == ["GenerateDataKey"] * 3 + ["Decrypt"]


def test_after_erasing_the_key_nothing_can_be_opened_or_sealed(store: MemoryStore, kms: FakeKms) -> None:
    sealer = real_sealer(store, kms)
    sealed = sealed_by(sealer)
    with binding.tenant("acme"):
        sealer.erase_key("acme")
    for process in (sealer, real_sealer(store, kms)):
        with pytest.raises(KeyGone):
            opened_by(process, sealed)
        with pytest.raises(KeyGone):
            sealed_by(process)


def test_after_erasing_the_key_no_wrapped_key_is_stored(store: MemoryStore, kms: FakeKms) -> None:
    sealer = real_sealer(store, kms)
    sealed_by(sealer)
    key: Key = keys.data_key("acme")
    with binding.tenant("acme"):
        sealer.erase_key("acme")
        assert store.get([key])[key].body == '{"wrapped":null}'


def test_erasing_one_key_leaves_other_tenants_unchanged(sealer: EncryptionSdkSealer) -> None:
    sealed = sealed_by(sealer, "globex")
    sealed_by(sealer)
    with binding.tenant("acme"):
        sealer.erase_key("acme")
    assert opened_by(sealer, sealed, "globex") == TEXT


@pytest.mark.parametrize("size", [50, 800])
def test_sealing_adds_at_most_300_bytes_before_base64(sealer: EncryptionSdkSealer, size: int) -> None:
    """The SDK's header, footer, context and wrapped key are part of every private item."""
    with binding.tenant("government-service-centre-of-some-town"):
        sealed = sealer.seal("government-service-centre-of-some-town", NUMBER, b"x" * size)
    assert len(base64.b64decode(sealed)) - size <= 300
