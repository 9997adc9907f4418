"""Bulks over the API, with their jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, cast

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

OTHERS = "另一条备注"
NOTE: dict[str, Any] = {"act": "note", "fields": {"text": "等待供应商回复"}}


def world_of(office: Organisation) -> InProcess:
    return cast(InProcess, office.world)


def call(
    office: Organisation, method: str, path: str, body: Any = None, who: str = "handler", **headers: str
) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.world.call(method, office.path + path, body, auth=office.auth(who), headers=sent)


def start(office: Organisation, who: str = "handler", **order: Any) -> Answer:
    return call(office, "POST", "/bulk", order, who)


def run(office: Organisation, trial: str, who: str = "handler") -> Answer:
    return call(office, "POST", f"/bulk/{trial}/run", None, who)


def read(office: Organisation, job: str, who: str = "handler") -> dict[str, Any]:
    """The bulk after all queues are empty."""
    office.world.settle()
    answer = call(office, "GET", f"/bulk/{job}", None, who)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def tried(office: Organisation, who: str = "handler", **order: Any) -> dict[str, Any]:
    """A dry run that has ended."""
    answer = start(office, who, **order)
    assert answer.status == 202, answer.text
    found = read(office, answer.json["id"], who)
    assert found["bulk"]["state"] == "done"
    return found


def done(office: Organisation, who: str = "handler", **order: Any) -> dict[str, Any]:
    """The bulk after its dry run."""
    answer = run(office, tried(office, who, **order)["bulk"]["id"], who)
    assert answer.status == 202, answer.text
    return read(office, answer.json["id"], who)


def outcomes(found: dict[str, Any]) -> dict[str, str]:
    return {one["number"]: one["outcome"] for one in found["complaints"]}


def without_queue(office: Organisation, patch: pytest.MonkeyPatch, trial: str) -> str:
    """The job of a bulk that was asked for while the queue lost all messages."""
    return waiting(office, patch, lambda: run(office, trial))


def waiting(office: Organisation, patch: pytest.MonkeyPatch, ask: Callable[[], Answer]) -> str:
    """The job that was asked for while the queue lost all messages: it waits for the next sweep."""
    with patch.context() as lossy:
        lossy.setattr(world_of(office).fakes.effects, "send", lambda messages: None)
        return str(ask().json["id"])


def noted(office: Organisation, number: str) -> int:
    return len(office.events(number, type_="noted"))


def all_lines(office: Organisation, job: str) -> dict[str, str]:
    """Over all pages of the list. Each complaint is once in it."""
    found, cursor = list[tuple[str, str]](), ""
    while True:
        answer = call(office, "GET", f"/bulk/{job}{cursor}").json
        found.extend(outcomes(answer).items())
        if answer["cursor"] is None:
            assert len(found) == len(dict(found))
            return dict(found)
        cursor = f"?cursor={answer['cursor']}"


@contextmanager
def others_act(office: Organisation, numbers: list[str], every: int) -> Iterator[list[str]]:
    """Another member writes a note on one of these complaints before each so many commits. Yields on which."""
    store, acted, commits, waiting = world_of(office).fakes.store, list[str](), count(1), list(numbers)

    def act(one: RecordedCall) -> None:
        if one.name == "commit" and waiting and next(commits) % every == 0:
            store.before = None
            acted.append(waiting.pop())
            assert office.try_act(acted[-1], "screener", "note", text=OTHERS).status == 200
            store.before = act

    store.before = act
    try:
        yield acted
    finally:
        store.before = None
