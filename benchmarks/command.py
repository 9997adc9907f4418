"""A command through the API against the same reads and writes by PynamoDB's store alone, and by bare boto3.

`python -m benchmarks.command ENGINE` (moto, ministack, dynamodb-local) prints one line of JSON. The requests of real
commands are recorded, and sent again for copies of the complaint under other numbers: the same items, of the same
sizes, in the same table.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import botocore.session
import msgspec
from botocore.credentials import Credentials

from benchmarks.app_under_test import AppUnderTest, app_under_test
from benchmarks.engines import NOT_HERE
from benchmarks.stopwatch import PURE, Stopwatch
from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Entry, Key, Put, Write
from infra.table import create_table

REGION = "eu-central-1"
TABLE = "benchmark"
COMMANDS = 300
WARM_UP = 30
"""Commands before the first that counts."""
ClientRequest = tuple[str, dict[str, Any]]
StoreCall = tuple[Binding, list[Key], list[Write]]
"""On whose behalf, and what was to be read or written."""


class AnyCredentials:
    def credentials(self, binding: Binding) -> Credentials:
        return Credentials("testing", "testing")


class Recorder:
    """A store that remembers what it was asked for, and the requests that its client sent."""

    def __init__(self, store: DynamoStore) -> None:
        self._store = store
        self.asked: list[list[StoreCall]] = []
        self.sent: list[list[ClientRequest]] = []
        self._on = False
        store.connection.client.meta.events.register("provide-client-params.dynamodb.*", self._sends)

    @contextmanager
    def recording(self) -> Iterator[None]:
        self.asked.append([])
        self.sent.append([])
        self._on = True
        yield
        self._on = False

    def _sends(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        if self._on:
            self.sent[-1].append((model.name, json.loads(json.dumps(params))))

    def get(self, wanted: Sequence[Key]) -> dict[Key, Entry]:
        if self._on and wanted:
            self.asked[-1].append((binding.current(), list(wanted), []))
        return self._store.get(wanted)

    def commit(self, writes: Sequence[Write]) -> None:
        if self._on:
            self.asked[-1].append((binding.current(), [], list(writes)))
        self._store.commit(writes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def measure(endpoint: str | None) -> dict[str, Any]:
    """Seconds of each command by each way, once the engine is up."""
    bare = client(endpoint)
    create_table(bare, TABLE)
    store = store_on(endpoint, TABLE)
    recorder = Recorder(store)
    measured = app_under_test(recorder)
    first, second = (measured.number[:7] + digit + measured.number[8:] for digit in "98")
    with binding.tenant(measured.tenant):
        for copy in (first, second):
            _copy(store, measured.tenant, measured.number, copy)
    took: dict[str, list[float]] = {"api": [], "store": [], "floor": []}
    for _ in range(WARM_UP + COMMANDS):
        with recorder.recording():
            took["api"].append(measured.act())
        asked, sent = recorder.asked[-1], recorder.sent[-1]
        took["store"].append(_by_store(store, asked, measured.number, first))
        took["floor"].append(_by_client(bare, sent, measured.number, second))
    took |= _watched(measured)
    return {name: seconds[WARM_UP:] for name, seconds in took.items()} | {"requests": [name for name, _ in sent]}


def client(endpoint: str | None) -> Any:
    """A bare DynamoDB client on the engine."""
    return botocore.session.Session().create_client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


def store_on(endpoint: str | None, table: str) -> DynamoStore:
    """The program's own store on the engine."""
    session = botocore.session.Session()
    return DynamoStore(table, region=REGION, provider=AnyCredentials(), session=session, endpoint=endpoint)


def _watched(measured: AppUnderTest) -> dict[str, list[float]]:
    """Commands anew: what the policy decides in each, and the whole of it."""
    watch, took = Stopwatch(), dict[str, list[float]](pure=[], whole=[])
    with watch.watching():
        for _ in range(WARM_UP + COMMANDS):
            watch.seconds.clear()
            took["whole"].append(measured.act())
            took["pure"].append(sum(watch.seconds[part] for part in PURE))
    return took


def _copy(store: DynamoStore, tenant: str, number: str, copy: str) -> None:
    entries = store.query(keys.complaint(tenant, number), limit=200).entries
    for entry in entries:
        store.commit([Put(_renamed(entry, number, copy))])


def _by_store(store: DynamoStore, asked: Sequence[StoreCall], number: str, copy: str) -> float:
    """What the command asked for, each on whose behalf it did: now and then it looks into the directory as well."""
    again = [(bound, _renamed(wanted, number, copy), _renamed(writes, number, copy)) for bound, wanted, writes in asked]
    began = time.perf_counter()
    for bound, wanted, writes in again:
        with binding.directory() if bound.kind == "directory" else binding.tenant(bound.tenant):
            store.get(wanted)
            if writes:
                store.commit(writes)
    return time.perf_counter() - began


def _by_client(client: Any, sent: Sequence[ClientRequest], number: str, copy: str) -> float:
    """A bare client made anew sends the same parameters; a transaction's token is its own."""
    again = [(name, _renamed(params, number, copy)) for name, params in sent]
    methods = {"BatchGetItem": client.batch_get_item, "TransactWriteItems": client.transact_write_items}
    for _, params in again:
        if "ClientRequestToken" in params:
            params["ClientRequestToken"] = str(uuid.uuid4())
    began = time.perf_counter()
    for name, params in again:
        methods[name](**params)
    return time.perf_counter() - began


def _renamed(value: Any, number: str, copy: str) -> Any:
    """The same with the complaint's number, and the place of the idempotency record, replaced by ones as long."""
    if isinstance(value, str):
        return value.replace(number, copy).replace("#I#", f"#{copy[7]}#")
    if isinstance(value, dict):
        return {name: _renamed(each, number, copy) for name, each in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _renamed(getattr(value, name), number, copy) for name in value.__struct_fields__}
        return type(value)(**fields) if not isinstance(value, Put) else Put(fields["entry"], value.if_absent)
    if isinstance(value, tuple):
        return type(value)(*(_renamed(each, number, copy) for each in value))
    return [_renamed(each, number, copy) for each in value] if isinstance(value, list) else value


@contextmanager
def engine(name: str) -> Iterator[str | None]:
    """Its endpoint; None where boto3's calls stay in this process. Exits where the engine cannot run here."""
    with ExitStack() as stack:
        if name != "moto":
            from infra.engines import NotHere, running

            signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the engine ends with this process
            try:
                endpoint = stack.enter_context(running(name))
            except (NotHere, subprocess.CalledProcessError) as why:
                print(f"{name} does not run here: {why}", file=sys.stderr)
                sys.exit(NOT_HERE)
            yield endpoint
            return
        from moto import mock_aws

        from infra import moto_shim

        stack.enter_context(moto_shim.installed())
        stack.enter_context(mock_aws())
        yield None


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    cut = statistics.quantiles(seconds, n=20)
    return {"p50": statistics.median(seconds) * 1000, "p95": cut[18] * 1000}


def quietly(work: Callable[[], Any]) -> Any:
    """With standard output, where the app logs as it does in Lambda, thrown away."""
    said = os.dup(1)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            return work()
        finally:
            sys.stdout.flush()
            os.dup2(said, 1)


def main(name: str) -> int:
    with engine(name) as endpoint:
        measured = quietly(lambda: measure(endpoint))
    ways = {way: summary(measured[way]) for way in ("api", "store", "floor", "pure", "whole")}
    print(json.dumps({"engine": name, **ways, "requests": measured["requests"]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
