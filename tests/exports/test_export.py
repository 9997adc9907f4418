"""Exports over HTTP: the archive's content, permissions, and crashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.exports import export_step, multipart_writer
from chalicelib.features.exports import verify_archive as offline
from chalicelib.jobs import driver
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.store import keys
from chalicelib.wiring import Wiring
from chalicelib.workers import entries
from tests.clauses.organisation import Organisation
from tests.exports import exported as made
from tests.exports.exported import CONTENT, company, exported, look, start, world_of
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every


@pytest.fixture(scope="module")
def shop() -> Organisation:
    return company()


@pytest.fixture(scope="module")
def file(shop: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(shop, tmp_path_factory.mktemp("export"))


def lines(file: Path, name: str) -> list[Any]:
    with zipfile.ZipFile(file) as archive:
        return [json.loads(line) for line in archive.read(name).splitlines()]


def test_the_archive_is_a_valid_zip(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no other reader is installed")
def test_another_zip_reader_accepts_it(file: Path) -> None:
    assert subprocess.run(["unzip", "-t", str(file)], capture_output=True, check=False).returncode == 0


def test_every_file_is_in_the_manifest_with_its_digest(file: Path) -> None:
    listed = {line["path"]: line["sha256"] for line in lines(file, "manifest.jsonl")[1:]}
    with zipfile.ZipFile(file) as archive:
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    del found["manifest.jsonl"]
    assert listed == found


def test_each_complaint_has_its_record_and_decrypted_values(shop: Organisation, file: Path) -> None:
    taken = {line["number"]: line for line in lines(file, "complaints/202611-000001.jsonl")}
    assert {number: len(line["events"]) for number, line in taken.items()} == {
        number: len(shop.events(number)) for number in shop.filed
    }
    opened = {name for one in taken["202611-000001"]["private"] for name in one["values"]}
    assert opened & shop.example()["facts"].keys()


def test_the_archive_has_evidence_policies_people_and_anchors(shop: Organisation, file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        (evidence,) = [name for name in names if name.startswith("evidence/")]
        assert archive.read(evidence) == CONTENT
    assert [name for name in names if name.startswith("anchors/")] == ["anchors/00000001.json", "anchors/00000002.json"]
    assert {person["sub"] for person in lines(file, "people.jsonl")} >= set(shop.subs.values())
    assert any(line["key"] == "POL#1" for line in lines(file, "policies.jsonl"))


def test_the_archive_verifies(file: Path) -> None:
    found = offline.verify(str(file))
    assert (found.faults, found.complaints, found.anchors) == ([], 3, 2)


def test_a_done_export_has_a_link_and_its_size(shop: Organisation) -> None:
    shown = look(shop, start(shop).json["id"]).json
    assert (shown["state"], shown["progress"], shown["reason"]) == ("done", {"done": 3, "of": 3}, None)
    assert shown["url"].startswith("https://")
    assert shown["size"] == len(made.archive(shop, shown["id"]))


def test_only_owners_may_export(shop: Organisation) -> None:
    export = start(shop).json["id"]
    statuses = [start(shop, "agent").status, look(shop, export, "agent").status, look(shop, "export-99999").status]
    assert [*statuses, look(shop, "numbers-202611").status] == [403, 403, 404, 404]


def test_the_organisations_record_names_who_started_an_export(shop: Organisation) -> None:
    export = start(shop).json["id"]
    events = [
        json.loads(entry.body)
        for entry in world_of(shop).fakes.store.everything()
        if entry.key.pk == keys.organisation(shop.id) and entry.key.sk.startswith("E#")
    ]
    assert [event["type"] for event in events if event["fields"].get("job") == export] == ["export_started"]


def test_an_export_is_deleted_after_a_week() -> None:
    shop = company()
    export = start(shop).json["id"]
    world_of(shop).fakes.real_clock.advance(7 * DAY + SECOND)
    shop.tokens["owner"] = world_of(shop).fakes.identity.token_of(shop.emails["owner"])
    assert look(shop, export).status == 404


def test_incomplete_evidence_fails_the_export_with_a_reason() -> None:
    shop = company()
    world_of(shop).fakes.objects.stored.clear()
    shown = look(shop, start(shop).json["id"]).json
    assert (shown["state"], shown["url"]) == ("failed", None)
    assert "is incomplete" in shown["reason"]


# ---- in steps, and with crashes ----------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes several steps and parts."""
    monkeypatch.setattr(export_step, "COMPLAINTS_PER_STEP", 1)
    monkeypatch.setattr(export_step, "LISTS_PER_STEP", 2)
    monkeypatch.setattr(export_step, "ANCHORS_PER_STEP", 1)
    monkeypatch.setattr(export_step, "CHUNK", 4)
    monkeypatch.setattr(export_step, "CHUNKS_PER_STEP", 2)
    monkeypatch.setattr(multipart_writer, "PARTS", ((10_000, 400),))
    monkeypatch.setattr("tests.helpers.fakes.vault.SMALLEST_PART", 400)


@pytest.mark.usefixtures("small")
def test_many_steps_and_parts_make_the_same_archive(shop: Organisation, file: Path, tmp_path: Path) -> None:
    again = exported(shop, tmp_path)
    assert offline.verify(str(again)).faults == []
    with zipfile.ZipFile(again) as new, zipfile.ZipFile(file) as old:
        evidence = [name for name in old.namelist() if name.startswith(("evidence/", "anchors/"))]
        assert {name: new.read(name) for name in evidence} == {name: old.read(name) for name in evidence}


@pytest.mark.slow
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", every(by_day=7))
def test_a_crash_at_any_call_leads_to_a_complete_archive(
    shop: Organisation, tmp_path: Path, after: bool, step: int
) -> None:
    world, at = world_of(shop), 1 - step
    while True:
        at += step
        export = shop_export(shop)
        try:
            work(shop, export, world.fakes.breaking(Breaker(at, after=after)))
        except Crash:
            work(shop, export, world.fakes.wiring)
            assert look(shop, export).json["state"] == "done", at
            path = tmp_path / "crashed.zip"
            path.write_bytes(made.archive(shop, export))
            assert offline.verify(str(path)).faults == [], at
            continue
        break
    assert at > 40


def work(shop: Organisation, export: str, wiring: Wiring) -> None:
    with binding.tenant(shop.id):
        driver.run_steps(wiring, shop.id, export, wiring.clock(), entries.JOBS, SECOND)


def shop_export(shop: Organisation) -> str:
    """An export whose first message was lost."""
    world = world_of(shop)
    send, world.fakes.effects.send = world.fakes.effects.send, lambda messages: None  # type: ignore[method-assign]
    try:
        return str(start(shop).json["id"])
    finally:
        world.fakes.effects.send = send  # type: ignore[method-assign]
