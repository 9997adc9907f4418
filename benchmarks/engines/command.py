"""A command through the API, compared with the same reads and writes by PynamoDB's store alone and by bare boto3.

`python -m benchmarks.engines.command ENGINE` (moto, ministack, dynamodb-local) prints one line of JSON. The requests of
real commands are recorded, then sent again for copies of the complaint with other numbers. So all three access the same
items, of the same sizes, in the same table.
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

from benchmarks.engines.app_under_test import AppUnderTest, app_under_test
from benchmarks.engines.running import NOT_HERE
from benchmarks.engines.stopwatch import PURE, Stopwatch
from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.store import keys
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Entry, Key, Put, Write
from infra.engines.table import create_table

REGION = "eu-central-1"
TABLE = "benchmark"
COMMANDS = 300
WARM_UP = 30
"""Commands before the measurement."""
ClientRequest = tuple[str, dict[str, Any]]
StoreCall = tuple[Binding, list[Key], list[Write]]
"""The binding, the keys to read and the writes."""


class AnyCredentials:
    def credentials(self, binding: Binding) -> Credentials:
        return Credentials("testing", "testing")


class Recorder:
    """A store that records its calls and the requests of its client."""

    def __init__(self, store: DynamoStore) -> None:
        self._store = store
        self.calls: list[list[StoreCall]] = []
        self.requests: list[list[ClientRequest]] = []
        self._on = False
        store.connection.client.meta.events.register("provide-client-params.dynamodb.*", self._record)

    @contextmanager
    def recording(self) -> Iterator[None]:
        self.calls.append([])
        self.requests.append([])
        self._on = True
        yield
        self._on = False

    def _record(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        if self._on:
            self.requests[-1].append((model.name, json.loads(json.dumps(params))))

    def get(self, wanted: Sequence[Key]) -> dict[Key, Entry]:
        if self._on and wanted:
            self.calls[-1].append((binding.current(), list(wanted), []))
        return self._store.get(wanted)

    def commit(self, writes: Sequence[Write]) -> None:
        if self._on:
            self.calls[-1].append((binding.current(), [], list(writes)))
        self._store.commit(writes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def measure(endpoint: str | None) -> dict[str, Any]:
    """Return the seconds of each command by client, and the names of a command's requests."""
    bare = client(endpoint)
    create_table(bare, TABLE)
    store = store_on(endpoint, TABLE)
    recorder = Recorder(store)
    app = app_under_test(recorder)
    first, second = (app.number[:7] + digit + app.number[8:] for digit in "98")
    with binding.tenant(app.tenant):
        for copy in (first, second):
            _copy(store, app.tenant, app.number, copy)
    took: dict[str, list[float]] = {"api": [], "store": [], "floor": []}
    for _ in range(WARM_UP + COMMANDS):
        with recorder.recording():
            took["api"].append(app.act())
        calls, requests = recorder.calls[-1], recorder.requests[-1]
        took["store"].append(_by_store(store, calls, app.number, first))
        took["floor"].append(_by_client(bare, requests, app.number, second))
    took |= _time_policy(app)
    return {name: seconds[WARM_UP:] for name, seconds in took.items()} | {"requests": [name for name, _ in requests]}


def client(endpoint: str | None) -> Any:
    """Return a bare DynamoDB client for the engine."""
    return botocore.session.Session().create_client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


def store_on(endpoint: str | None, table: str) -> DynamoStore:
    """Return the program's store for the engine."""
    session = botocore.session.Session()
    return DynamoStore(table, region=REGION, provider=AnyCredentials(), session=session, endpoint=endpoint)


def _time_policy(app: AppUnderTest) -> dict[str, list[float]]:
    """Run further commands. Return the seconds of the policy's decisions and of the whole command."""
    watch, took = Stopwatch(), dict[str, list[float]](pure=[], whole=[])
    with watch.watching():
        for _ in range(WARM_UP + COMMANDS):
            watch.seconds.clear()
            took["whole"].append(app.act())
            took["pure"].append(sum(watch.seconds[part] for part in PURE))
    return took


def _copy(store: DynamoStore, tenant: str, number: str, copy: str) -> None:
    entries = store.query(keys.complaint(tenant, number), limit=200).entries
    for entry in entries:
        store.commit([Put(_renamed(entry, number, copy))])


def _by_store(store: DynamoStore, calls: Sequence[StoreCall], number: str, copy: str) -> float:
    """Repeat the command's store calls under their bindings: some calls read the directory."""
    repeated = [(bound, _renamed(read, number, copy), _renamed(writes, number, copy)) for bound, read, writes in calls]
    began = time.perf_counter()
    for bound, read, writes in repeated:
        with binding.directory() if bound.kind == "directory" else binding.tenant(bound.tenant):
            store.get(read)
            if writes:
                store.commit(writes)
    return time.perf_counter() - began


def _by_client(client: Any, requests: Sequence[ClientRequest], number: str, copy: str) -> float:
    """Send the same parameters with a bare client. Each transaction gets a new token."""
    repeated = [(name, _renamed(params, number, copy)) for name, params in requests]
    methods = {"BatchGetItem": client.batch_get_item, "TransactWriteItems": client.transact_write_items}
    for _, params in repeated:
        if "ClientRequestToken" in params:
            params["ClientRequestToken"] = str(uuid.uuid4())
    began = time.perf_counter()
    for name, params in repeated:
        methods[name](**params)
    return time.perf_counter() - began


def _renamed(value: Any, number: str, copy: str) -> Any:
    """Return the value with the complaint's number and the idempotency record's key replaced by others as long."""
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
    """Run the engine and yield its endpoint: None for moto, which runs in this process.

    Exits with `NOT_HERE` when the engine cannot run on this machine.
    """
    with ExitStack() as stack:
        if name != "moto":
            from infra.engines.__main__ import EngineUnavailable, run_engine

            signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the engine ends too
            try:
                endpoint = stack.enter_context(run_engine(name))
            except (EngineUnavailable, subprocess.CalledProcessError) as reason:
                print(f"{name} does not run here: {reason}", file=sys.stderr)
                sys.exit(NOT_HERE)
            yield endpoint
            return
        from moto import mock_aws

        from infra.moto import moto_shim

        stack.enter_context(moto_shim.installed())
        stack.enter_context(mock_aws())
        yield None


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Return p50 and p95 in milliseconds."""
    quantiles = statistics.quantiles(seconds, n=20)
    return {"p50": statistics.median(seconds) * 1000, "p95": quantiles[18] * 1000}


def quietly(work: Callable[[], Any]) -> Any:
    """Call `work` with standard output discarded: the app writes its log there, as in Lambda."""
    stdout = os.dup(1)
    with open(os.devnull, "w") as devnull:
        os.dup2(devnull.fileno(), 1)
        try:
            return work()
        finally:
            sys.stdout.flush()
            os.dup2(stdout, 1)


def main(name: str) -> int:
    with engine(name) as endpoint:
        measured = quietly(lambda: measure(endpoint))
    clients = {name: summary(measured[name]) for name in ("api", "store", "floor", "pure", "whole")}
    print(json.dumps({"engine": name, **clients, "requests": measured["requests"]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
