"""The directory of tenants, and its cache of one minute."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.kit.instants import SECOND
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import directory
from chalicelib.tenants.directory import Directory, Listing
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.clock import MovableClock


def _listing(state: str) -> Listing:
    return Listing(state=state, created=0, claim="c", body_hash="h", touched=0, confirmed=True)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(0)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def names(store: MemoryStore, clock: MovableClock) -> Directory:
    return Directory(store, clock)


def test_an_unknown_tenant_has_no_state(names: Directory) -> None:
    assert names.state("shop") is None


def test_an_active_tenant_is_read_once_a_minute(names: Directory, store: MemoryStore, clock: MovableClock) -> None:
    names.create("shop", _listing("active"))
    store.calls.clear()
    for second in range(61):
        clock.move_to(second * SECOND)
        assert names.state("shop") == "active"
    assert len(store.calls) == 2


def test_another_process_sees_a_suspension_within_a_minute(
    names: Directory, store: MemoryStore, clock: MovableClock
) -> None:
    names.create("shop", _listing("active"))
    names.state("shop")
    Directory(store, clock).change("shop", _listing("suspended"), 1)
    clock.advance(59 * SECOND)
    before = names.state("shop")
    clock.advance(1 * SECOND)
    assert (before, names.state("shop")) == ("active", "suspended")


def test_the_process_that_changes_a_state_sees_it_at_once(names: Directory) -> None:
    names.create("shop", _listing("active"))
    names.state("shop")
    names.change("shop", _listing("suspended"), 1)
    assert names.state("shop") == "suspended"


def test_a_tenant_that_is_not_open_is_read_for_each_request(names: Directory, store: MemoryStore) -> None:
    names.create("shop", replace(_listing("active"), confirmed=False, plan="large"))
    store.calls.clear()
    assert [(names.state("shop"), names.is_open("shop"), names.plan("shop")) for _ in range(2)] == [
        ("active", False, "large")
    ] * 2
    assert len(store.calls) == 2


@pytest.mark.parametrize(
    ("confirmed", "opened", "is_open"), [(False, 0, False), (False, None, False), (True, None, False), (True, 0, True)]
)
def test_a_confirmed_and_opened_tenant_is_open(
    names: Directory, confirmed: bool, opened: int | None, is_open: bool
) -> None:
    names.create("shop", replace(_listing("active"), confirmed=confirmed, opened=opened))
    names.state("shop")
    assert names.is_open("shop") is is_open


@pytest.mark.parametrize("first", [None, "pending"])
def test_a_sign_up_is_seen_at_once(names: Directory, store: MemoryStore, clock: MovableClock, first: str) -> None:
    other = Directory(store, clock)
    other.create("shop", _listing("pending")) if first else None
    names.state("shop")
    if first:
        other.change("shop", _listing("active"), 1)
    else:
        other.create("shop", _listing("active"))
    assert names.state("shop") == "active"


def test_an_invalid_id_is_not_looked_up(names: Directory, store: MemoryStore) -> None:
    assert [names.state(text) for text in ("", "a", "shop\n", "shop#x", "x" * 41)] == [None] * 5
    assert store.calls == []


def test_the_cache_is_bounded(names: Directory, monkeypatch: pytest.MonkeyPatch, store: MemoryStore) -> None:
    monkeypatch.setattr(directory, "CACHE_TENANTS", 2)
    for tenant in ("one", "two", "three"):
        names.create(tenant, _listing("active"))
        names.state(tenant)
    store.calls.clear()
    for tenant in ("three", "two", "one"):
        names.state(tenant)
    assert len(store.calls) == 1


def test_an_id_is_created_once(names: Directory) -> None:
    names.create("shop", _listing("pending"))
    with pytest.raises(CommitConflict):
        names.create("shop", _listing("pending"))


def test_a_lapsed_sign_up_is_not_listed_until_the_id_is_used_again(names: Directory) -> None:
    def listed() -> list[str]:
        return [tenant for tenant, _ in names.page(10, None)[0]]

    names.create("shop", _listing("pending"))
    names.create("mall", _listing("pending"))
    names.change("shop", replace(_listing("pending"), claim=""), 1)
    lapsed = listed()
    names.change("shop", _listing("pending"), 2)
    assert (lapsed, listed()) == (["mall"], ["mall", "shop"])


def test_a_change_of_an_outdated_version_is_a_conflict(names: Directory) -> None:
    names.create("shop", _listing("pending"))
    names.change("shop", _listing("active"), 1)
    with pytest.raises(CommitConflict):
        names.change("shop", _listing("suspended"), 1)
