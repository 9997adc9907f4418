"""`make verify-record`: finds every way of tampering with an archive, and no fault in an intact one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.complaints.envelope import NO_HASH
from chalicelib.features.exports.verify_archive import verify
from chalicelib.features.record import anchor
from chalicelib.features.record.anchor import ChainPosition
from chalicelib.kit import canonical
from tests.exports.exported import company, edit_lines, exported, rewritten
from tests.helpers.nonempty import nonempty

LINES = "complaints/202611-000001.jsonl"
Files = dict[str, bytes]
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(company(), tmp_path_factory.mktemp("export"))


def in_complaints(edit: Callable[[Lines], Any]) -> Callable[[Files], None]:
    return lambda files: edit_lines(files, LINES, edit)


def change_a_field(lines: Lines) -> None:
    lines[0]["events"][0]["fields"]["channel"] = "letter"


def cut_the_tail(lines: Lines) -> None:
    lines[1]["events"].pop()


def cut_the_tail_and_the_state(lines: Lines) -> None:
    events = lines[1]["events"]
    events.pop()
    lines[1]["state"] |= {"seq": len(events), "head": events[-1]["hash"]}
    lines[1]["private"] = [one for one in lines[1]["private"] if one["event"] <= len(events)]


def forge_the_chain(lines: Lines) -> None:
    prev = NO_HASH
    for event in lines[0]["events"]:
        del event["hash"]
        event["prev"] = prev
        event["fields"]["forged"] = True
        prev = event["hash"] = canonical.digest(event)
    lines[0]["state"]["head"] = prev


def change_a_particular(lines: Lines) -> None:
    values = lines[0]["private"][0]["values"]
    values[next(iter(values))] = "somebody else"


def change_an_anchors_head(files: Files) -> None:
    body = json.loads(files["anchors/00000001.json"])
    body["heads"][0][2] = "0" * 64
    files["anchors/00000001.json"] = canonical.encode(body)


def forge_an_anchor(files: Files) -> None:
    """Its root matches its heads, but the next anchor has another previous digest."""
    made = anchor.parse(files["anchors/00000001.json"])
    files["anchors/00000001.json"] = anchor.make(
        ChainPosition(made.tenant, 1, made.at, made.prev), made.heads[1:]
    ).body()


def change_the_evidence(files: Files) -> None:
    name = next(name for name in files if name.startswith("evidence/"))
    files[name] = b"%PDF-1.4 another"


def change_the_organisation(files: Files) -> None:
    body = json.loads(files["organisation.json"])
    body["events"][0]["actor"]["id"] = "somebody"
    files["organisation.json"] = canonical.encode(body)


TAMPERING: dict[str, tuple[Callable[[Files], Any], str]] = {
    "a changed event": (in_complaints(change_a_field), "event 1 was changed"),
    "a removed event": (in_complaints(lambda lines: lines[1]["events"].pop(1)), "event 2 was changed"),
    "a reordered event": (in_complaints(lambda lines: lines[1]["events"].reverse()), "event 1 was changed"),
    "an inserted event": (
        in_complaints(lambda lines: lines[1]["events"].insert(1, lines[0]["events"][0])),
        "event 2 was changed",
    ),
    "a cut-off tail": (in_complaints(cut_the_tail), "last event is not the one in its state"),
    "a cut-off tail with its state": (in_complaints(cut_the_tail_and_the_state), "an anchor has event"),
    "a chain forged as a whole": (in_complaints(forge_the_chain), "is not the event that an anchor has"),
    "a changed particular": (in_complaints(change_a_particular), "private value 0 of event 1"),
    "a removed complaint": (in_complaints(lambda lines: lines.pop(1)), "202611-000002: is missing"),
    "a complaint that is said to be unused": (
        in_complaints(lambda lines: lines.__setitem__(1, {"number": lines[1]["number"], "unused": True})),
        "has no record, but an anchor has one",
    ),
    "a doubled complaint": (in_complaints(lambda lines: lines.append(lines[0])), "occurs twice"),
    "a changed anchor": (change_an_anchors_head, "its root does not match its heads"),
    "a forged anchor": (forge_an_anchor, "does not follow the anchor before it"),
    "a removed anchor": (lambda files: files.pop("anchors/00000001.json"), "does not follow the anchor before it"),
    "another file as evidence": (change_the_evidence, "is not the file that was declared"),
    "the organisation's own record": (change_the_organisation, "the organisation: event 1"),
    "a record that is gone": (lambda files: files.pop("organisation.json"), "cannot be read completely"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_even_with_a_matching_manifest(file: Path, kind: str) -> None:
    tamper, said = TAMPERING[kind]
    faults = verify(str(rewritten(file, tamper))).faults
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda files: files.__setitem__("people.jsonl", b"{}\n"), "people.jsonl: is not the file"),
        (lambda files: files.pop("people.jsonl"), "people.jsonl: is missing"),
        (lambda files: files.__setitem__("more.txt", b"?"), "more.txt: is not in the manifest"),
    ],
    ids=["changed", "missing", "added"],
)
def test_files_must_match_the_manifest(file: Path, tamper: Callable[[Files], Any], said: str) -> None:
    faults = verify(str(rewritten(file, tamper, manifest=False))).faults
    assert any(said in fault for fault in faults), faults


def test_a_repacked_archive_has_no_fault(file: Path) -> None:
    assert verify(str(rewritten(file, lambda files: None))).faults == []


def test_each_missing_private_value_is_found(file: Path) -> None:
    faults = verify(str(rewritten(file, in_complaints(lambda lines: lines[0]["private"].clear())))).faults
    assert [f"202611-000001: private value {place} of event 1 is missing" for place in (0, 1)] == faults[:2]


def test_a_noted_anchor_must_be_in_the_archive(file: Path) -> None:
    known = sorted(verify(str(file)).anchor_ids)
    assert all(verify(str(file), noted).faults == [] for noted in nonempty(known))
    assert verify(str(file), "0" * 64).faults == ["the noted anchor is not in the archive"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.commands.verify_record", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_commands_exit_code_shows_the_result(file: Path) -> None:
    whole, forged = run(str(file)), run(str(rewritten(file, in_complaints(change_a_field))))
    assert (whole.returncode, forged.returncode, run(__file__).returncode) == (0, 1, 2)
    assert "verified" in whole.stdout
    assert "FAULT" in forged.stdout
