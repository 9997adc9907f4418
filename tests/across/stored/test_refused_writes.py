"""Acts on items that have words of a later release are refused with 503, and nothing is written. Reads go on."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import from_text
from chalicelib.store.port import Entry
from tests.across.stored import later
from tests.across.stored.later import VERSION
from tests.across.stored.shop import store_of, world_of
from tests.clauses import giving
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.deadlines import sweep_and_work


def _entries(shop: Organisation, kind: str) -> list[Entry]:
    return [entry for entry in store_of(shop).everything() if entry.kind == kind]


def _with_word(shop: Organisation, kind: str, **words: Any) -> Entry:
    """The item of this kind, of which there is one, with words of a later release."""
    [entry] = _entries(shop, kind)
    later.rewrite(store_of(shop), shop.id, entry.key, lambda body: {**body, **words})
    return later.read(store_of(shop), shop.id, entry.key)


def _refused(answer: Answer, place: str) -> None:
    assert (answer.status, answer.json["type"]) == (503, "/v1/problems/unavailable")
    assert place in answer.json["detail"]


def test_a_file_in_an_unknown_state_is_listed_and_stays(shop: Organisation) -> None:
    number = shop.file()
    declared = giving.declared(shop, number, "other").json
    before = _with_word(shop, "evidence", state="levitated")
    [listed] = shop.get(f"/complaints/{number}/evidence", "owner")["evidence"]
    assert (listed["id"], listed["state"]) == (declared["id"], "levitated")
    shop.world.move_to("2026-11-30T09:00:00+08:00")
    assert later.read(store_of(shop), shop.id, before.key).body == before.body


def test_a_webhook_that_is_off_for_an_unknown_reason_is_not_changed(shop: Organisation) -> None:
    path = f"{shop.path}/webhooks"
    asked = {"url": "https://hooks.example/in", "events": ["registered"]}
    made = shop.world.call("POST", path, asked, auth=shop.auth("owner"))
    assert made.status == 201, made.text
    [entry] = _entries(shop, "webhooks")
    later.rewrite(store_of(shop), shop.id, entry.key, lambda hooks: [{**one, "disabled": "levitated"} for one in hooks])
    before = later.read(store_of(shop), shop.id, entry.key)
    assert shop.get("/webhooks", "owner")["webhooks"][0]["id"] == made.json["id"]
    changed = shop.world.call("PATCH", f"{path}/{made.json['id']}", {"events": ["closed"]}, auth=shop.auth("owner"))
    _refused(changed, "/0/disabled")
    assert later.read(store_of(shop), shop.id, entry.key) == before


def test_a_person_with_unknown_trouble_is_listed_and_not_changed(shop: Organisation) -> None:
    sub = next(sub for role, sub in shop.subs.items() if role != "owner")
    [entry] = [one for one in _entries(shop, "membership") if one.key.sk.endswith(sub)]
    later.rewrite(store_of(shop), shop.id, entry.key, lambda person: {**person, "mail": "levitated"})
    before = later.read(store_of(shop), shop.id, entry.key)
    assert sub in [one["sub"] for one in shop.get("/people", "owner")["people"]]
    path = f"{shop.path}/people/{sub}"
    _refused(shop.world.call("PUT", path, {"grants": [{"role": "owner"}]}, auth=shop.auth("owner")), "/mail")
    assert later.read(store_of(shop), shop.id, entry.key) == before


def test_a_job_of_a_later_release_stays_due_and_is_shown(
    shop: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    world = world_of(shop)
    job = jobs.Job(id="levitation-1", kind="export", by="system", started=world.fakes.clock())
    with binding.tenant(shop.id):
        store_of(shop).commit([jobs.new(shop.id, job)])
    [entry] = [one for one in _entries(shop, "background-job") if one.key.sk.endswith("levitation-1")]
    later.rewrite(store_of(shop), shop.id, entry.key, lambda body: {**body, "cursor": {"floor": 3}})
    before = later.read(store_of(shop), shop.id, entry.key)
    capsys.readouterr()
    sweep_and_work(world.fakes.wiring, from_text("2026-11-27T10:00:00+08:00"))
    assert '"LaterRelease":[1.0]' in capsys.readouterr().out
    assert later.read(store_of(shop), shop.id, entry.key) == before
    assert (before.form, before.due is None) == (VERSION, False)


@pytest.mark.parametrize("kind", ["evidence", "membership"])
def test_a_damaged_item_is_left_out_of_its_list(shop: Organisation, kind: str) -> None:
    number = shop.file()
    giving.declared(shop, number, "other")
    giving.declared(shop, number, "other")
    path, member = {"evidence": (f"/complaints/{number}/evidence", "evidence"), "membership": ("/people", "people")}[
        kind
    ]
    listed = shop.get(path, "owner")[member]
    owner = shop.get("/people/me", "owner")["sub"]
    victim = next(one for one in _entries(shop, kind) if not one.key.sk.endswith(owner))
    later.damage(store_of(shop), shop.id, victim.key, "{")
    assert len(shop.get(path, "owner")[member]) == len(listed) - 1


def test_a_damaged_row_is_left_out_of_the_queue(shop: Organisation) -> None:
    first, second = shop.file(), shop.file()
    [victim] = [one for one in _entries(shop, "complaint") if first in one.key.pk]
    with binding.tenant(shop.id):
        store_of(shop).commit([later.with_row(victim, "{")])
    assert [row["number"] for row in shop.get("/complaints", "owner")["complaints"]] == [second]


def test_a_damaged_item_stops_no_other_step_of_the_hourly_job(
    shop: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.file()
    wiring = world_of(shop).fakes.wiring
    sweep_and_work(wiring, from_text("2026-11-27T10:05:00+08:00"))
    [head] = _entries(shop, "statistics-head")
    later.damage(store_of(shop), shop.id, head.key, "{")
    anchored = len(_entries(shop, "anchor"))
    shop.file()
    capsys.readouterr()
    sweep_and_work(wiring, from_text("2026-11-27T11:10:00+08:00"))
    printed = capsys.readouterr().out
    assert '"ItemDamaged":[1.0]' in printed
    assert "DueParked" not in printed
    assert len(_entries(shop, "anchor")) == anchored + 1
