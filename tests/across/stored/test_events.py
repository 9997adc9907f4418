"""Events of a later release, with members and types that this one does not know: records verify over what is stored."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.exports.verify_archive import verify
from chalicelib.kit import canonical
from chalicelib.store import keys
from tests.across.stored import later
from tests.across.stored.recorded_later import UNKNOWN_OF_EVENT, record_event
from tests.across.stored.shop import store_of, world_of
from tests.clauses.organisation import Organisation


@pytest.fixture
def number(shop: Organisation) -> str:
    """Of a complaint whose second event a later release has recorded."""
    found = shop.file()
    shop.act(found, "owner", "hold", reason="诉讼")
    record_event(shop, found)
    return found


def _verified(shop: Organisation, number: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.get(f"/complaints/{number}/record/verify", "owner")
    return found


def test_the_record_verifies(shop: Organisation, number: str) -> None:
    assert _verified(shop, number)["broken_at"] is None
    assert not _verified(shop, number)["cut_off"]


def test_a_change_of_an_unknown_member_is_detected(shop: Organisation, number: str) -> None:
    event = shop.events(number)[-1]
    key = keys.event(keys.complaint(shop.id, number), event["seq"])
    later.rewrite(store_of(shop), shop.id, key, lambda event: {**event, "weather": {"rain": ["a", 2]}}, form=None)
    assert _verified(shop, number)["broken_at"] == event["id"]


def test_this_release_chains_its_own_event_to_it(shop: Organisation, number: str) -> None:
    shop.act(number, "owner", "release", reason="撤诉")
    assert _verified(shop, number)["broken_at"] is None
    assert [event["type"] for event in shop.events(number)][-2:] == ["levitated", "released"]


def test_views_show_the_event(shop: Organisation, number: str) -> None:
    event = shop.events(number)[-1]
    assert (event["type"], event["weather"]) == ("levitated", UNKNOWN_OF_EVENT["weather"])
    for who in ("owner", "complainant"):
        assert shop.complaint(number, who)["number"] == number


def test_members_can_hash_the_event_again(shop: Organisation, number: str) -> None:
    event = shop.events(number)[-1]
    stated = event.pop("hash")
    assert event["actor"]["mood"] == "calm"
    assert canonical.digest(event) == stated


def test_parties_do_not_see_what_may_name_people(shop: Organisation, number: str) -> None:
    record = shop.get(f"/complaints/{number}/record", "complainant", number)
    assert "weather" not in record["events"][-1]
    assert "mood" not in record["events"][-1]["actor"]
    assert record["withheld"][-1] == record["events"][-1]["id"]


def test_time_goes_on(shop: Organisation, number: str) -> None:
    shop.world.move_to("2026-12-20T09:00:00+08:00")
    assert any(event["type"] == "missed" for event in shop.events(number))
    assert _verified(shop, number)["intact"]


def test_an_export_has_it_and_verifies(shop: Organisation, number: str, tmp_path: Path) -> None:
    started = shop.world.call("POST", f"{shop.path}/exports", {}, auth=shop.auth("owner"))
    assert started.status == 202, started.text
    shop.world.settle()
    written = world_of(shop).fakes.vault.written
    [archive] = [versions[-1] for key, versions in written.items() if key.endswith("archive.zip")]
    path = tmp_path / "archive.zip"
    path.write_bytes(archive)
    assert verify(str(path)).faults == []
    with zipfile.ZipFile(path) as opened:
        assert any(b"levitated" in opened.read(name) for name in opened.namelist())
