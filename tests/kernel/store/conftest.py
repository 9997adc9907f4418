"""The engines that the contract runs on. `ENGINES=ministack,dynamodb-local` adds those (`make test-engines`)."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import botocore.session
import pytest
from botocore.credentials import Credentials
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Store
from infra.engines import __main__ as engines
from infra.engines.table import create_table
from infra.memory_store.store import MemoryStore
from infra.moto import moto_index, moto_shim

REGION = "eu-central-1"
ALWAYS = ("memory", "moto", "moto-shim")
ON_REQUEST = tuple(filter(None, os.environ.get("ENGINES", "").split(",")))

MakeStore = Callable[[], Store]


class TestCredentials:
    """Credentials of an emulator, the same for every binding."""

    __test__ = False

    def credentials(self, binding: Binding) -> Credentials:
        return Credentials("testing", "testing")


@cache
def _client(session: botocore.session.Session, endpoint: str | None) -> Any:
    """One client for all tables: creating one takes longer than most tests."""
    return session.create_client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


class Table:
    """One table of one engine, with its store and a plain client for other operations."""

    def __init__(self, session: botocore.session.Session, endpoint: str | None = None) -> None:
        self.name = f"t-{uuid.uuid4().hex}"
        self.session = session
        self.endpoint = endpoint
        self.client = _client(session, endpoint)
        create_table(self.client, self.name)

    def emptied(self) -> Table:
        """moto's table without its items: to create one takes longer than most tests."""
        backend = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION]
        backend.tables[self.name].items.clear()  # moto replaces its tables when a transaction fails
        moto_index.forget()
        return self

    def store(self, **options: Any) -> DynamoStore:
        return DynamoStore(
            self.name,
            region=REGION,
            provider=TestCredentials(),
            session=self.session,
            endpoint=self.endpoint,
            **options,
        )


@pytest.fixture(scope="session")
def session() -> botocore.session.Session:
    return botocore.session.Session()


@contextmanager
def _engine(name: str, session: botocore.session.Session) -> Iterator[Callable[[], Table]]:
    with ExitStack() as stack:
        if name == "moto-shim":
            stack.enter_context(moto_shim.installed())
        if name.startswith("moto"):
            stack.enter_context(mock_aws())
            yield Table(session).emptied
            return
        try:
            endpoint = stack.enter_context(engines.run_engine(name))
        except engines.EngineUnavailable as reason:
            pytest.skip(f"{name}: {reason}")
        yield lambda: Table(session, endpoint)


@pytest.fixture(scope="module", params=[*ALWAYS[1:], *ON_REQUEST])
def make_table(request: pytest.FixtureRequest, session: botocore.session.Session) -> Iterator[Callable[[], Table]]:
    """Creates empty tables on each engine with DynamoDB's protocol."""
    with _engine(request.param, session) as make:
        yield make


@pytest.fixture
def table(make_table: Callable[[], Table]) -> Table:
    return make_table()


@pytest.fixture(scope="module", params=[*ALWAYS, *ON_REQUEST])
def make_store(request: pytest.FixtureRequest, session: botocore.session.Session) -> Iterator[MakeStore]:
    """Creates empty stores on each engine."""
    if request.param == "memory":
        yield MemoryStore
        return
    with _engine(request.param, session) as make:
        once = cache(lambda table: table.store())  # to create its client takes longer than most tests
        yield lambda: once(make())


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store()


@pytest.fixture
def acme() -> Iterator[Binding]:
    with binding.tenant("acme") as bound:
        yield bound
