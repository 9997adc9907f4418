"""Policies of a later release: they can be read, nothing is written under them, and other organisations go on."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from tests.across.stored import later
from tests.across.stored.shop import Change, publish_later, store_of, world_of
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.filing import test_receipts_in_the_past as receipts
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.inspections.inspecting import order
from tests.register import notices
from tests.supervision.reporting import try_report
from tests.switching import shop as switching

LATE = "2026-12-20T09:00:00+08:00"


def _first(parts: dict[str, Any]) -> Any:
    return next(iter(parts.values()))


WORDS: dict[str, tuple[Change, str]] = {
    "a key of the document": (lambda policy: policy.update(mediation={"by": "office"}), "/mediation"),
    "a key of a clock": (lambda policy: _first(policy["clocks"]).update(mood="calm"), "/mood"),
    "a key in a condition": (
        lambda policy: _first(policy["clocks"])["within"][0]["when"].update(weather=["rain"]),
        "/weather",
    ),
    "an act": (lambda policy: _first(policy["stages"])["acts"].update(levitate={"by": []}), "/acts/levitate"),
    "a kind of fact": (lambda policy: _first(policy["intake"]["facts"]).update(kind="video"), "/kind"),
    "a kind of fact in another form": (lambda policy: _first(policy["intake"]["facts"]).update(kind=["text"]), "/kind"),
    "acts in another form": (lambda policy: _first(policy["stages"]).update(acts=[["accept"]]), "/acts"),
    "a value of an enumeration": (lambda policy: _first(policy["stages"]).update(shelf="drawer"), "/shelf"),
    "a limit": (lambda policy: _first(policy["clocks"])["within"][0].update(limit="3 lunar months"), "/limit"),
    "an event": (lambda policy: _first(policy["clocks"])["until"][0].update(event="levitated"), "/until/0"),
}
"""A word of each sort, with the end of the place that names it."""
each_word = pytest.mark.parametrize(("change", "place"), WORDS.values(), ids=WORDS)


@each_word
def test_what_is_stored_can_be_read(shop: Organisation, change: Change, place: str) -> None:
    number = shop.file()
    publish_later(shop, change)
    assert shop.complaint(number)["number"] == number
    assert shop.complaint(number, "owner")["number"] == number
    for path in (f"/complaints/{number}/deadlines", f"/complaints/{number}/record", "/complaints", "/policy"):
        shop.get(path, "owner")


@each_word
def test_the_policy_is_shown_as_it_is_stored(shop: Organisation, change: Change, place: str) -> None:
    before = shop.get("/policy", "owner")["policy"]
    change(before)
    publish_later(shop, change)
    assert shop.get("/policy", "owner")["policy"] == before


@each_word
def test_an_act_is_refused_with_the_word_and_writes_nothing(shop: Organisation, change: Change, place: str) -> None:
    number = shop.file()
    publish_later(shop, change)
    before = later.read(world_of(shop).fakes.store, shop.id, keys.snapshot(keys.complaint(shop.id, number)))
    answer = shop.try_act(number, "owner", "hold", reason="诉讼")
    assert (answer.status, answer.json["type"]) == (503, "/v1/problems/unavailable")
    assert f"{place}." in answer.json["detail"]
    after = later.read(world_of(shop).fakes.store, shop.id, keys.snapshot(keys.complaint(shop.id, number)))
    assert after == before


@each_word
def test_a_filing_is_refused_and_takes_no_number(shop: Organisation, change: Change, place: str) -> None:
    shop.example()
    publish_later(shop, change)
    answer = shop.try_file()
    assert answer.status == 503
    assert place in answer.json["detail"]
    with binding.tenant(shop.id):
        assert world_of(shop).fakes.store.get([keys.month_counter(shop.id, "202611")]) == {}


@each_word
def test_a_report_about_the_office_is_refused(shop: Organisation, change: Change, place: str) -> None:
    """Those who may read it are sealed with it."""
    publish_later(shop, change)
    answer = try_report(shop)
    assert answer.status == 503
    assert place in answer.json["detail"]


@each_word
def test_an_inspection_is_refused(shop: Organisation, change: Change, place: str) -> None:
    """The document is kept for good."""
    shop.world.move_to("2026-12-02T09:00:00+08:00")
    publish_later(shop, change)
    answer = order(shop, "2026-11")
    assert answer.status == 503
    assert place in answer.json["detail"]


def test_a_filing_that_arrived_under_an_earlier_version_is_refused() -> None:
    """The version in force says whether it may be filed now."""
    estate = receipts.office(within="10 calendar days")
    estate.world.move_to("2026-11-27T12:00:00+08:00")
    switching.publish(estate)
    publish_later(estate, lambda policy: policy["intake"]["received"].update(by=["head"]), number="2")
    answer = receipts.file(estate, "2026-11-27T10:00:00+08:00")
    assert answer.status == 503
    assert "/intake/received/by" in answer.json["detail"]


def test_acts_on_notices_of_an_earlier_version_are_refused() -> None:
    market = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = notices.closed_major(market)
    before = notices.prepared(market, number)
    switching.publish(market)
    snapshot = keys.snapshot(keys.complaint(market.id, number))
    later.rewrite(store_of(market), market.id, snapshot, lambda state: {**state, "policy": "2"}, form=None)
    publish_later(market, lambda policy: policy.update(mediation={"by": "office"}))
    assert notices.try_on(market, number, "seller", "object", reason="不实。").status == 503
    assert notices.prepared(market, number) == before


@pytest.mark.parametrize("change", [change for sort, (change, _) in WORDS.items() if sort != "an event"])
def test_a_process_that_sees_no_later_version_refuses_too(shop: Organisation, change: Change) -> None:
    """For a word whose release forgot to raise the version: what cannot be read as a document is not guessed at."""
    number = shop.file()
    publish_later(shop, change, form=None)
    answer = shop.try_act(number, "owner", "hold", reason="诉讼")
    assert answer.status == 503


def test_the_refusal_has_chinese_words(shop: Organisation) -> None:
    number = shop.file()
    publish_later(shop, WORDS["an act"][0])
    headers = {"Accept-Language": "zh-CN"}
    detail = shop.try_act(number, "owner", "hold", headers=headers, reason="诉讼").json["detail"]
    assert "更新版本" in detail


def test_a_policy_of_a_later_version_without_later_words_works_as_before(shop: Organisation) -> None:
    number = shop.file()
    publish_later(shop, lambda policy: None)
    shop.act(number, "owner", "hold", reason="诉讼")


def test_a_policy_without_a_readable_calendar_is_refused_clearly(shop: Organisation) -> None:
    number = shop.file()
    publish_later(shop, lambda policy: policy.update(calendar={"moon": True}))
    answer = shop.world.call("GET", f"{shop.path}/complaints/{number}", auth=shop.auth("owner"))
    assert (answer.status, answer.json["type"]) == (503, "/v1/problems/unavailable")
    assert "/calendar" in answer.json["detail"]


def test_the_sweep_leaves_its_complaints_due_and_counts_them(
    shop: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    number = shop.file()
    key = keys.snapshot(keys.complaint(shop.id, number))
    publish_later(shop, WORDS["an act"][0])
    fakes = world_of(shop).fakes
    before = later.read(fakes.store, shop.id, key)
    capsys.readouterr()
    for _ in range(7):
        sweep_and_work(fakes.wiring, from_text(LATE))
    printed = capsys.readouterr().out
    assert '"LaterRelease":[1.0]' in printed
    assert '"DueParked"' not in printed
    assert later.read(fakes.store, shop.id, key) == before
    assert before.due is not None


def test_the_deadlines_of_other_organisations_are_recorded(shop: Organisation) -> None:
    world = world_of(shop)
    other = sign_up(world, "telecom-regulator")
    shop.file()
    number = other.file()
    publish_later(shop, WORDS["an act"][0])
    sweep_and_work(world.fakes.wiring, from_text(LATE))
    assert any(event["type"] in ("missed", "warned") for event in other.events(number))


def test_its_hourly_work_goes_on(shop: Organisation) -> None:
    shop.file()
    publish_later(shop, WORDS["an act"][0])
    fakes = world_of(shop).fakes
    sweep_and_work(fakes.wiring, from_text("2026-11-27T11:00:00+08:00"))
    with binding.tenant(shop.id):
        assert fakes.store.query(keys.lookup(shop.id, "anchor", "").pk).entries


def test_publishing_refuses_the_same_words(shop: Organisation) -> None:
    policy = shop.get("/policy", "owner")["policy"]
    WORDS["an act"][0](policy)
    answer = shop.world.call("POST", f"{shop.path}/policy/check", {"policy": policy}, auth=shop.auth("owner"))
    assert "levitate" in answer.text
