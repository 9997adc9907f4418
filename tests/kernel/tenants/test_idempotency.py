"""Idempotency records: recognition of repeated requests."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.kit.problem import Problem
from chalicelib.store.port import CommitConflict
from chalicelib.tenants.idempotency_records import Answer, Request, put, replay
from infra.memory_store.store import MemoryStore

REQUEST = Request(tenant="shop", principal="public", source="file", key="k" * 22, body_hash="h")
FIRST = Answer(201, {"number": "202611-000001"})


@pytest.mark.parametrize(
    "other", [{"tenant": "other"}, {"principal": "s"}, {"source": "act"}, {"key": "l" * 22}], ids=str
)
def test_another_tenant_person_route_or_key_is_another_request(other: dict[str, Any]) -> None:
    assert msgspec.structs.replace(REQUEST, **other).record_key != REQUEST.record_key


def test_the_key_itself_is_not_in_the_table() -> None:
    entry = put(REQUEST, FIRST, 0).entry
    assert REQUEST.key not in f"{entry.key}{entry.body}"


def test_the_first_answer_is_given_again() -> None:
    assert replay(put(REQUEST, FIRST, 0).entry, REQUEST, DAY - SECOND) == Answer(201, FIRST.body, replayed=True)


class View(msgspec.Struct, frozen=True):
    number: str
    unit: str | None
    secret: str | msgspec.UnsetType = msgspec.UNSET


def test_a_view_is_given_again_byte_for_byte() -> None:
    first = Answer.of(201, View("202611-000001", None))
    again = replay(put(REQUEST, first, 0).entry, REQUEST, 0)

    assert again is not None
    assert (
        msgspec.json.encode(again.body) == msgspec.json.encode(first.body) == b'{"number":"202611-000001","unit":null}'
    )


def test_another_body_is_refused() -> None:
    with pytest.raises(Problem, match="idempotency-key-reused"):
        replay(put(REQUEST, FIRST, 0).entry, msgspec.structs.replace(REQUEST, body_hash="other"), 0)


def test_one_of_two_concurrent_requests_replaces_an_expired_record() -> None:
    store = MemoryStore()
    with binding.tenant("shop"):
        store.commit([put(REQUEST, FIRST, 0)])
        found = store.get([REQUEST.record_key])[REQUEST.record_key]
        store.commit([put(REQUEST, Answer(201, "one"), DAY, found=found)])
        with pytest.raises(CommitConflict):
            store.commit([put(REQUEST, Answer(201, "other"), DAY, found=found)])
        assert replay(store.get([REQUEST.record_key])[REQUEST.record_key], REQUEST, DAY) == Answer(201, "one", True)


def test_after_a_day_it_is_a_new_request() -> None:
    assert replay(put(REQUEST, FIRST, 0).entry, REQUEST, DAY) is None
