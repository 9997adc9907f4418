"""Moving open complaints to a newer version over HTTP, one by one and all at once (P1.9)."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest

from chalicelib.casework import switch_step
from chalicelib.deadlines.sweep import sweep
from chalicelib.entries import JOBS
from chalicelib.instants import DAY, HOUR, to_text
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.memory import Call
from chalicelib.store.port import Unavailable
from tests.clauses.company import WORK_ORDER
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.fakes.client import Answer
from tests.fakes.faults import Breaker, Crash

START = "2026-11-27T09:00:00+08:00"


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def world_of(shop: Organisation) -> InProcess:
    return cast(InProcess, shop.world)


def ask(shop: Organisation, method: str, path: str, body: Any = None, who: str = "owner", **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.world.call(method, shop.path + path, body, auth=shop.auth(who), headers=sent)


def publish(shop: Organisation, general: str = "12 hours", stages: dict[str, str] | None = None) -> str:
    """A version with another limit for general complaints, and stages renamed."""
    document: dict[str, Any] = copy.deepcopy(dict(presets.document("corporate-standard")))
    document.pop("examples", None)  # they would fail under another limit
    document["clocks"]["resolution"]["within"][1]["limit"] = general
    for old, new in (stages or {}).items():
        document["stages"][new] = document["stages"].pop(old)
        for stage in document["stages"].values():
            for act in stage.values():
                if isinstance(act, dict) and act.get("to") == old:
                    act["to"] = new
        if document["intake"].get("first", "registered") == old:
            document["intake"]["first"] = new
    answer = ask(shop, "POST", "/policy/publish", {"policy": document})
    assert answer.status == 201, answer.text
    return str(answer.json["version"])


def switch(shop: Organisation, number: str, who: str = "owner", **fields: Any) -> Answer:
    return ask(shop, "POST", f"/complaints/{number}/acts/switch", {"fields": fields}, who)


def switched(shop: Organisation, number: str) -> list[dict[str, Any]]:
    return shop.events(number, type_="switched")


# ---- one ---------------------------------------------------------------------------------------------------------


def test_a_complaint_keeps_its_version_until_it_is_switched(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    before = shop.complaint(number)["policy"]
    assert switch(shop, number).status == 200
    assert (before, shop.complaint(number)["policy"]) == ("1", "2")


def test_its_deadline_is_then_the_new_versions(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    switch(shop, number)
    deadline = shop.deadline(number, "resolution")
    assert shop.local(deadline["due"]) == "2026-11-27T21:00:00+08:00"
    assert deadline["because"]["policy"] == "2"


def test_what_ended_before_is_explained_by_the_version_of_then(shop: Organisation) -> None:
    number = shop.file(severity="general")
    shop.world.move_to("2026-11-28T10:00:00+08:00")
    publish(shop)
    switch(shop, number)
    deadline = shop.deadline(number, "resolution")
    assert (deadline["state"], deadline["because"]["policy"]) == ("missed", "1")
    assert shop.local(deadline["because"]["end"]) == "2026-11-28T09:00:00+08:00"


def test_a_dry_run_tells_what_would_change_and_changes_nothing(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    before = shop.complaint(number)
    told = switch(shop, number, dry_run=True).json
    assert [(one["clock"], one["effect"]) for one in told["deadlines"]] == [("resolution", "earlier")]
    assert shop.complaint(number) == before


def test_a_dry_run_shows_what_would_be_missed_at_once(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")
    assert switch(shop, number, dry_run=True).json["breaches"] == ["resolution"]


def test_a_breach_is_refused_until_it_is_accepted_and_then_missed(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")
    refused = switch(shop, number)
    assert (refused.status, refused.json["breaches"]) == (422, ["resolution"])
    assert switch(shop, number, accept_breaches=True).status == 200
    world_of(shop).sweep()
    assert [shop.local(event["at"]) for event in shop.events(number, type_="missed")] == ["2026-11-27T22:00:00+08:00"]


def test_a_miss_before_the_switch_is_recorded_under_the_old_version(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    world_of(shop).jump_to("2026-11-28T10:00:00+08:00")
    switch(shop, number)
    found = [(event["type"], event["policy"]) for event in shop.events(number)]
    assert found.index(("missed", "1")) < found.index(("switched", "2"))


def test_a_stage_that_is_gone_is_mapped(shop: Organisation) -> None:
    number = shop.file()
    publish(shop, stages={"registered": "received"})
    assert [error["pointer"] for error in switch(shop, number).json["errors"]] == ["/fields/stages/registered"]
    assert switch(shop, number, stages={"registered": "received"}).status == 200
    assert shop.act(number, "agent", "accept", **WORK_ORDER)["stage"] == "recorded"


def test_only_owners_switch(shop: Organisation) -> None:
    number = shop.file()
    publish(shop)
    assert switch(shop, number, who="agent").status == 403


@pytest.mark.parametrize("fields", [{"mode": "keep"}, {"to": "1"}])
def test_what_keeps_the_version_writes_nothing(shop: Organisation, fields: dict[str, str]) -> None:
    number = shop.file()
    publish(shop)
    before = shop.complaint(number)["version"]
    assert switch(shop, number, **fields).json["switched"] is False
    assert shop.complaint(number)["version"] == before


def test_a_later_deadline_is_no_favour(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop, "48 hours")
    assert switch(shop, number, mode="switch_if_favourable").json["kept"] == "unfavourable"
    assert switched(shop, number) == []


def test_a_version_that_does_not_exist_is_not_found(shop: Organisation) -> None:
    assert switch(shop, shop.file(), to="9").status == 404


def test_a_version_to_come_is_refused(shop: Organisation) -> None:
    number = shop.file()
    document = {name: part for name, part in presets.document("corporate-standard").items() if name != "examples"}
    body = {"policy": document, "effective_at": to_text(shop.world.now() + DAY)}
    version = ask(shop, "POST", "/policy/publish", body).json["version"]
    assert [error["pointer"] for error in switch(shop, number, to=version).json["errors"]] == ["/fields/to"]


def test_who_looked_before_somebody_acted_is_stale(shop: Organisation) -> None:
    number = shop.file()
    publish(shop)
    path = f"/complaints/{number}/acts/switch"
    assert ask(shop, "POST", path, {"fields": {}}, If_Match='"1"').status == 412


def test_a_repeated_switch_is_recorded_once(shop: Organisation) -> None:
    number = shop.file()
    publish(shop)
    path, key = f"/complaints/{number}/acts/switch", "b3b6f5a0-6d2f-4f0e-9a55-0c6c1c5d2f10"
    answers = [ask(shop, "POST", path, {"fields": {}}, Idempotency_Key=key) for _ in range(2)]
    assert [answer.json["switched"] for answer in answers] == [True, True]
    assert len(switched(shop, number)) == 1


def test_the_complainant_is_told(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    switch(shop, number)
    assert shop.told("complainant", number)[0] == f"投诉 {number} 改按新版制度办理，期限为 2026-11-27 21:00。"


# ---- all ---------------------------------------------------------------------------------------------------------


def start(shop: Organisation, **terms: Any) -> Answer:
    return ask(shop, "POST", "/policy/switch", terms)


def done(shop: Organisation, job: str) -> dict[str, Any]:
    """The job after a sweep."""
    world_of(shop).sweep()
    found: dict[str, Any] = ask(shop, "GET", f"/jobs/{job}").json
    assert found["state"] == "done"
    return found


def tried(shop: Organisation, **terms: Any) -> dict[str, Any]:
    return done(shop, start(shop, dry_run=True, **terms).json["id"])


def all_switched(shop: Organisation, **terms: Any) -> dict[str, Any]:
    answer = start(shop, token=tried(shop, **terms)["token"], **terms)
    assert answer.status == 202, answer.text
    return done(shop, answer.json["id"])


def test_all_open_complaints_are_switched_after_a_dry_run(shop: Organisation) -> None:
    numbers = [shop.file(severity="general") for _ in range(3)]
    publish(shop)
    assert all_switched(shop)["counts"]["switched"] == 3
    assert [shop.complaint(number)["policy"] for number in numbers] == ["2", "2", "2"]


def test_a_dry_run_counts_and_changes_nothing(shop: Organisation) -> None:
    number = shop.file(severity="general")
    shop.file(severity="major")
    publish(shop)
    counts = tried(shop)["counts"]
    assert (counts["switched"], counts["deadlines_earlier"], counts["deadlines_same"]) == (2, 1, 1)
    assert shop.complaint(number)["policy"] == "1"


def test_a_dry_run_lists_what_would_be_missed_at_once(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")
    assert tried(shop)["listed"]["breached"] == [number]


def test_refusals_are_counted_and_listed_and_hinder_no_other(shop: Organisation) -> None:
    overdue = shop.file(severity="general")
    shop.world.move_to("2026-11-27T21:30:00+08:00")
    fresh = shop.file(severity="general")
    publish(shop)
    found = all_switched(shop)
    assert (found["counts"]["switched"], found["counts"]["refused"]) == (1, 1)
    assert [one["number"] for one in found["listed"]["refused"]] == [overdue]
    assert shop.complaint(fresh)["policy"] == "2"


def test_each_switch_names_its_job(shop: Organisation) -> None:
    number = shop.file()
    publish(shop)
    job = all_switched(shop)["id"]
    assert [event["fields"]["job"] for event in switched(shop, number)] == [job]


def test_archived_complaints_keep_their_version(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "accept", **WORK_ORDER)
    shop.act(number, "team_lead", "confirm")
    shop.act(number, "team_lead", "forward", to="business_unit")
    shop.act(number, "business_unit", "assign", responsible=[shop.subs["agent"]])
    shop.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    shop.act(number, "business_unit", "decide", solution="道歉", outcome="resolved")
    shop.act(number, "agent", "close", summary="完")
    shop.act(number, "agent", "archive")
    publish(shop)
    assert all_switched(shop)["counts"].get("switched", 0) == 0
    assert shop.complaint(number)["policy"] == "1"


def test_nothing_in_bulk_without_a_dry_run(shop: Organisation) -> None:
    publish(shop)
    assert [error["pointer"] for error in start(shop).json["errors"]] == ["/token"]


def test_a_dry_run_on_other_terms_is_stale(shop: Organisation) -> None:
    publish(shop)
    token = tried(shop)["token"]
    assert start(shop, token=token, accept_breaches=True).status == 412


def test_a_dry_run_before_another_version_is_stale(shop: Organisation) -> None:
    publish(shop)
    token = tried(shop)["token"]
    publish(shop, "8 hours")
    assert start(shop, token=token).status == 412


def test_a_dry_run_is_good_for_a_day(shop: Organisation) -> None:
    publish(shop)
    token = tried(shop)["token"]
    world_of(shop).jump_to(to_text(shop.world.now() + DAY + HOUR))
    assert start(shop, token=token).status == 412


@pytest.mark.parametrize("token", ["switch-1.x", "numbers-202611.x", "x", ""])
def test_an_invented_token_is_stale(shop: Organisation, token: str) -> None:
    publish(shop)
    assert start(shop, token=token).status == 412


def test_a_map_to_a_stage_that_the_version_lacks_is_refused_at_once(shop: Organisation) -> None:
    publish(shop)
    answer = start(shop, dry_run=True, stages={"registered": "nowhere"})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/stages/registered"]


def test_a_job_of_somebody_who_is_no_owner_any_more_stops(shop: Organisation) -> None:
    shop.file()
    publish(shop)
    invite = {"email": "second@shop.example", "name": "王", "grants": [{"role": "owner"}]}
    ask(shop, "POST", "/people", invite)
    job = start(shop, dry_run=True).json["id"]
    me = ask(shop, "GET", "/people/me").json["sub"]
    assert ask(shop, "PUT", f"/people/{me}", {"grants": [{"role": "agent"}]}).status == 200
    world_of(shop).sweep()
    (item,) = [entry for entry in world_of(shop).fakes.store.everything() if entry.key == keys.job(shop.id, job)]
    assert '"state":"stopped"' in item.body


def test_jobs_are_the_owners(shop: Organisation) -> None:
    publish(shop)
    job = start(shop, dry_run=True).json["id"]
    assert ask(shop, "GET", f"/jobs/{job}", who="agent").status == 403
    assert ask(shop, "GET", "/jobs/numbers-202611").status == 404


# ---- crashes -----------------------------------------------------------------------------------------------------


def _lean() -> Organisation:
    """An owner and one agent: each crash needs an organisation of its own."""
    shop = Organisation(InProcess(START), "crash-shop", "corporate-standard")
    email = "owner@crash-shop.example"
    shop.world.call("POST", "/v1/tenants", {"id": shop.id, "name": "店", "email": email, "preset": shop.preset})
    line = next(line for line in shop.world.mail(email).splitlines() if line.startswith("Password: "))
    shop.tokens["owner"] = shop.world.token(email, line.removeprefix("Password: "))
    hire(shop, "agent")
    return shop


def _four(monkeypatch: pytest.MonkeyPatch) -> tuple[Organisation, list[str], str]:
    """Four complaints in pages of two, and a real run that is to begin; the second owes a miss and its escalation."""
    monkeypatch.setattr(switch_step, "PAGE", 2)
    shop = _lean()
    numbers = [shop.file(severity=severity) for severity in ("general", "important", "general", "major")]
    publish(shop)
    token = tried(shop)["token"]
    world_of(shop).jump_to("2026-11-27T15:30:00+08:00")
    job = start(shop, token=token).json["id"]
    return shop, numbers, job


def _calls(monkeypatch: pytest.MonkeyPatch) -> int:
    shop, _, _ = _four(monkeypatch)
    breaker = Breaker(at=0)
    sweep(world_of(shop).fakes.breaking(breaker), shop.world.now(), JOBS)
    return breaker.calls


@pytest.mark.parametrize("after", [False, True])
def test_a_job_that_dies_anywhere_is_finished_by_the_next_sweep(monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
    for at in range(1, _calls(monkeypatch) + 1):
        shop, numbers, job = _four(monkeypatch)
        with pytest.raises(Crash):
            sweep(world_of(shop).fakes.breaking(Breaker(at, after=after)), shop.world.now(), JOBS)
        assert done(shop, job)["counts"]["switched"] == 4, at
        assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1], at


def test_a_commit_whose_answer_is_lost_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, numbers, job = _four(monkeypatch)
    store = world_of(shop).fakes.store
    lost: list[Call] = []

    def timeout(call: Call) -> None:
        if call.name == "commit" and len(lost) < 3:
            lost.append(call)
            raise Unavailable

    store.after = timeout
    for _ in range(4):
        world_of(shop).sweep()
    assert len(lost) == 3
    assert done(shop, job)["counts"]["switched"] == 4
    assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1]


def test_two_sweeps_at_once_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second sweep runs between the first one's read and its commit."""
    shop, numbers, job = _four(monkeypatch)
    world = world_of(shop)
    left = [1]

    def meanwhile(call: Call) -> None:
        if call.name == "commit" and left:
            left.clear()
            sweep(world.fakes.wiring, world.now(), JOBS)

    world.fakes.store.before = meanwhile
    assert done(shop, job)["counts"]["switched"] == 4
    assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1]


def test_an_act_at_the_same_time_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, numbers, job = _four(monkeypatch)
    world = world_of(shop)
    left = [1]

    def meanwhile(call: Call) -> None:
        if call.name == "commit" and left:
            left.clear()
            world.fakes.store.before = None
            for number in numbers:
                shop.act(number, "agent", "accept", **WORK_ORDER)

    world.fakes.store.before = meanwhile
    assert done(shop, job)["counts"]["switched"] == 4
    assert {shop.complaint(number)["stage"] for number in numbers} == {"recorded"}


def test_an_ended_job_leaves_the_due_index(shop: Organisation) -> None:
    publish(shop)
    job = tried(shop)["id"]
    (item,) = [entry for entry in world_of(shop).fakes.store.everything() if entry.key == keys.job(shop.id, job)]
    assert item.due is None
