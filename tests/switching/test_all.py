"""Moving all open complaints to a newer version over HTTP (P1.9)."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.features.switching import switch_all_step
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.store import keys
from tests.clauses.offices.company import WORK_ORDER, of_class
from tests.clauses.organisation import Organisation
from tests.switching.shop import (
    all_switched,
    ask,
    done,
    dry_run,
    publish,
    start,
    started_without_queue,
    switch,
    switched,
    world_of,
)


def test_all_open_complaints_are_switched_after_a_dry_run(shop: Organisation) -> None:
    numbers = [shop.file(severity="general") for _ in range(3)]
    publish(shop)
    assert all_switched(shop)["counts"]["switched"] == 3
    assert [shop.complaint(number)["policy"] for number in numbers] == ["2", "2", "2"]


def test_a_dry_run_counts_and_changes_nothing(shop: Organisation) -> None:
    number = shop.file(severity="general")
    shop.file(**of_class("major"))
    publish(shop)
    counts = dry_run(shop)["counts"]
    assert (counts["switched"], counts["deadlines_earlier"], counts["deadlines_same"]) == (2, 1, 1)
    assert shop.complaint(number)["policy"] == "1"


@pytest.mark.parametrize(("mode", "counts"), [("switch", ("switched", 2)), ("switch_if_favourable", ("kept", 1))])
def test_a_favourable_switch_keeps_the_version_of_those_whose_deadline_would_be_later(
    shop: Organisation, mode: str, counts: tuple[str, int]
) -> None:
    numbers = [shop.file(severity="general"), shop.file(**of_class("major"))]
    publish(shop, general="48 hours")
    found = all_switched(shop, mode=mode)["counts"]
    assert found[counts[0]] == counts[1]
    assert [shop.complaint(number)["policy"] for number in numbers] == ["2" if mode == "switch" else "1", "2"]


def test_a_dry_run_lists_what_would_be_missed_at_once(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")
    assert dry_run(shop)["listed"]["breached"] == [number]


@pytest.mark.parametrize("accept_breaches", [False, True])
def test_a_dry_run_has_the_counts_of_the_switch(shop: Organisation, accept_breaches: bool) -> None:
    shop.file(severity="general")
    shop.world.move_to("2026-11-27T21:30:00+08:00")
    shop.file(severity="general")
    publish(shop)

    tried = dry_run(shop, accept_breaches=accept_breaches)
    made = done(shop, start(shop, token=tried["token"], accept_breaches=accept_breaches).json["id"])

    assert Counter(tried["counts"]) == Counter(made["counts"])
    assert tried["listed"].get("refused") == made["listed"].get("refused")
    assert made["counts"]["switched"] == (2 if accept_breaches else 1)


def test_refusals_are_counted_and_listed_and_stop_no_other_switch(shop: Organisation) -> None:
    overdue = shop.file(severity="general")
    shop.world.move_to("2026-11-27T21:30:00+08:00")
    fresh = shop.file(severity="general")
    publish(shop)
    found = all_switched(shop)
    assert (found["counts"]["switched"], found["counts"]["refused"]) == (1, 1)
    assert found["listed"]["refused"] == [
        {
            "number": overdue,
            "problem": "invalid",
            "detail": "Deadlines would lie in the past under the newer version. "
            "/accept_breaches must be true: these would be missed at once",
            "pointers": ["/accept_breaches"],
        }
    ]
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
    shop.act(number, "business_unit", "assign", responsible=[shop.subs["business_unit"]])
    shop.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    shop.act(number, "business_unit", "decide", solution="道歉", outcome="resolved")
    shop.act(number, "complainant", "agree")
    shop.act(number, "agent", "close", summary="完")
    shop.act(number, "agent", "archive")
    publish(shop)
    assert all_switched(shop)["counts"].get("switched", 0) == 0
    assert shop.complaint(number)["policy"] == "1"


def test_a_bulk_switch_needs_a_dry_run(shop: Organisation) -> None:
    publish(shop)
    assert [error["pointer"] for error in start(shop).json["errors"]] == ["/token"]


def test_a_dry_run_on_other_terms_is_stale(shop: Organisation) -> None:
    publish(shop)
    token = dry_run(shop)["token"]
    assert start(shop, token=token, accept_breaches=True).status == 412


def test_a_dry_run_before_another_version_is_stale(shop: Organisation) -> None:
    publish(shop)
    token = dry_run(shop)["token"]
    publish(shop, "8 hours")
    assert start(shop, token=token).status == 412


def test_a_dry_runs_token_is_valid_for_a_day(shop: Organisation) -> None:
    publish(shop)
    token = dry_run(shop)["token"]
    world_of(shop).jump_to(to_text(shop.world.now() + DAY + HOUR))
    assert start(shop, token=token).status == 412


@pytest.mark.parametrize("token", ["switch-1.x", "numbers-202611.x", "x", ""])
def test_an_invented_token_is_stale(shop: Organisation, token: str) -> None:
    publish(shop)
    assert start(shop, token=token).status == 412


def test_a_mapping_to_an_unknown_stage_is_refused_at_once(shop: Organisation) -> None:
    publish(shop)
    answer = start(shop, dry_run=True, stages={"registered": "nowhere"})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/stages/registered"]


def test_a_version_that_is_not_in_effect_yet_is_refused_at_its_place(shop: Organisation) -> None:
    version = publish(shop, effective_at="2027-01-04T00:00:00+08:00")
    number = shop.file()

    assert (start(shop, dry_run=True, to=version).pointer, switch(shop, number, to=version).pointer) == (
        "/to",
        "/fields/to",
    )


def test_a_job_starts_at_once_without_a_sweep(shop: Organisation) -> None:
    shop.file(severity="general")
    publish(shop)
    tried_ = start(shop, dry_run=True).json["id"]
    token = ask(shop, "GET", f"/jobs/{tried_}").json["token"]
    job = start(shop, token=token).json["id"]
    found = ask(shop, "GET", f"/jobs/{job}").json
    assert (found["state"], found["counts"]["switched"]) == ("done", 1)


def test_progress_is_relative_to_the_dry_runs_total(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        shop.file(severity="general")
    publish(shop)
    dry = dry_run(shop)
    assert dry["progress"] == {"done": 3, "of": 3}
    job = started_without_queue(shop, monkeypatch, token=dry["token"])
    assert ask(shop, "GET", f"/jobs/{job}").json["progress"] == {"done": 0, "of": 3}
    assert done(shop, job)["progress"] == {"done": 3, "of": 3}


def test_a_dry_run_knows_its_total_at_its_end(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch_all_step, "PAGE", 2)
    for _ in range(3):
        shop.file(severity="general")
    publish(shop)
    job = started_without_queue(shop, monkeypatch, dry_run=True)
    seen: list[tuple[int, int | None]] = []
    world_of(shop).fakes.store.after = lambda _call: seen.append(progress(shop, job))
    world_of(shop).sweep()
    assert list(dict.fromkeys(seen)) == [(0, None), (2, None), (3, None), (3, 3)]


def progress(shop: Organisation, job: str) -> tuple[int, int | None]:
    """As the job is stored."""
    [found] = [entry for entry in world_of(shop).fakes.store.everything() if entry.key == keys.job(shop.id, job)]
    stored = jobs.stored_in(found)
    assert stored is not None
    return stored.job.done, stored.job.of


def test_a_job_stops_if_its_starter_is_no_longer_an_owner(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.file()
    publish(shop)
    invite = {"email": "second@shop.example", "name": "王", "grants": [{"role": "owner"}]}
    ask(shop, "POST", "/people", invite)
    job = started_without_queue(shop, monkeypatch, dry_run=True)
    me = ask(shop, "GET", "/people/me").json["sub"]
    assert ask(shop, "PUT", f"/people/{me}", {"grants": [{"role": "agent"}]}).status == 200
    world_of(shop).sweep()
    (item,) = [entry for entry in world_of(shop).fakes.store.everything() if entry.key == keys.job(shop.id, job)]
    assert '"state":"stopped"' in item.body
    assert switch_all_step.NO_OWNER in item.body
