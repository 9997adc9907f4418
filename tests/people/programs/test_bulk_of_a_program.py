"""A bulk that a program account has asked for: it ends at its next step when the key is not valid any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.features.bulk import step
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import NOTE, done, outcomes, read, run, tried, waiting, world_of
from tests.people.programs.accounts import WANTED, ask, key_ids, keyed, program
from tests.sign_in.door import START

ALLOWED = ["start_bulk", "run_bulk", "get_bulk"]


@pytest.fixture
def office() -> Organisation:
    found = sign_up(InProcess(START), "platform")
    for _ in range(3):
        found.file()
    return found


def test_its_bulk_is_done_in_the_accounts_name(office: Organisation) -> None:
    account = program(office, operations=ALLOWED)
    found = done(office, "program", **NOTE, filter={})
    assert set(outcomes(found).values()) == {"done"}
    for number in office.filed:
        [event] = office.events(number, "screener", "noted")
        assert event["actor"]["id"] == account["sub"]


def _revoke(office: Organisation, account: str) -> None:
    """And adds another key, with which the list can be read."""
    [key] = key_ids(office, account)
    ask(office, "DELETE", f"/{account}/keys/{key}")
    keyed(office, account, "program")


def _end(office: Organisation, account: str) -> None:
    ask(office, "DELETE", f"/{account}")
    office.tokens["program"] = ""


@pytest.mark.parametrize("lose", [_revoke, _end])
def test_a_revoked_key_ends_the_job_at_its_next_step(
    office: Organisation, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Organisation, str], None]
) -> None:
    account = program(office, operations=ALLOWED)
    trial = tried(office, "program", **NOTE, filter={})["bulk"]["id"]
    job = waiting(office, monkeypatch, lambda: run(office, trial, "program"))
    lose(office, account["id"])
    world_of(office).sweep()
    office.world.settle()
    jobs = office.get("/jobs", "owner")["jobs"]
    [found] = [one for one in jobs if one["id"] == job]
    assert (found["state"], found["reason"]) == ("stopped", step.REVOKED)
    for number in office.filed:
        assert office.events(number, "screener", "noted") == []


def test_the_bulk_goes_on_when_another_key_is_revoked(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    account = program(office, operations=ALLOWED)
    trial = tried(office, "program", **NOTE, filter={})["bulk"]["id"]
    [first] = key_ids(office, account["id"])
    keyed(office, account["id"], "program")  # it asks for the bulk after the dry run with the first key
    job = waiting(office, monkeypatch, lambda: run(office, trial, "program"))
    ask(office, "DELETE", f"/{account['id']}/keys/{first}")
    world_of(office).sweep()
    assert set(outcomes(read(office, job, "program")).values()) == {"done"}


def test_a_role_that_was_taken_from_the_account_ends_the_job_too(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = program(office, operations=ALLOWED)
    trial = tried(office, "program", **NOTE, filter={})["bulk"]["id"]
    job = waiting(office, monkeypatch, lambda: run(office, trial, "program"))
    changed = {**WANTED, "operations": ALLOWED, "grants": [{"role": "archivist"}]}
    assert ask(office, "PUT", f"/{account['id']}", changed).status == 200
    world_of(office).sweep()
    found = read(office, job, "program")["bulk"]
    assert (found["state"], found["reason"]) == ("stopped", step.LEFT)
