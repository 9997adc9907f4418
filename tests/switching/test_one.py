"""Moving one open complaint to a newer version over HTTP (P1.9)."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, to_text
from chalicelib.policy import presets
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation
from tests.switching.shop import ask, publish, switch, switched, world_of


def test_a_complaint_keeps_its_version_until_it_is_switched(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    before = shop.complaint(number)["policy"]
    assert switch(shop, number).status == 200
    assert (before, shop.complaint(number)["policy"]) == ("1", "2")


def test_after_the_switch_the_deadline_is_the_new_versions(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    switch(shop, number)
    deadline = shop.deadline(number, "resolution")
    assert shop.local(deadline["due"]) == "2026-11-27T21:00:00+08:00"
    assert deadline["because"]["policy"] == "2"


def test_ended_runs_are_explained_by_their_own_version(shop: Organisation) -> None:
    number = shop.file(severity="general")
    shop.world.move_to("2026-11-28T10:00:00+08:00")
    publish(shop)
    switch(shop, number)
    deadline = shop.deadline(number, "resolution")
    assert (deadline["state"], deadline["because"]["policy"]) == ("missed", "1")
    assert shop.local(deadline["because"]["end"]) == "2026-11-28T09:00:00+08:00"


def test_a_slow_clock_switches_to_the_version_in_force_at_the_recorded_time(
    shop: Organisation,
) -> None:
    number = shop.file(severity="general")
    publish(shop, effective_at="2026-11-27T10:00:00+08:00")
    shop.world.move_to("2026-11-27T10:00:00+08:00")
    shop.act(number, "agent", "accept", **WORK_ORDER)
    world_of(shop).jump_to("2026-11-27T09:59:59+08:00")

    assert switch(shop, number).status == 200

    [event] = switched(shop, number)
    assert (shop.local(event["at"]), event["fields"]["to"]) == ("2026-11-27T10:00:00+08:00", "2")


def test_a_dry_run_shows_the_changes_and_makes_none(shop: Organisation) -> None:
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


@pytest.mark.parametrize(("accept_breaches", "switched", "kept"), [(False, False, "breaches"), (True, True, None)])
def test_a_dry_run_promises_no_switch_that_would_be_refused(
    shop: Organisation, accept_breaches: bool, switched: bool, kept: str | None
) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")

    told = switch(shop, number, dry_run=True, accept_breaches=accept_breaches).json

    assert (told["switched"], told["kept"]) == (switched, kept)
    made = switch(shop, number, accept_breaches=accept_breaches)
    assert made.status == (200 if switched else 422)
    assert shop.complaint(number)["version"] == told["version"]


@pytest.mark.parametrize("passed", ["before the switch", "at the switch"])
def test_a_switch_tells_no_past_date(shop: Organisation, passed: str) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-28T22:00:00+08:00" if passed == "before the switch" else "2026-11-27T22:00:00+08:00")

    assert switch(shop, number, accept_breaches=True).json["switched"]

    [told] = [event for event in shop.events(number, type_="notified") if event["fields"]["wording"] == "switched"]
    assert "due" not in told["fields"]
    assert f"您的投诉 {number} 现改按新版制度办理。" in shop.told("complainant", number)


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


def test_a_removed_stage_is_mapped(shop: Organisation) -> None:
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
def test_a_switch_that_keeps_the_version_writes_nothing(shop: Organisation, fields: dict[str, str]) -> None:
    number = shop.file()
    publish(shop)
    before = shop.complaint(number)["version"]
    assert switch(shop, number, **fields).json["switched"] is False
    assert shop.complaint(number)["version"] == before


def test_a_later_deadline_is_not_favourable(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop, "48 hours")
    assert switch(shop, number, mode="switch_if_favourable").json["kept"] == "unfavourable"
    assert switched(shop, number) == []


def test_a_version_that_does_not_exist_is_not_found(shop: Organisation) -> None:
    assert switch(shop, shop.file(), to="9").status == 404


def test_an_upcoming_version_is_refused(shop: Organisation) -> None:
    number = shop.file()
    document = {name: part for name, part in presets.document("corporate-standard").items() if name != "examples"}
    body = {"policy": document, "effective_at": to_text(shop.world.now() + DAY)}
    version = ask(shop, "POST", "/policy/publish", body).json["version"]
    assert [error["pointer"] for error in switch(shop, number, to=version).json["errors"]] == ["/fields/to"]


def test_a_switch_of_an_earlier_version_is_stale(shop: Organisation) -> None:
    number = shop.file()
    publish(shop)
    path = f"/complaints/{number}/acts/switch"
    answer = ask(shop, "POST", path, {"fields": {}}, If_Match='"1"')
    assert (answer.status, answer.json["etag"]) == (412, shop.complaint(number, "agent")["version"])
    record = shop.get(f"/complaints/{number}/record", "owner")["events"]
    assert [one["id"] for one in answer.json["since"]] == [one["id"] for one in record[1:]]


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
    assert (
        shop.told("complainant", number)[0]
        == f"您的投诉 {number} 现改按新版制度办理，期限：2026年11月27日（周五）21:00前（北京时间）。"
    )
