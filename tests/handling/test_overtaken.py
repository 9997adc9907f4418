"""Requests that others overtake: refused when every attempt lost, and stale when they name an earlier version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.casework.views.changes import MOST
from chalicelib.store.conflicts import ATTEMPTS
from chalicelib.store.port import CommitConflict
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council
from tests.helpers.fakes.client import Answer, fresh_key
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


PAIR = ("second", "complainant")


def stale(company: Organisation, who: str, number: str, version: str) -> Answer:
    path, body = f"{company.path}/complaints/{number}/acts/note", {"fields": {"text": "x"}}
    return company.world.call("POST", path, body, auth=company.auth(who, number), headers={"If-Match": f'"{version}"'})


def test_it_is_told_what_another_person_did_since(company: Organisation) -> None:
    number = company.file()
    seen = company.complaint(number, "agent")["version"]
    company.act(number, "team_lead", "note", text="Called back")

    answer = stale(company, "agent", number, seen)

    refused(answer, 412, "stale")
    (noted,) = answer.json["since"]
    assert (noted["type"], noted["label"]) == ("noted", {"zh": "备注", "en": "Note"})
    assert noted["actor"] == company.events(number, "agent", "noted")[0]["actor"]
    assert noted["actor"]["id"] == company.subs["team_lead"]


def test_a_party_reads_no_id_of_a_person_in_it(company: Organisation) -> None:
    number = company.file()
    seen = company.complaint(number)["version"]
    company.act(number, "team_lead", "note", text="Called back")

    (noted,) = stale(company, "complainant", number, seen).json["since"]

    assert (noted["actor"]["id"], noted["actor"]["role"]) == ("staff", "team_lead")
    assert company.subs["team_lead"] not in repr(noted)


def test_a_party_reads_nothing_of_what_awaits_approval() -> None:
    office = council({"decide": {"by": "officer", "to": "done", "approval": {"by": "reviewer"}}})
    number = office.file()
    office.act(number, "officer", "decide")

    types = {who: {one["type"] for one in stale(office, who, number, "1").json["since"]} for who in PAIR}

    assert types == {"second": {"proposed", "notified"}, "complainant": {"notified"}}


@pytest.mark.parametrize("version", ["99", "W/1", "one", "١", "9" * 30])
def test_an_unknown_version_is_told_no_changes(company: Organisation, version: str) -> None:
    answer = stale(company, "agent", company.file(), version)

    assert answer.status in (400, 412)
    assert "since" not in answer.json


def test_an_excluded_person_is_told_no_changes() -> None:
    office = council({"recuse": {"by": "officer"}})
    number = office.file()
    office.act(number, "officer", "recuse")
    office.act(number, "second", "inspect")

    answer = stale(office, "officer", number, "1")

    refused(answer, 412, "stale")
    assert "since" not in answer.json
    assert [one["type"] for one in stale(office, "second", number, "1").json["since"]] == ["recused", "inspected"]


def test_the_latest_of_very_many_changes_are_told(company: Organisation) -> None:
    number = company.file()
    for turn in range(MOST):
        company.act(number, "owner", "release" if turn % 2 else "hold", reason="x")

    since = stale(company, "agent", number, "1").json["since"]

    assert len(since) == MOST
    assert since[-1]["id"] == f"{number}/{company.complaint(number, 'agent')['version']}"
