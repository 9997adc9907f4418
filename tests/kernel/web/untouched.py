"""Checks that a request changed nothing: store, queue, bucket and mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

COUNTED = "wrong-receipts"
"""The kind of the entries that count wrong receipts (`test_wrong_receipts`)."""


def in_process(organisation: Organisation) -> InProcess:
    return cast(InProcess, organisation.world)


def state(organisation: Organisation) -> dict[str, Any]:
    fakes = in_process(organisation).fakes
    return {
        "entries": {entry.key: entry for entry in fakes.store.everything() if entry.kind != COUNTED},
        "queue": [*fakes.effects.waiting, *fakes.hooks.waiting],
        "mails": list(fakes.mailer.outbox),
        "tickets": list(fakes.objects.tickets),
        "people": sorted(fakes.identity.people),
    }


@contextmanager
def untouched(organisation: Organisation) -> Iterator[None]:
    before = state(organisation)
    yield
    after = state(organisation)
    assert [name for name in before if before[name] != after[name]] == []


def refused(answer: Answer, status: int, kind: str, *pointers: str) -> None:
    """Asserts that the response is this problem (RFC 9457) with exactly these places."""
    assert (answer.status, answer.problem) == (status, kind), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]
    named = sorted(error["pointer"] for error in answer.json.get("errors", []))
    assert named == sorted(pointers), answer.text
