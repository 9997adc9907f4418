"""Requests that others overtake: refused when every attempt lost, and stale when they name an earlier version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.store.conflicts import ATTEMPTS
from chalicelib.store.port import CommitConflict
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.fakes.client import Answer, fresh_key
from tests.kernel.web.untouched import in_process, refused, untouched


def ask(company: Organisation, who: str, path: str, body: object = None, **headers: str) -> Answer:
    sent = {"Idempotency-Key": fresh_key(), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return company.world.call("POST", company.path + path, body, auth=company.auth(who), headers=sent)


@contextmanager
def overtaken(company: Organisation) -> Iterator[list[str]]:
    """Another writer is faster than each commit. Yields the commits."""
    store, commits = in_process(company).fakes.store, list[str]()

    def refuse(call: RecordedCall) -> None:
        if call.name == "commit":
            commits.append(call.name)
            raise CommitConflict([0])

    store.before = refuse
    try:
        yield commits
    finally:
        store.before = None


@pytest.mark.parametrize(
    ("path", "body", "again"),
    [
        ("/acts/note", {"fields": {"text": "Called back"}}, "Look at it again and repeat."),
        ("/receipt", None, "Repeat the request."),
    ],
)
def test_a_request_that_loses_every_attempt_is_refused(
    company: Organisation, path: str, body: object, again: str
) -> None:
    number = company.file()
    with untouched(company), overtaken(company) as commits:
        answer = ask(company, "agent", f"/complaints/{number}{path}", body)
    refused(answer, 409, "conflict")
    assert answer.json["detail"] == f"Others acted on the complaint at the same time. {again}"
    assert len(commits) == ATTEMPTS


def test_a_filing_that_loses_is_not_registered(company: Organisation) -> None:
    with overtaken(company):
        answer = company.try_file()
    refused(answer, 409, "conflict")
    assert answer.json["detail"] == "The complaint was not registered. Repeat the request."


def test_an_act_on_an_earlier_version_is_told_the_present_one(company: Organisation) -> None:
    number = company.file()
    version = company.complaint(number, "agent")["version"]
    with untouched(company):
        answer = ask(company, "agent", f"/complaints/{number}/acts/note", {"fields": {"text": "x"}}, If_Match='"1"')
    refused(answer, 412, "stale")
    assert version != "1"
    assert (answer.json["detail"], answer.json["etag"]) == ("The complaint has changed since you looked.", version)
