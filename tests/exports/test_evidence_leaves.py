"""Files in exports and erasures: sealed files are in the archive, and an erasure deletes all data of a file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.exports import verify_archive as offline
from chalicelib.kit.instants import DAY
from tests.clauses.giving import declared, given
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.exports.exported import exported, world_of
from tests.helpers.fakes.files import EICAR, PDF, image, sha256
from tests.kernel.web.untouched import refused
from tests.leaving.test_leaving import later, leave, mine, statement

PHOTO = image()


def with_files() -> tuple[Organisation, dict[str, str]]:
    """A complaint with a file in each state, one given with a demand's link, one duplicate. Ids by description."""
    made = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = demanded(made)
    seq = str(made.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    receipt = made.get(f"/complaints/{number}/demands/{seq}/link", "handler")["receipt"]
    files = {
        "photo": given(made, number, "screenshot", PHOTO, "image/jpeg", name="王五.jpg"),
        "again": given(made, number, "screenshot", PHOTO, "image/jpeg"),
        "answer": given(made, number, "transaction", PDF, auth=f"Receipt {receipt}"),
        "malware": given(made, number, "screenshot", EICAR, "text/plain"),
        "awaited": declared(made, number, "screenshot", PDF + b"more").json,
    }
    made.get(f"/complaints/{number}/evidence/{files['photo']['id']}/link", "handler")
    return made, {"number": number} | {name: str(file["id"]) for name, file in files.items()}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    made, ids = with_files()
    return exported(made, tmp_path_factory.mktemp("export")), ids


def test_an_archive_has_only_the_sealed_originals(archived: tuple[Path, dict[str, str]]) -> None:
    file, ids = archived
    with zipfile.ZipFile(file) as opened:
        found = {name: opened.read(name) for name in opened.namelist() if name.startswith("evidence/")}

    expected = {"photo": PHOTO, "again": PHOTO, "answer": PDF}
    assert found == {f"evidence/{ids['number']}/{ids[what]}": content for what, content in expected.items()}


def test_the_manifest_and_the_record_have_the_same_digest(archived: tuple[Path, dict[str, str]]) -> None:
    file, ids = archived
    with zipfile.ZipFile(file) as opened:
        lines = [json.loads(line) for line in opened.read("manifest.jsonl").splitlines()[1:]]
        (first, *_) = [name for name in opened.namelist() if name.startswith("complaints/")]
        (complaint,) = [json.loads(line) for line in opened.read(first).splitlines()]
    listed = {line["path"].rpartition("/")[2]: line for line in lines if line["path"].startswith("evidence/")}
    recorded = {
        event["fields"]["evidence"]: event["fields"]["sha256"]
        for event in complaint["events"]
        if event["type"] == "evidence_sealed"
    }

    assert {id_: line["sha256"] for id_, line in listed.items()} == recorded
    assert (listed[ids["photo"]]["bytes"], listed[ids["photo"]]["sha256"]) == (len(PHOTO), sha256(PHOTO))
    assert offline.verify(str(file)).faults == []


def test_an_incomplete_file_fails_the_export() -> None:
    made, ids = with_files()
    stored = world_of(made).fakes.objects.stored
    del stored[next(key for key in stored if "/sealed/" in key and key.endswith(ids["answer"]))]

    answer = made.world.call("POST", f"{made.path}/exports", auth=made.auth("owner")).json
    shown: Any = made.get(f"/exports/{answer['id']}", "owner")

    assert (shown["state"], shown["url"]) == ("failed", None)
    assert ids["answer"] in shown["reason"]


def test_an_erasure_deletes_every_item_and_object_of_a_file() -> None:
    made, _ = with_files()
    objects = world_of(made).fakes.objects
    kinds = {key.split("/")[2] for key in objects.present()}
    assert kinds == {"sealed", "shown", "thumbnails"}

    leave(made)
    later(made, 31)

    assert mine(made) == []
    assert objects.present() == set()
    assert statement(made).json["statement"]["erased"]["objects"] >= 4


def test_an_erasure_deletes_files_under_a_governance_lock() -> None:
    made, _ = with_files()
    world = world_of(made)
    locks = [version.until for copies in world.fakes.objects.stored.values() for version in copies.values()]
    assert max(until for until in locks if until) > world.fakes.real_clock() + 100 * DAY

    leave(made)
    later(made, 31)

    assert (world.fakes.objects.present(), statement(made).json["statement"]["locked_until"]) == (set(), None)


def test_a_legal_hold_prevents_the_erasure_until_it_is_released() -> None:
    made, ids = with_files()
    made.act(ids["number"], "owner", "hold", reason="诉讼")
    kept = world_of(made).fakes.objects.present()
    refused(leave(made), 409, "on-hold")

    made.act(ids["number"], "owner", "release", reason="结案")
    assert leave(made).status == 202
    later(made, 29)
    assert world_of(made).fakes.objects.present() >= kept
    later(made, 2)
    assert world_of(made).fakes.objects.present() == set()


def test_files_locked_in_compliance_mode_stay_and_are_reported() -> None:
    made, ids = with_files()
    fakes = world_of(made).fakes
    locked = next(key for key in fakes.objects.stored if "/sealed/" in key and key.endswith(ids["answer"]))
    fakes.vault.locked[locked] = "2027-11-24T00:00:00.000Z"

    leave(made)
    later(made, 31)

    assert fakes.objects.present() == {locked}
    assert statement(made).json["statement"]["locked_until"] == "2027-11-24T00:00:00.000Z"
