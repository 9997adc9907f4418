"""A bulk that a person cancels: what is done stays and is listed, the rest is listed as not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from chalicelib.features.bulk import step
from chalicelib.workers.entries import JOBS
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import (
    NOTE,
    all_lines,
    call,
    noted,
    outcomes,
    read,
    run,
    start,
    tried,
    waiting,
    without_queue,
    world_of,
)
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.sign_in.door import START, at_the_desk, desk

SLICE = 4
MANY = 11


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """With more complaints than two steps work on."""
    monkeypatch.setattr(step, "SLICE", SLICE)
    monkeypatch.setattr(step, "LOOKED_AT", 6)
    found = sign_up(InProcess(START), "platform")
    for _ in range(MANY):
        found.file()
    return found


def cancel(office: Organisation, job: str, who: str = "handler") -> Answer:
    """Without running what waits in queues, as the job is what others run."""
    asker = {"Authorization": office.auth(who)}
    return world_of(office).client.request("POST", f"{office.path}/bulk/{job}/cancel", None, headers=asker)


def when(office: Organisation, is_time: Callable[[], bool], act: Callable[[], object]) -> None:
    """Does it once, before the first commit at which it is time."""
    store = world_of(office).fakes.store

    def look(one: RecordedCall) -> None:
        if one.name == "commit":
            store.before = None
            if is_time():
                act()
            else:
                store.before = look

    store.before = look


def after_notes(office: Organisation, number: int) -> Callable[[], bool]:
    stored = world_of(office).fakes.store.everything
    return lambda: sum(one.kind == "event" and '"noted"' in one.body for one in stored()) >= number


@pytest.mark.parametrize("who", ["handler", "owner"])
def test_in_the_middle_of_a_step_the_list_says_exactly_what_was_done(
    many: Organisation, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    trial = tried(many, **NOTE, filter={})["bulk"]["id"]
    job = without_queue(many, monkeypatch, trial)
    when(many, after_notes(many, SLICE + 2), lambda: cancel(many, job, who))
    world_of(many).sweep()

    bulk = read(many, job)["bulk"]
    found = all_lines(many, job)
    assert found.keys() == many.filed.keys()
    assert {number: noted(many, number) for number in found} == {
        number: 1 if outcome == "done" else 0 for number, outcome in found.items()
    }
    assert SLICE + 2 <= Counter(found.values())["done"] <= SLICE + 3
    assert bulk["counts"] == Counter(found.values())
    assert set(found.values()) == {"done", "not_done"}
    assert (bulk["state"], bulk["progress"]) == ("stopped", {"done": MANY, "of": MANY})
    by = {"handler": "The person who started it has cancelled it.", "owner": "An owner of the organisation"}
    assert bulk["reason"].startswith(by[who])


def test_what_was_typed_is_gone_after_it_was_cancelled(many: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = tried(many, **NOTE, filter={})["bulk"]["id"]
    job = without_queue(many, monkeypatch, trial)
    assert cancel(many, job).status == 202
    world_of(many).sweep()
    read(many, job)
    entry = next(one for one in world_of(many).fakes.store.everything() if one.key.sk == f"J#{job}")
    assert "sealed" not in entry.body


def test_what_an_earlier_try_of_the_step_has_done_is_listed_as_done(
    many: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tried(many, **NOTE, filter={})["bulk"]["id"]
    job = without_queue(many, monkeypatch, trial)
    breaker = Breaker(at=0)
    when(many, after_notes(many, SLICE + 2), lambda: setattr(breaker, "at", breaker.calls + 1))
    with pytest.raises(Crash):
        sweep_and_work(world_of(many).fakes.breaking(breaker), many.world.now(), JOBS)
    assert cancel(many, job).status == 202
    world_of(many).sweep()

    read(many, job)
    done = {number for number, outcome in all_lines(many, job).items() if outcome == "done"}
    assert done == {number for number in many.filed if noted(many, number)}
    assert len(done) >= SLICE + 2


def test_a_dry_run_can_be_cancelled_and_then_not_be_done(many: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = waiting(many, monkeypatch, lambda: start(many, **NOTE, filter={}))
    assert cancel(many, trial).status == 202
    world_of(many).sweep()
    bulk = read(many, trial)["bulk"]
    assert (bulk["state"], bulk["counts"].get("possible", 0)) == ("stopped", 0)
    assert run(many, trial).status == 409


def test_a_dry_run_of_named_complaints_lists_them_all_as_not_done(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = waiting(office, monkeypatch, lambda: start(office, **NOTE, numbers=list(office.filed)))
    assert cancel(office, trial).status == 202
    world_of(office).sweep()
    assert outcomes(read(office, trial)) == dict.fromkeys(office.filed, "not_done")


def test_it_is_cancelled_once_by_the_first_who_asks(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    job = without_queue(office, monkeypatch, tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"])
    assert [cancel(office, job, who).status for who in ("owner", "handler", "owner")] == [202, 202, 202]
    world_of(office).sweep()
    assert read(office, job)["bulk"]["reason"] == "An owner of the organisation has cancelled it."


def test_after_its_end_nothing_can_be_cancelled(office: Organisation) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    assert cancel(office, trial).status == 409
    assert read(office, trial)["bulk"]["state"] == "done"


def test_others_find_nothing_to_cancel(office: Organisation) -> None:
    trial = start(office, **NOTE, numbers=list(office.filed)).json["id"]
    theirs, none = cancel(office, trial, "screener"), cancel(office, "bulk-0", "screener")
    assert (theirs.status, theirs.json["detail"]) == (404, none.json["detail"])
    assert read(office, trial)["bulk"]["state"] == "done"


def test_an_export_is_no_bulk(office: Organisation) -> None:
    export = call(office, "POST", "/exports", None, "owner").json["id"]
    assert cancel(office, export, "owner").status == 404


@pytest.mark.parametrize(("who", "back"), [("handler", "/bulk/{job}"), ("owner", "/jobs")])
def test_at_the_desk_it_is_cancelled_after_a_question(
    office: Organisation, monkeypatch: pytest.MonkeyPatch, who: str, back: str
) -> None:
    job = without_queue(office, monkeypatch, tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"])
    browser = at_the_desk(office, who)
    browser.open(f"{desk(office)}/jobs")
    path = next(href for href, _ in browser.page.links if href.endswith("/cancel"))
    browser.open(path)
    assert "0 of 3 complaints so far." in browser.answer.text
    browser.submit(form=next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/cancel")))
    assert browser.path.partition("?")[0] == desk(office) + back.format(job=job)
    assert "The job will stop after the complaint that it is working on." in browser.answer.text

    world_of(office).sweep()
    office.world.settle()
    browser.open(desk(office) + back.format(job=job))
    assert "has cancelled it." in browser.answer.text
    assert [href for href, _ in browser.page.links if href.endswith("/cancel")] == []
    assert [noted(office, number) for number in office.filed] == [0, 0, 0]


def test_a_page_of_yesterday_leads_to_the_end_of_the_job(office: Organisation) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}/bulk/{trial}/cancel")
    assert "Do it now (complaints: 3)" in browser.answer.text
