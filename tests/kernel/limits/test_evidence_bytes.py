"""The quota of evidence bytes: never exceeded, never lost, never released twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access import binding
from chalicelib.kit.problem import Problem
from chalicelib.limits import evidence_quota
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Put
from infra.memory_store.store import MemoryStore

PLAN = PLANS["starter"]


def _item(name: int) -> Put:
    return Put(Entry(key=keys.evidence(keys.complaint("shop", "202611-000001"), str(name)), kind="evidence"))


def _declare(store: MemoryStore, name: int, size: int) -> None:
    """As a declaration does."""
    writes = [_item(name), evidence_quota.reserve("shop", size, PLAN)]
    with binding.tenant("shop"):
        try:
            store.commit(writes)
        except CommitConflict as lost:
            evidence_quota.check(lost, writes, PLAN)
            raise


def _used(store: MemoryStore) -> int:
    with binding.tenant("shop"):
        return store.count(keys.evidence_counter("shop"), "counter", step=0)


def test_a_file_beyond_the_quota_is_rejected() -> None:
    store = MemoryStore()
    _declare(store, 1, PLAN.evidence_bytes)
    with pytest.raises(Problem) as caught:
        _declare(store, 2, 1)
    assert caught.value.kind == "quota-exceeded"
    assert caught.value.extra == {"limit": "evidence_bytes", "most": PLAN.evidence_bytes, "until": None}
    assert _used(store) == PLAN.evidence_bytes


def test_a_declaration_that_fails_for_another_reason_reserves_nothing() -> None:
    store = MemoryStore()
    _declare(store, 1, 100)
    with pytest.raises(CommitConflict):
        _declare(store, 1, 100)
    assert _used(store) == 100


def test_released_bytes_can_be_reserved_again() -> None:
    store = MemoryStore()
    _declare(store, 1, PLAN.evidence_bytes)
    with binding.tenant("shop"):
        store.commit([evidence_quota.release("shop", PLAN.evidence_bytes)])
    _declare(store, 2, PLAN.evidence_bytes)


@given(st.lists(st.tuples(st.integers(1, PLAN.evidence_bytes), st.booleans()), max_size=40))
def test_the_counter_equals_the_stored_bytes_and_stays_within_the_plan(files: list[tuple[int, bool]]) -> None:
    store, kept = MemoryStore(), 0
    for name, (size, expires) in enumerate(files):
        try:
            _declare(store, name, size)
        except Problem:
            assert kept + size > PLAN.evidence_bytes
            continue
        kept += 0 if expires else size
        if expires:
            with binding.tenant("shop"):
                store.commit([evidence_quota.release("shop", size)])
        assert _used(store) == kept <= PLAN.evidence_bytes
