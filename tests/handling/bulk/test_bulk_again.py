"""A bulk that is asked for again, crashes, or belongs to another person."""

from __future__ import annotations

import pytest

from chalicelib.workers.entries import JOBS
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import NOTE, call, noted, outcomes, read, run, start, tried, without_queue, world_of
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every
from tests.sign_in.door import START, at_the_desk, desk

KEY = "6a0e4c0e-7a55-4f0e-9c5d-0f4d2a8f4b11"


def test_two_equal_requests_get_one_job(office: Organisation) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    first, second = run(office, trial), run(office, trial)
    read(office, first.json["id"])
    third = run(office, trial)

    assert first.json["id"] == second.json["id"] == third.json["id"]
    assert [noted(office, number) for number in office.filed] == [1, 1, 1]


def test_a_dry_run_with_a_key_is_started_once(office: Organisation) -> None:
    body = {**NOTE, "numbers": list(office.filed)}
    first, second = (call(office, "POST", "/bulk", body, Idempotency_Key=KEY) for _ in range(2))
    assert (first.json["id"], second.headers.get("Idempotency-Replayed")) == (second.json["id"], "true")


@pytest.mark.parametrize("who", ["screener", "owner"])
def test_the_list_of_another_person_is_as_one_that_does_not_exist(office: Organisation, who: str) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    theirs = call(office, "GET", f"/bulk/{trial}", None, who)
    none = call(office, "GET", "/bulk/bulk-0", None, who)
    assert (theirs.status, theirs.json["detail"]) == (none.status, none.json["detail"])
    assert theirs.status == 404
    assert run(office, trial, who).status == 404


def test_a_bulk_itself_is_no_dry_run(office: Organisation) -> None:
    job = run(office, tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]).json["id"]
    read(office, job)
    assert run(office, job).status == 409


def test_a_dry_run_of_yesterday_must_be_repeated(office: Organisation) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    world_of(office).jump_to("2026-11-28T10:00:00+08:00")
    assert run(office, trial).status == 412


def test_a_removed_role_stops_the_job(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = tried(office, **NOTE, numbers=list(office.filed))["bulk"]["id"]
    job = without_queue(office, monkeypatch, trial)
    sub = office.subs["handler"]
    changed = call(office, "PUT", f"/people/{sub}", {"grants": [{"role": "screener"}]}, "owner")
    assert changed.status == 200, changed.text
    world_of(office).sweep()

    found = read(office, job)
    assert (found["bulk"]["state"], found["bulk"]["counts"]) == ("stopped", {"not_done": 3})
    assert outcomes(found) == dict.fromkeys(office.filed, "not_done")
    assert [noted(office, number) for number in office.filed] == [0, 0, 0]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", every(5))
def test_a_bulk_that_crashes_at_any_call_acts_once_on_each_complaint(
    monkeypatch: pytest.MonkeyPatch, after: bool, step: int
) -> None:
    breaker, (office, _) = Breaker(at=0), _asked(monkeypatch)
    sweep_and_work(world_of(office).fakes.breaking(breaker), office.world.now(), JOBS)
    for at in range(1, breaker.calls + 1, step):
        office, job = _asked(monkeypatch)
        with pytest.raises(Crash):
            sweep_and_work(world_of(office).fakes.breaking(Breaker(at, after=after)), office.world.now(), JOBS)
        world_of(office).sweep()
        assert outcomes(read(office, job)) == dict.fromkeys(office.filed, "done"), at
        assert [noted(office, number) for number in office.filed] == [1, 1], at


def _asked(monkeypatch: pytest.MonkeyPatch) -> tuple[Organisation, str]:
    """Two complaints, and a bulk on both that has not begun."""

    def made(world: InProcess) -> tuple[Organisation, str]:
        office = sign_up(world, "platform")
        numbers = [office.file(), office.file()]
        return office, without_queue(office, monkeypatch, tried(office, **NOTE, numbers=numbers)["bulk"]["id"])

    return prepared("two complaints for a bulk", START, made)


def test_jobs_are_listed_for_owners_and_for_those_who_started_them(office: Organisation) -> None:
    trial = start(office, **NOTE, numbers=list(office.filed)).json["id"]
    export = call(office, "POST", "/exports", None, "owner").json["id"]
    office.world.settle()

    def listed(who: str) -> set[tuple[str, str]]:
        found = call(office, "GET", "/jobs?limit=100", None, who).json["jobs"]
        return {(one["id"], one["by"]) for one in found if one["by"] != "system"}

    owner = call(office, "GET", "/people/me", None, "owner").json["sub"]
    mine, owners = (trial, office.subs["handler"]), (export, owner)
    assert (listed("handler"), listed("owner"), listed("screener")) == ({mine}, {mine, owners}, set())
    assert call(office, "GET", f"/jobs/{trial}").status == 200
    assert call(office, "GET", f"/jobs/{trial}", None, "screener").status == 403


def stand_in(office: Organisation, absent: str, deputy: str, until: str = "2026-11-30T18:00:00+08:00") -> None:
    body = {"sub": office.subs[deputy], "from": START, "until": until}
    answer = call(office, "PUT", "/people/me/deputy", body, absent)
    assert answer.status == 200, answer.text


def test_a_deputy_acts_on_many_for_the_absent_and_a_deputy_of_the_deputy_does_not(office: Organisation) -> None:
    accepted = list(office.filed)[2]
    told = {"act": "inform", "fields": {"message": "正在核实。"}, "numbers": [accepted]}
    assert outcomes(tried(office, "archivist", **told)) == {accepted: "refused"}
    stand_in(office, "handler", "supervisor")
    stand_in(office, "supervisor", "archivist")
    assert outcomes(tried(office, "archivist", **told)) == {accepted: "refused"}
    assert outcomes(tried(office, "supervisor", **told)) == {accepted: "possible"}


def test_an_absence_that_ends_between_dry_run_and_act_leaves_the_complaints_as_they_are(office: Organisation) -> None:
    accepted = list(office.filed)[2]
    stand_in(office, "handler", "supervisor")
    trial = tried(office, "supervisor", act="inform", fields={"message": "正在核实。"}, numbers=[accepted])
    assert call(office, "DELETE", "/people/me/deputy", None, "handler").status in (200, 204)
    found = read(office, run(office, trial["bulk"]["id"], "supervisor").json["id"], "supervisor")
    assert [(one["outcome"], one["problem"]) for one in found["complaints"]] == [("refused", "forbidden")]
    assert office.events(accepted, type_="informed") == []


def test_a_view_that_is_deleted_meanwhile_changes_nothing_of_an_act_on_what_it_showed(office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}?tab=mine")
    forms = browser.page.forms
    keep = next(at for at, one in enumerate(forms) if one.action.partition("?")[0].endswith("/desk/views"))
    browser.submit(form=keep, name="Mine")
    trial = start(office, **NOTE, filter={"tab": "mine"}).json["id"]
    delete = next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/delete"))
    browser.submit(form=delete)
    assert "Mine" not in browser.page.text.splitlines()
    accepted = list(office.filed)[2]
    assert outcomes(read(office, run(office, trial).json["id"])) == {accepted: "done"}
