"""Throttling, timeouts, cancelled transactions and partial reads, injected below botocore."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import botocore.endpoint
import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from moto.server import ThreadedMotoServer
from pynamodb.exceptions import GetError, PynamoDBException, TransactWriteError

from chalicelib.store import keys
from chalicelib.store.dynamo import GET_ATTEMPTS, DynamoStore, Retrying
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Require, Unavailable, Update
from infra.moto import moto_shim
from tests.kernel.store.conftest import Table

pytestmark = pytest.mark.usefixtures("acme")

SNAPSHOT = keys.snapshot(keys.complaint("acme", "202611-000001"))
EVENTS = [keys.event(SNAPSHOT.pk, seq) for seq in range(5)]

Fault = Callable[[Any], AWSResponse | None]


class Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        return iter([self._content])


def refused(code: str, status: int = 400, **more: Any) -> Fault:
    """The service answers with an error."""
    content = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "injected", **more})

    def fault(request: Any) -> AWSResponse:
        return AWSResponse(request.url, status, {"content-type": "application/x-amz-json-1.0"}, Body(content.encode()))

    return fault


def cancelled(*codes: str) -> Fault:
    return refused("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


def never_arrived(request: Any) -> AWSResponse:
    raise ConnectTimeoutError(endpoint_url=request.url)


def answer_lost(request: Any) -> AWSResponse:
    """The service executes the request, but its response is lost."""
    assert URLLib3Session().send(request).status_code == 200
    raise ReadTimeoutError(endpoint_url=request.url)


class Line:
    """Answers each attempt with the next fault, then normally."""

    def __init__(self, store: DynamoStore) -> None:
        self.faults: list[Fault] = []
        self.attempts = 0
        store.connection.client.meta.events.register_first("before-send.dynamodb", self._meet)

    def _meet(self, request: Any, **_: Any) -> AWSResponse | None:
        self.attempts += 1
        return self.faults.pop(0)(request) if self.faults else None


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """moto as a server, so that a request that a fault suppresses has no effect."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    with moto_shim.installed():
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def table(session: botocore.session.Session, endpoint: str) -> Table:
    return Table(session, endpoint)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Records botocore's waits between attempts instead of waiting."""
    waited: list[float] = []
    monkeypatch.setattr(botocore.endpoint.time, "sleep", waited.append)
    return waited


@pytest.fixture
def store(table: Table, waits: list[float]) -> DynamoStore:
    return table.store(retrying=Retrying(wait=waits.append))


@pytest.fixture
def line(store: DynamoStore) -> Line:
    return Line(store)


def put(*positions: int) -> list[Put]:
    return [Put(Entry(key=EVENTS[position], kind="E")) for position in positions]


class TestThrottle:
    @pytest.mark.slow
    @pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
    def test_that_passes_is_not_noticed(self, store: DynamoStore, line: Line, code: str) -> None:
        line.faults = [refused(code)]
        store.commit(put(0))
        assert line.attempts == 2
        assert list(store.get(EVENTS)) == [EVENTS[0]]

    @pytest.mark.parametrize("call", ["commit", "get", "query", "count"])
    def test_that_stays_makes_the_store_unavailable(self, store: DynamoStore, line: Line, call: str) -> None:
        line.faults = [refused("ThrottlingException")] * 3
        calls: dict[str, Callable[[], object]] = {
            "commit": lambda: store.commit(put(0)),
            "get": lambda: store.get(EVENTS),
            "query": lambda: store.query(SNAPSHOT.pk),
            "count": lambda: store.count(keys.month_counter("acme", "202611"), "N", ceiling=9),
        }
        with pytest.raises(Unavailable):
            calls[call]()
        assert line.attempts == 3

    def test_of_one_item_of_a_transaction_makes_the_store_unavailable(self, store: DynamoStore, line: Line) -> None:
        line.faults = [cancelled("None", "ThrottlingError")]
        with pytest.raises(Unavailable):
            store.commit(put(0, 1))


class TestFaultOfTheService:
    def test_that_stays_makes_the_store_unavailable(self, store: DynamoStore, line: Line) -> None:
        line.faults = [refused("InternalServerError", 500)] * 3
        with pytest.raises(Unavailable):
            store.commit(put(0))

    def test_no_connection_makes_the_store_unavailable(self, store: DynamoStore, line: Line) -> None:
        line.faults = [never_arrived] * 3
        with pytest.raises(Unavailable):
            store.commit(put(0))
        assert store.get(EVENTS) == {}

    def test_a_fault_of_ours_stays_what_it_is(self, store: DynamoStore, line: Line) -> None:
        line.faults = [refused("ValidationException"), refused("AccessDeniedException")]
        with pytest.raises(TransactWriteError):
            store.commit(put(0))
        with pytest.raises(GetError):
            store.get(EVENTS)


class TestLostAnswer:
    def test_of_a_commit_is_asked_for_again_and_writes_once(self, store: DynamoStore, line: Line) -> None:
        """The second attempt carries the token of the first, so both are one transaction."""
        store.commit([Put(Entry(key=SNAPSHOT, kind="S", version=1))])
        line.faults = [answer_lost]
        store.commit([Update(Entry(key=SNAPSHOT, kind="S", version=2), expected=1), *put(0)])
        assert store.get([SNAPSHOT])[SNAPSHOT].version == 2

    def test_that_stays_lost_is_unavailable_although_it_was_written(self, store: DynamoStore, line: Line) -> None:
        line.faults = [answer_lost] * 3
        with pytest.raises(Unavailable):
            store.commit(put(0))
        assert list(store.get(EVENTS)) == [EVENTS[0]]

    def test_of_a_count_may_skip_a_number_but_never_gives_one_twice(self, store: DynamoStore, line: Line) -> None:
        counter = keys.month_counter("acme", "202611")
        line.faults = [answer_lost]
        numbers = [store.count(counter, "N") for _ in range(3)]
        assert numbers == [2, 3, 4]


class TestCancelledTransaction:
    def test_names_the_callers_positions(self, store: DynamoStore, line: Line) -> None:
        """PynamoDB sends the requirement before the puts, regardless of their order here."""
        line.faults = [cancelled("ConditionalCheckFailed", "None", "ConditionalCheckFailed")]
        with pytest.raises(CommitConflict) as lost:
            store.commit([*put(0, 1), Require(SNAPSHOT)])
        assert lost.value.positions == (1, 2)

    def test_by_another_transaction_names_none(self, store: DynamoStore, line: Line) -> None:
        line.faults = [cancelled("TransactionConflict", "None")]
        with pytest.raises(CommitConflict) as lost:
            store.commit(put(0, 1))
        assert lost.value.positions == ()

    def test_by_both_names_those_whose_own_condition_failed(self, store: DynamoStore, line: Line) -> None:
        line.faults = [cancelled("TransactionConflict", "ConditionalCheckFailed")]
        with pytest.raises(CommitConflict) as lost:
            store.commit(put(0, 1))
        assert lost.value.positions == (1,)

    def test_as_invalid_stays_what_it_is(self, store: DynamoStore, line: Line) -> None:
        line.faults = [cancelled("ValidationError", "None")]
        with pytest.raises(PynamoDBException):
            store.commit(put(0, 1))

    def test_a_count_that_meets_a_transaction_is_unavailable(self, store: DynamoStore, line: Line) -> None:
        line.faults = [refused("TransactionConflictException")] * 3
        with pytest.raises(Unavailable):
            store.count(keys.month_counter("acme", "202611"), "N")


class TestUnprocessedKeys:
    @pytest.fixture
    def half_answered(self, store: DynamoStore) -> list[int]:
        """Leaves all keys but one unprocessed. The number in the list tells how often."""
        left = [0]

        def meet(parsed: dict[str, Any], **_: Any) -> None:
            if left[0] and "Responses" in parsed:
                left[0] -= 1
                ((name, items),) = parsed["Responses"].items()
                parsed["Responses"][name], rest = items[:1], items[1:]
                parsed["UnprocessedKeys"] = {name: {"Keys": [{"pk": i["pk"], "sk": i["sk"]} for i in rest]}}

        store.connection.client.meta.events.register("after-call.dynamodb.BatchGetItem", meet)
        return left

    def test_are_asked_for_again_until_all_are_there(
        self, store: DynamoStore, half_answered: list[int], waits: list[float]
    ) -> None:
        store.commit(put(0, 1, 2, 3, 4))
        half_answered[0] = 3
        assert set(store.get(EVENTS)) == set(EVENTS)
        assert len(waits) == 3

    def test_that_stay_so_make_the_store_unavailable(
        self, store: DynamoStore, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.commit(put(0))
        none_answered = {"Responses": {}, "UnprocessedKeys": {store._table: {"Keys": [raw(EVENTS[0])]}}}

        def nothing(request: Any) -> AWSResponse:
            return AWSResponse(request.url, 200, {}, Body(json.dumps(none_answered).encode()))

        line.faults = [nothing] * GET_ATTEMPTS
        line.attempts = 0
        with pytest.raises(Unavailable):
            store.get(EVENTS[:1])
        assert line.attempts == GET_ATTEMPTS


def raw(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
