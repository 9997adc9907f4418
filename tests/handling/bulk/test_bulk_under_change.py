"""An act on many complaints that others change meanwhile: none is lost, and the list at the end is what happened.

By day on some dozens, at night on hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from chalicelib.features.bulk import step
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import NOTE, call, outcomes, read, run, start, tried, without_queue, world_of
from tests.helpers.searches import TIMES
from tests.sign_in.door import START

MANY = 36 * TIMES
OTHERS = "另一条备注"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(step, "SLICE", 10)
    monkeypatch.setattr(step, "LOOKED_AT", 15)
    found = sign_up(InProcess(START), "platform")
    for _ in range(MANY):
        found.file()
    return found


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


def noted_by(office: Organisation, number: str, who: str) -> int:
    return sum(one["actor"]["id"] == office.subs[who] for one in office.events(number, type_="noted"))


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


def test_complaints_that_change_while_they_are_collected_and_tried_are_each_in_the_list(office: Organisation) -> None:
    with others_act(office, list(office.filed), every=2) as acted:
        trial = read(office, start(office, **NOTE, filter={}).json["id"])["bulk"]
    assert acted
    assert trial["counts"] == {"possible": MANY}
    assert all_lines(office, trial["id"]).keys() == office.filed.keys()


def test_the_list_at_the_end_is_what_happened(office: Organisation) -> None:
    trial = tried(office, **NOTE, filter={})["bulk"]["id"]
    with others_act(office, list(office.filed), every=3) as acted:
        job = read(office, run(office, trial).json["id"])["bulk"]
    found = all_lines(office, job["id"])
    assert {number for number, outcome in found.items() if outcome == "changed"}
    assert found.keys() == office.filed.keys()
    assert {number: noted_by(office, number, "handler") for number in found} == {
        number: 1 if outcome == "done" else 0 for number, outcome in found.items()
    }
    assert [noted_by(office, number, "screener") for number in acted] == [1] * len(acted)
    assert job["counts"] == {name: list(found.values()).count(name) for name in set(found.values())}
    assert job["progress"] == {"done": MANY, "of": MANY}


def test_the_progress_is_told_while_it_goes_on_and_goes_by_slices(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tried(office, **NOTE, filter={})["bulk"]["id"]
    job = without_queue(office, monkeypatch, trial)
    store, seen, asker = world_of(office).fakes.store, list[int](), {"Authorization": office.auth("handler")}

    def look(one: RecordedCall) -> None:
        if one.name == "commit":
            store.before = None
            answer = world_of(office).client.request("GET", f"{office.path}/bulk/{job}", None, headers=asker)
            seen.append(answer.json["bulk"]["progress"]["done"])
            store.before = look

    store.before = look
    world_of(office).sweep()
    office.world.settle()
    store.before = None
    assert seen == sorted(seen)
    assert {0, 10, 15} < set(seen)
    assert read(office, job)["bulk"]["progress"] == {"done": MANY, "of": MANY}


def test_a_person_who_leaves_meanwhile_stops_it_and_the_list_says_how_far_it_came(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tried(office, **NOTE, filter={})["bulk"]["id"]
    job = without_queue(office, monkeypatch, trial)
    store, commits = world_of(office).fakes.store, count(1)

    def leave(one: RecordedCall) -> None:
        if one.name == "commit" and next(commits) == 15:
            store.before = None
            body = {"grants": [{"role": "screener"}]}
            assert call(office, "PUT", f"/people/{office.subs['handler']}", body, "owner").status == 200

    store.before = leave
    world_of(office).sweep()
    found = read(office, job)["bulk"]
    assert found["state"] == "stopped"
    done = sum(noted_by(office, number, "handler") for number in office.filed)
    assert found["counts"].get("done", 0) == done
    assert 0 < done < MANY
