"""`make verify-record`: detects items removed from an archive, even with a matching manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.complaints.rights.permits import Asker
from chalicelib.features.exports import archive_checks, archived_policies, export_source
from chalicelib.features.exports.verify_archive import verify
from chalicelib.jobs import driver
from chalicelib.kit.instants import SECOND
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.workers import entries
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import (
    START,
    add_evidence,
    archive,
    company,
    edit_lines,
    exported,
    rewritten,
    start,
    world_of,
)
from tests.helpers.fakes.files import PDF
from tests.switching.shop import publish, switch

Files = dict[str, bytes]
Lines = list[dict[str, Any]]
COMPLAINTS = "complaints/202611-000001.jsonl"
POLICIES, PEOPLE, UNITS, MANIFEST = "policies.jsonl", "people.jsonl", "units.jsonl", "manifest.jsonl"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a company with two policy versions, a unit and an evidence file."""
    made = company()
    policy = made.world.call("GET", f"/v1/presets/{made.preset}").json["policy"]
    for path, body in (("units", {"id": "north", "name": "北区"}), ("policy/publish", {"policy": policy})):
        answer = made.world.call("POST", f"{made.path}/{path}", body, auth=made.auth("owner"))
        assert answer.status == 201, answer.text
    return exported(made, tmp_path_factory.mktemp("export"))


def lines(name: str, edit: Callable[[Lines], Any]) -> Callable[[Files], None]:
    return lambda files: edit_lines(files, name, edit)


def without(key: str) -> Callable[[Files], None]:
    return lines(POLICIES, lambda found: found.__setitem__(slice(None), [one for one in found if one["key"] != key]))


def emptied(key: str, body: Any) -> Callable[[Files], None]:
    return lines(POLICIES, lambda found: [one.update(body=body) for one in found if one["key"] == key])


def soften(found: Lines) -> None:
    next(one for one in found if one["key"] == "POL#1")["body"]["policy"]["roles"] = {}


def evidence_of(files: Files) -> str:
    return next(name for name in files if name.startswith("evidence/"))


def another_file(files: Files) -> None:
    """The evidence's line has the new file's digest, but the record does not."""
    files[evidence_of(files)] = b"%PDF-1.4 another"


def add_a_file(files: Files) -> None:
    files[evidence_of(files) + "0"] = b"%PDF-1.4 more"


REMOVALS: dict[str, tuple[Callable[[Files], Any], str]] = {
    "a sealed file": (lambda files: files.pop(evidence_of(files)), "evidence/202611-000001/"),
    "a sealed file for another": (another_file, "is not the file that was declared and sealed"),
    "a file that nothing speaks of": (add_a_file, "no record mentions it"),
    "what became of a file": (
        lines(COMPLAINTS, lambda found: found[0]["evidence"].clear()),
        "was declared, but its state is missing",
    ),
    "the version in force before": (without("POL#1"), "policies.jsonl: version 1, which ORG/2 names, is missing"),
    "the version in force": (
        without("POL#2"),
        "policies.jsonl: version 2, which ORG/",
    ),
    "a version's text": (emptied("POL#1", None), "policies.jsonl: version 1, which ORG/2 names, is empty"),
    "all that a version says": (emptied("POL#2", {"policy": {}}), "policies.jsonl: version 2, which ORG/"),
    "a part of a version": (lines(POLICIES, soften), "version 1 is not the one that was published"),
    "the list of policies": (lines(POLICIES, lambda found: found.clear()), "policies.jsonl: version 1"),
    "a person who was invited": (lines(PEOPLE, lambda found: found.pop()), "people.jsonl: the person of ORG/"),
    "a unit": (lines(UNITS, lambda found: found.pop()), "units.jsonl: north is missing"),
    "the newest anchor": (lambda files: files.pop(max(n for n in files if n.startswith("anchors/"))), "anchors: "),
    "all anchors": (
        lambda files: [files.pop(name) for name in list(files) if name.startswith("anchors/")],
        "anchors: the manifest counts 2, but the archive has 0",
    ),
    "the counts": (lines(MANIFEST, lambda found: found[0].pop("counts")), "cannot be read completely"),
}


@pytest.mark.parametrize("what", REMOVALS)
def test_a_removed_item_is_detected_and_named(file: Path, what: str) -> None:
    remove, said = REMOVALS[what]
    faults = verify(str(rewritten(file, remove))).faults
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize("name", archive_checks.COUNTED)
def test_a_wrong_count_is_detected(file: Path, name: str) -> None:
    def add_one(found: Lines) -> None:
        found[0]["counts"][name] += 1

    (fault,) = verify(str(rewritten(file, lines(MANIFEST, add_one)))).faults
    assert fault.startswith(f"{name}: the manifest counts ")


def test_the_counts_match_the_content(file: Path) -> None:
    found = verify(str(file))
    assert (found.faults, found.complaints, found.policies, found.unit_lines) == ([], 3, 4, 1)


# ---- whichever it is, on random records --------------------------------------------------------------------------

ACTS = st.lists(st.tuples(st.sampled_from(["seal", "erase"]), st.integers(0, 4)), max_size=12)


@given(ACTS)
def test_a_file_is_required_from_its_sealing_to_its_erasure(acts: list[tuple[str, int]]) -> None:
    events, there = [], {}
    for act, id_ in acts:
        kind = "evidence_sealed" if act == "seal" else "erased"
        events.append({"type": kind, "fields": {"evidence": str(id_), "sha256": f"{id_:064x}"}})
        if act == "seal":
            there[str(id_)] = f"{id_:064x}"
        else:
            there.pop(str(id_), None)
    assert archive_checks.sealed_files("1", events) == {f"evidence/1/{id_}": sha256 for id_, sha256 in there.items()}


@given(st.lists(st.sampled_from("1234567"), min_size=1), st.data())
def test_each_policy_version_that_an_event_refers_to_is_required(versions: list[str], data: st.DataObject) -> None:
    events = [
        {"id": f"1/{seq}", "type": "noted", "policy": version, "fields": {}}
        for seq, version in enumerate(versions, start=1)
    ]
    named = archived_policies.policy_versions_used(events)
    gone = data.draw(st.sampled_from(versions))
    left = [{"key": f"POL#{version}", "body": {"policy": {"v": version}}} for version in {*versions} - {gone}]
    first = f"1/{versions.index(gone) + 1}"
    said = [fault for fault in archived_policies.policy_faults(left, named, {}) if fault.endswith("is missing")]
    assert said == [f"policies.jsonl: version {gone}, which {first} names, is missing"]


@pytest.mark.parametrize("place", range(3))
def test_any_removed_complaint_is_detected(file: Path, place: int) -> None:
    faults = verify(str(rewritten(file, lines(COMPLAINTS, lambda found: found.pop(place))))).faults
    assert f"202611-{place + 1:06d}: is missing" in faults
    assert any(fault.startswith("complaints: the manifest counts 3") for fault in faults)


# ---- and what is whole is not missed -----------------------------------------------------------------------------


def test_a_complaint_that_changes_while_it_is_read_is_read_again() -> None:
    made = sign_up(InProcess(START), "corporate-standard")
    number = made.file()
    add_evidence(made, number, PDF)

    class Meddling:
        """Somebody gives another file between the state and what lies beside it."""

        def __init__(self, store: Store) -> None:
            self._store = store

        def query(self, *args: Any, **kwargs: Any) -> Any:
            if not given:
                with binding.tenant(made.id):
                    given.append(add_evidence(made, number, PDF + b"more"))
            return self._store.query(*args, **kwargs)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

    given: list[str] = []
    wiring = world_of(made).fakes.wiring
    meddled = replace(wiring, store=cast(Store, Meddling(wiring.store)))
    with binding.tenant(made.id):
        asked = (meddled.store, meddled.sealer, CaseRef(made.id, number), Asker("staff", "sub-owner"))
        with pytest.raises(export_source.ComplaintChanged):
            export_source.read_complaint(*asked)
        taken = export_source.read_complaint(*asked)
    files = {original.name: original.sha256 for original in taken.originals}
    assert (len(files), list(archive_checks.evidence_faults(taken.line, files))) == (2, [])


def test_a_version_published_during_the_export_is_included(tmp_path: Path) -> None:
    made = sign_up(InProcess(START), "corporate-standard")
    number = made.file()
    fakes = world_of(made).fakes
    send, fakes.effects.send = fakes.effects.send, lambda messages: None  # type: ignore[method-assign]
    export = start(made).json["id"]
    with binding.tenant(made.id):  # one step: the organisation's own record is taken
        driver.run_steps(fakes.wiring, made.id, export, fakes.clock(), entries.JOBS)
    fakes.effects.send = send  # type: ignore[method-assign]

    publish(made)
    assert switch(made, number).status == 200
    with binding.tenant(made.id):
        driver.run_steps(fakes.wiring, made.id, export, fakes.clock(), entries.JOBS, SECOND)

    path = tmp_path / "export.zip"
    path.write_bytes(archive(made, export))
    found = verify(str(path))
    assert (found.faults, set(found.versions_used), set(found.published_digests)) == ([], {"1", "2"}, {"1"})
