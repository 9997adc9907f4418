"""The hourly job changes the due time of an organisation's directory entry. Commands on the entry do not lose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.kit.instants import HOUR
from chalicelib.store.conflicts import ATTEMPTS
from chalicelib.tenants.directory import Directory, next_job
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.organisations.test_ops import OPERATOR

LEAVE = ("POST", "/v1/t/{id}/leave")
STAY = ("DELETE", "/v1/t/{id}/leave")
SUSPEND = ("POST", "/v1/ops/tenants/{id}/suspend")
RESUME = ("POST", "/v1/ops/tenants/{id}/resume")
COMMANDS = [
    (LEAVE, "active", "leaving"),
    (STAY, "leaving", "active"),
    (SUSPEND, "active", "suspended"),
    (RESUME, "suspended", "active"),
]
TO_BEGIN = {"leaving": LEAVE, "suspended": SUSPEND}


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")


def world_of(shop: Organisation) -> InProcess:
    assert isinstance(shop.world, InProcess)
    return shop.world


def command(shop: Organisation, what: tuple[str, str]) -> Answer:
    method, path = what[0], what[1].format(id=shop.id)
    body = {LEAVE: {"id": shop.id}, SUSPEND: {"reason": "x"}}.get(what)
    client = world_of(shop).client
    if "/ops/" in path:
        return client.request(method, path, body, operator=OPERATOR)
    return shop.world.call(method, path, body, auth=shop.auth("owner"))


def bring_to(shop: Organisation, wanted: str) -> None:
    if wanted in TO_BEGIN:
        command(shop, TO_BEGIN[wanted])


def state(shop: Organisation) -> str:
    found = Directory(world_of(shop).fakes.store, world_of(shop).fakes.real_clock).find(shop.id)
    assert found is not None
    return found.listing.state


@contextmanager
def rescheduled(shop: Organisation, times: int) -> Iterator[None]:
    """As many commits find that the hourly job has changed the entry since it was read."""
    fakes, left = world_of(shop).fakes, times

    def first(call: RecordedCall) -> None:
        nonlocal left
        if call.name == "commit" and left:
            left, fakes.store.before = left - 1, None
            directory = Directory(fakes.store, fakes.real_clock)
            found = directory.find(shop.id)
            assert found is not None
            directory.change(shop.id, found.listing, found.version, next_job(shop.id, fakes.clock() + HOUR))
            fakes.store.before = first

    fakes.store.before = first
    try:
        yield
    finally:
        fakes.store.before = None


@pytest.mark.parametrize(("what", "before", "after"), COMMANDS)
def test_a_command_is_repeated_when_the_hourly_job_was_faster(
    shop: Organisation, what: tuple[str, str], before: str, after: str
) -> None:
    bring_to(shop, before)
    with rescheduled(shop, times=1):
        answer = command(shop, what)
    assert (answer.status, state(shop)) == (202 if what == LEAVE else 200, after), answer.text


@pytest.mark.parametrize(("what", "before", "after"), COMMANDS)
def test_a_command_that_loses_every_attempt_changes_nothing(
    shop: Organisation, what: tuple[str, str], before: str, after: str
) -> None:
    bring_to(shop, before)
    with rescheduled(shop, times=ATTEMPTS):
        answer = command(shop, what)
    assert (answer.status, answer.problem, state(shop)) == (409, "conflict", before)
    assert answer.json["detail"] == "Others changed the organisation at the same time. Repeat the request."
