"""The same search on an engine with DynamoDB's protocol. Faults are injected between botocore and the network."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from botocore.exceptions import ClientError, ReadTimeoutError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.store import keys
from chalicelib.store.dynamo import Retrying
from chalicelib.store.models import to_entry, to_raw
from chalicelib.store.port import Entry, IndexKey, Key, Put, Unavailable, Write
from infra.memory_store.stream_records import StreamRecord
from tests.across.faults.exactly.baton import Baton
from tests.across.faults.exactly.kiosk import TENANT
from tests.across.faults.exactly.stores import Spoilt, Written
from tests.kernel.store.conftest import REGION, Table

_BATCH = 25
_THROTTLED: Any = {
    "Error": {"Code": "ProvisionedThroughputExceededException", "Message": "injected"},
    "ResponseMetadata": {"HTTPStatusCode": 400, "HTTPHeaders": {}},
}


Item = dict[str, Any]
Look = Callable[[Table], Iterable[Item]]
"""All items of a table, in DynamoDB JSON."""


def scanned(table: Table) -> Iterable[Item]:
    pages = table.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True)
    return (item for page in pages for item in page["Items"])


def in_place(table: Table) -> Iterable[Item]:
    """Reads moto's own items without a request. Requests took a third of a program's time."""
    items = _of_moto()[table.name].items
    return (item.to_json()["Attributes"] for partition in items.values() for item in partition.values())


def _of_moto() -> dict[str, Any]:
    tables: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
    return tables


class Engine:
    """Makes a table for each program."""

    def __init__(self, table: Callable[[], Table], content: Iterable[Entry], look: Look = scanned) -> None:
        self._table = table
        self._look = look
        self._content = list(content)

    def copy(self, without: Sequence[str] = (), *, hourly: bool = True) -> SearchedTable:
        table = self._table()
        _fill(table, self._begins(without, hourly))
        return SearchedTable(table, self._look)

    def _begins(self, without: Sequence[str], hourly: bool) -> list[Entry]:
        job = keys.directory(TENANT)
        kept = [entry for entry in self._content if entry.key.pk not in without]
        return kept if hourly else [msgspec.structs.replace(one, due=None) if one.key == job else one for one in kept]


class Moto(Engine):
    """Has one table that is reset for each program. Creating and filling it took a sixth of the time."""

    def __init__(self, table: Table, content: Iterable[Entry]) -> None:
        super().__init__(lambda: table, content, in_place)
        self._name = table.name
        self._empty = pickle.dumps(_of_moto()[table.name])
        self._filled: dict[tuple[tuple[str, ...], bool], bytes] = {}

    def copy(self, without: Sequence[str] = (), *, hourly: bool = True) -> SearchedTable:
        asked = tuple(without), hourly
        self._put(self._filled.get(asked, self._empty))
        if asked in self._filled:
            return SearchedTable(self._table(), self._look)
        made = super().copy(without, hourly=hourly)
        self._filled[asked] = pickle.dumps(_of_moto()[self._name])
        return made

    def _put(self, table: bytes) -> None:
        _of_moto()[self._name] = pickle.loads(table)


def _fill(table: Table, content: list[Entry]) -> None:
    for first in range(0, len(content), _BATCH):
        asked = [{"PutRequest": {"Item": _item(entry)}} for entry in content[first : first + _BATCH]]
        answer = table.client.batch_write_item(RequestItems={table.name: asked})
        assert not answer.get("UnprocessedItems")


class SearchedTable:
    """`port.Store` and the additions of `SearchedStore`. The engine determines the delay of index `due`."""

    def __init__(self, table: Table, look: Look) -> None:
        self.table = table
        self._look = look
        self.log: list[Written] = []
        self.stream: list[StreamRecord] = []
        self.spoilt: set[str] = set()
        self.late = 0.0
        self._store = table.store(retrying=Retrying(attempts=0))
        self._sent: dict[int, Sequence[Write]] = {}
        self._knew: dict[int, int] = {}
        self._baton: Baton | None = None

    def listen(self, baton: Baton, late: float) -> None:
        self._baton = baton
        events = self._store.connection.client.meta.events
        events.register_first("before-send.dynamodb", self._before)
        events.register("response-received.dynamodb", self._after)

    def _before(self, event_name: str, **_: Any) -> None:
        """Raises instead of returning a response: botocore would otherwise also call moto's hook, which writes."""
        assert self._baton is not None
        try:
            self._baton.before(event_name.rpartition(".")[2])
        except Unavailable as refused:
            raise ClientError(_THROTTLED, event_name.rpartition(".")[2]) from refused

    def _after(self, event_name: str, parsed_response: Any, **_: Any) -> None:
        """Logs every committed write, even if its response is lost."""
        assert self._baton is not None
        worker = self._baton.worker()
        status = ((parsed_response or {}).get("ResponseMetadata") or {}).get("HTTPStatusCode")
        if status != 200:
            return
        if event_name.endswith("TransactWriteItems"):
            self._note(worker)
        try:
            self._baton.after(event_name)
        except Unavailable as lost:
            raise ReadTimeoutError(endpoint_url="https://dynamodb.example") from lost

    def _note(self, worker: int) -> None:
        writes = self._sent[worker]
        self.log.append(Written(len(self.log), self._knew.get(worker, 0), list(writes)))
        made = [write.entry.key for write in writes if isinstance(write, Put) and write.entry.kind == "event"]
        self.stream.extend(StreamRecord(len(self.stream) + 1 + place, "INSERT", key) for place, key in enumerate(made))

    def get(self, wanted: Sequence[Key]) -> dict[Key, Entry]:
        found = self._store.get(wanted)
        if any(key.pk in self.spoilt for key in wanted):
            raise Spoilt
        if self._baton is not None and any(key.sk == "S" and key.pk.endswith("#ORG") for key in wanted):
            self._knew[self._baton.worker()] = len(self.log)
        return found

    def commit(self, writes: Sequence[Write]) -> None:
        if self._baton is not None:
            self._sent[self._baton.worker()] = writes
        self._store.commit(writes)

    def __getattr__(self, name: str) -> Any:
        """Queries and counters are those of the store."""
        return getattr(self._store, name)

    def stream_after(self, position: int) -> list[StreamRecord]:
        return self.stream[position:]

    def everything(self) -> list[Entry]:
        return [to_entry(item) for item in self._look(self.table)]

    @property
    def scheduled(self) -> Mapping[Key, IndexKey]:
        return {entry.key: entry.due for entry in self.everything() if entry.due is not None}

    def events(self) -> int:
        return sum(entry.kind == "event" and "#C#" in entry.key.pk for entry in self.everything())

    def stage(self, number: str) -> str:
        key = keys.snapshot(keys.complaint(TENANT, number))
        found = next((entry for entry in self.everything() if entry.key == key), None)
        return "" if found is None or found.kind != "complaint" else str(msgspec.json.decode(found.body)["stage"])


def _item(entry: Entry) -> Item:
    return {"pk": {"S": entry.key.pk}, "sk": {"S": entry.key.sk}, **to_raw(entry)}
