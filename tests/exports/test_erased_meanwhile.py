"""An export during which retention erases a file: the archive leaves the file out and lists it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.features.evidence.processing import wake_evidence
from chalicelib.features.exports import verify_archive
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from tests.clauses.organisation import Organisation
from tests.evidence.test_retention import bureau, ended
from tests.exports.exported import exported, look, start, world_of

__all__ = ["bureau"]
LATER = from_text("2026-10-24T09:00:00+08:00")


def erase_at(bureau: Organisation, number: str, evidence: str, first: int) -> None:
    """Runs retention just before byte `first` of the file is read."""
    world = world_of(bureau)
    vault, key = world.fakes.vault, keys.evidence(keys.complaint(bureau.id, number), evidence)
    read = vault.read

    def reads(name: str, at: int, size: int) -> bytes | None:
        if name.endswith(evidence) and at == first:
            with binding.tenant(bureau.id):
                wake_evidence.wake(world.fakes.wiring, CaseRef(bureau.id, number), key, LATER)
        return read(name, at, size)

    force_setattr(world.fakes.wiring, "vault", _Vault(vault, reads))


class _Vault:
    def __init__(self, vault: object, read: object) -> None:
        self._vault = vault
        self.read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._vault, name)


def test_a_file_erased_during_the_export_is_left_out_and_listed(bureau: Organisation, tmp_path: Path) -> None:
    number, evidence = ended(bureau)
    erase_at(bureau, number, evidence, 0)

    path = exported(bureau, tmp_path)

    name = f"evidence/{number}/{evidence}"
    with zipfile.ZipFile(path) as made:
        head = json.loads(made.read("manifest.jsonl").splitlines()[0])
        assert (head["gone"], name in made.namelist()) == ([name], False)
    found = verify_archive.verify(str(path))
    assert (found.faults, found.gone) == ([], {name})


def test_a_removed_file_is_detected_even_if_listed_as_gone(
    bureau: Organisation,
) -> None:
    number, evidence = ended(bureau)
    world_of(bureau).fakes.objects.stored.clear()

    shown = look(bureau, start(bureau).json["id"]).json

    assert (shown["state"], f"evidence/{number}/{evidence}" in shown["reason"]) == ("failed", True)
