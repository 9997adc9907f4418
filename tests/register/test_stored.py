"""Notices are stored once, exported with their case, and erased with the organisation. No change of policy ends one."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.complaints.rights.permits import Asker
from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.features.exports import export_source
from chalicelib.features.register import publish_due
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.workers import entries, work_batch
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.register.asking import asked, listed, result
from tests.register.notices import DUE, allowed, corrected, on, prepared, published, try_on


def world_of(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def relay_again(office: Organisation) -> None:
    """Every event is relayed again, latest first."""
    world = world_of(office)
    records = [
        one.to_lambda()
        for one in reversed(world.fakes.store.stream_after(0))
        if one.event_name == "INSERT" and one.key.sk[:2] == "E#"
    ]
    entries.relay(world.fakes.wiring.effects, {"Records": records}, None)
    world.settle()


def test_events_that_are_relayed_again_prepare_nothing_new(marketplace: Organisation) -> None:
    number = published(marketplace)
    before = marketplace.get(f"/complaints/{number}/notices", "director", number)

    relay_again(marketplace)
    world_of(marketplace).move_to("2026-12-20T10:00:00+08:00")

    assert marketplace.get(f"/complaints/{number}/notices", "director", number)["notices"] == before["notices"]
    assert [one["fields"]["kind"] for one in marketplace.events(number, type_="published")] == ["result", "notice"]


def test_a_due_entry_that_is_delivered_twice_publishes_once(marketplace: Organisation) -> None:
    number = allowed(marketplace)
    world = world_of(marketplace)
    [item] = [one for one in world.fakes.store.everything() if one.due and keys.notices_name(number) in one.due.sk]
    world.jump_to(DUE)
    batch = DueBatch(marketplace.id, [Hit(keys.notices_name(number), *item.key, world.now())] * 2)

    work_batch.process_batch(world.fakes.wiring, batch, world.now(), {})
    work_batch.process_batch(world.fakes.wiring, batch, world.now(), {})

    assert [one["fields"]["kind"] for one in marketplace.events(number, type_="published")] == ["result", "notice"]
    assert len(listed(marketplace)) == 1


def test_a_notice_whose_case_was_erased_is_not_published(marketplace: Organisation) -> None:
    world = world_of(marketplace)
    key = keys.notice(marketplace.id, "202611-000777", 1, "notice")

    with binding.tenant(marketplace.id):
        assert publish_due.wake(world.fakes.wiring, CaseRef(marketplace.id, "202611-000777"), key, world.now()) == 0


def end_publicity(office: Organisation) -> None:
    """The owner publishes the same policy without it."""
    document = {**office.get("/policy", "owner")["policy"], "publicity": None}
    document["fields"]["summary_for_public"]["consent"] = None
    path = f"{office.path}/policy/publish"
    answer = office.world.call("POST", path, {"policy": document}, auth=office.auth("owner"))
    assert answer.status == 201, answer.text


def test_a_policy_without_publicity_unpublishes_nothing(marketplace: Organisation) -> None:
    published(marketplace)

    end_publicity(marketplace)

    assert [one["state"] for one in listed(marketplace)] == ["published"]


def test_a_case_that_is_switched_to_it_keeps_its_notice(marketplace: Organisation) -> None:
    number = published(marketplace)
    end_publicity(marketplace)

    marketplace.act(number, "owner", "switch", to="2")

    assert marketplace.events(number, type_="switched")
    corrected(marketplace, number, "已换货。")
    assert [one["state"] for one in listed(marketplace)] == ["published"]


def exported(office: Organisation, number: str) -> dict[str, Any]:
    wiring = world_of(office).fakes.wiring
    with binding.tenant(office.id):
        asker = Asker("staff", "sub-owner")
        return export_source.read_complaint(wiring.store, wiring.sealer, CaseRef(office.id, number), asker).line


def test_the_notices_of_a_case_are_exported_with_their_texts(marketplace: Organisation) -> None:
    number = allowed(marketplace)
    on(marketplace, number, "seller", "object", reason="内容不实。")

    result_line, notice = exported(marketplace, number)["notices"]

    assert (result_line["kind"], result_line["public"]["state"]) == ("result", "published")
    assert notice["texts"]["fields"] == {"summary_for_public": "商家发错货，已退款并受到警告。"}
    assert notice["texts"]["reasons"] == {"2": "内容不实。"}
    assert [one["act"] for one in notice["steps"]] == ["consent", "approve", "object"]


def test_a_case_without_notices_is_exported_as_before(marketplace: Organisation) -> None:
    assert "notices" not in exported(marketplace, marketplace.file())


def test_nothing_is_left_of_the_notices_of_an_organisation_that_leaves(marketplace: Organisation) -> None:
    published(marketplace)
    world = world_of(marketplace)
    path, auth = f"{marketplace.path}/leave", marketplace.auth("owner")
    assert marketplace.world.call("POST", path, {"id": marketplace.id}, auth=auth).status == 202
    world.move_to("2027-01-10T10:00:00+08:00")
    for _ in range(3):
        world.sweep()

    prefix = keys.tenant_prefix(marketplace.id)
    left = [one.key for one in world.fakes.store.everything() if one.key.pk.startswith(prefix)]
    assert [key for key in left if "#N#" in key.pk or "#X#notice#" in key.pk] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@+SUM(A1)", '＝HYPERLINK("x")', " =1"])
def test_a_cell_that_would_be_a_formula_is_a_text(marketplace: Organisation, text: str) -> None:
    number = published(marketplace)
    corrected(marketplace, number, text)

    [row] = csv.DictReader(io.StringIO(asked(marketplace, "", Accept="text/csv").text))

    assert row["summary_for_public"].startswith("'")
    assert row["summary_for_public"][1:] == text.strip()


def test_markup_in_a_text_is_escaped_in_the_feed(marketplace: Organisation) -> None:
    number = published(marketplace)
    corrected(marketplace, number, "</content><script>&")

    assert "&lt;/content&gt;&lt;script&gt;&amp;" in asked(marketplace, ".atom").text


def test_a_control_character_is_refused(marketplace: Organisation) -> None:
    answer = try_on(
        marketplace, published(marketplace), "director", "correct", texts={"summary_for_public": "已\u0000退款。"}
    )

    assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")


def test_a_read_of_a_preview_is_logged(marketplace: Organisation) -> None:
    number = allowed(marketplace)

    prepared(marketplace, number)

    reads = marketplace.get(f"/complaints/{number}/reads", "owner", number)["reads"]
    assert (reads[0]["by"], reads[0]["classes"]) == (marketplace.subs["director"], ["content"])
    assert reads[0]["route"] == "GET /v1/t/{tenant}/complaints/{number}/notices"


def test_a_result_is_prepared_once(marketplace: Organisation) -> None:
    """The reaction itself, on the same event."""
    number = result(marketplace)
    relay_again(marketplace)

    assert len(marketplace.events(number, type_="published")) == 1
