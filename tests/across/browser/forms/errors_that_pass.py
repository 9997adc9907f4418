"""Errors that pass, while a form is sent: the pages of errors that have what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import botocore.session
from botocore.exceptions import ConnectTimeoutError
from msgspec.structs import force_setattr

from chalicelib.limits.sources import RequestSources
from chalicelib.store.dynamo import DynamoStore, Retrying
from chalicelib.store.port import CommitConflict
from infra.memory_store.store import RecordedCall
from tests.across.browser.forms.test_forms_lead_on import Place
from tests.clauses.world import InProcess
from tests.kernel.store.conftest import REGION, TestCredentials

SOURCE = ""
"""The address of all requests of the server in process."""
REASON = "系统维护，今晚恢复。"


class Passing(Protocol):
    """For the time of the block, the deployment answers with the error."""

    def __call__(self, place: Place) -> AbstractContextManager[None]: ...


def _world(place: Place) -> InProcess:
    world = place.office.world
    assert isinstance(world, InProcess)
    return world


@contextmanager
def no_room(place: Place) -> Iterator[None]:
    """The address of the browser has sent its requests of the minute."""
    wiring = _world(place).fakes.wiring
    usual, few = wiring.sources, RequestSources(addresses=1, people=1, real_clock=wiring.real_clock)
    few.take(1, SOURCE)
    force_setattr(wiring, "sources", few)
    yield
    force_setattr(wiring, "sources", usual)


@contextmanager
def suspended(place: Place) -> Iterator[None]:
    """The operator has suspended both organisations."""
    world, ids = _world(place), (place.office.id, place.regulator.id)
    for id_ in ids:
        assert world.operate("POST", f"/tenants/{id_}/suspend", {"reason": REASON}).status == 200
    yield
    for id_ in ids:
        assert world.operate("POST", f"/tenants/{id_}/resume", {}).status == 200


@contextmanager
def outage(place: Place) -> Iterator[None]:
    """No request reaches DynamoDB."""
    wiring = _world(place).fakes.wiring
    usual = wiring.store
    force_setattr(wiring, "store", _unreachable())
    yield
    force_setattr(wiring, "store", usual)


def _unreachable() -> DynamoStore:
    store = DynamoStore(
        "away",
        region=REGION,
        provider=TestCredentials(),
        session=botocore.session.Session(),
        retrying=Retrying(attempts=1, wait=lambda _: None),
    )

    def never_arrives(request: Any, **_: Any) -> None:
        raise ConnectTimeoutError(endpoint_url=request.url)

    store.connection.client.meta.events.register_first("before-send.dynamodb", never_arrives)
    return store


@contextmanager
def conflict(place: Place) -> Iterator[None]:
    """Another writer is faster at each attempt to commit."""
    store = _world(place).fakes.store

    def lose(call: RecordedCall) -> None:
        if call.name == "commit":
            raise CommitConflict([0])

    store.before = lose
    yield
    store.before = None
