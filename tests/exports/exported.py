"""An organisation with every kind of data, and its exports."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from msgspec.structs import force_setattr, replace

from chalicelib.access import binding
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys, object_keys
from chalicelib.store.port import Put
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess, sha256
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import PDF
from tests.helpers.fakes.sealer import FakeKms, real_sealer

START = "2026-11-27T09:10:00+08:00"
CONTENT = PDF
_KMS = FakeKms()
"""Of all estates, since they have the same data key."""


def company() -> Organisation:
    """Three complaints, one with evidence, two anchors, a comment on nothing."""
    return prepared("company", START, lambda world: (_company(world), ""))[0]


def _company(world: InProcess) -> Organisation:
    made = sign_up(world, "corporate-standard")
    first, second = made.file(), made.file()
    add_evidence(made, first, CONTENT)
    hour(made)
    made.act(second, "agent", "accept", **WORK_ORDER)
    made.file()
    hour(made)
    return made


def estate() -> Organisation:
    """A unit that three complaints count against, and that has done its task; values sealed as in earnest; anchors."""
    made, _ = prepared("estate", START, lambda world: (_estate(world), ""))
    seal(world_of(made), _KMS)
    return made


def _estate(world: InProcess) -> Organisation:
    seal(world, _KMS)
    made = sign_up(world, "property-management")
    made.world.call("POST", f"{made.path}/units", {"id": "north", "name": "北区"}, auth=made.auth("owner"))
    for _ in range(3):
        at_estate.decided(made, unit="north")
    hour(made)
    body = {"fields": {"task": "written_report", "report": "已整改。"}}
    done = made.world.call("POST", f"{made.path}/units/north/acts/do_task", body, auth=made.auth("management_office"))
    assert done.status == 200, done.text
    hour(made)
    return made


def sealing() -> InProcess:
    """A world with the real sealer."""
    world = InProcess(START)
    seal(world, FakeKms())
    return world


def seal(world: InProcess, kms: FakeKms) -> None:
    force_setattr(world.fakes.wiring, "sealer", real_sealer(world.fakes.store, kms))


def damage(made: Organisation, number: str) -> None:
    """Damages the first private value of the first event."""
    store = world_of(made).fakes.store
    key = keys.private(keys.complaint(made.id, number), 1, 0)
    with binding.tenant(made.id):
        found = store.get([key])[key]
        store.commit([Put(replace(found, body=found.body[:-8] + "AAAAAAA="), if_absent=False)])


def world_of(made: Organisation) -> InProcess:
    return cast(InProcess, made.world)


def hour(made: Organisation) -> None:
    clock = world_of(made).fakes.clock
    clock.move_to(clock() + HOUR)
    world_of(made).sweep()


def add_evidence(made: Organisation, number: str, content: bytes, kind: str = "document") -> str:
    body = {
        "kind": kind,
        "name": "receipt.pdf",
        "size": len(content),
        "media_type": "application/pdf",
        "sha256": sha256(content),
    }
    path = f"{made.path}/complaints/{number}/evidence"
    answer = made.world.call("POST", path, body, auth=made.auth("complainant", number))
    assert answer.status == 201, answer.text
    made.world.upload(answer.json["ticket"], content)
    return str(answer.json["id"])


def start(made: Organisation, who: str = "owner") -> Answer:
    return made.world.call("POST", f"{made.path}/exports", auth=made.auth(who))


def look(made: Organisation, export: str, who: str = "owner") -> Answer:
    return made.world.call("GET", f"{made.path}/exports/{export}", auth=made.auth(who))


def archive(made: Organisation, export: str) -> bytes:
    return world_of(made).fakes.vault.written[object_keys.export(made.id, export)][-1]


def exported(made: Organisation, folder: Path) -> Path:
    """The archive's file."""
    answer = start(made)
    assert answer.status == 202, answer.text
    found = look(made, answer.json["id"]).json
    assert found["state"] == "done", found
    path = folder / "export.zip"
    path.write_bytes(archive(made, found["id"]))
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], *, manifest: bool = True) -> Path:
    """The archive with changed files. `manifest`: also update the manifest, as a careful forger would."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    if manifest:
        head = files["manifest.jsonl"].splitlines()[0]
        lines = [
            json.dumps({"path": name, "bytes": len(body), "sha256": sha256(body)}).encode()
            for name, body in files.items()
            if name != "manifest.jsonl"
        ]
        files["manifest.jsonl"] = b"\n".join([head, *lines]) + b"\n"
    forged = path.with_name("forged.zip")
    with zipfile.ZipFile(forged, "w") as new:
        for name, body in files.items():
            new.writestr(name, body)
    return forged


def edit_lines(files: dict[str, bytes], name: str, edit: Callable[[list[dict[str, Any]]], Any]) -> None:
    lines = [json.loads(line) for line in files[name].splitlines()]
    edit(lines)
    files[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
