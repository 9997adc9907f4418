"""X.5: no code depends on names of a preset. A preset consists only of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.policy import presets
from tests.clauses.renaming import Renamed
from tests.clauses.running import outcome
from tests.helpers.searches import at_night_unless

PRESETS = {
    "P1": "platform",
    "P2": "auto-repair",
    "P3": "auto-repair-forms",
    "P4": "government-service-centre",
    "P5": "telecom-regulator",
    "P6": "corporate-standard",
    "P7": "property-management",
    "P8": "customer-service",
    "P9": "food-drug-administration",
}


OF_BYTES = "::test_p4_8_its_hash_is_on_record"
"""It compares the hash of an answer, which has other bytes when the names in it are changed back."""
PARTS = 128
"""By day one clause test in 128 of each preset runs under other names, at night all do."""


@pytest.mark.parametrize("first", [pytest.param(first, marks=at_night_unless(first == 0)) for first in range(PARTS)])
@pytest.mark.parametrize("letter", PRESETS)
def test_x5_clause_tests_pass_on_a_renamed_preset(letter: str, first: int) -> None:
    found = outcome(letter, Renamed(PRESETS[letter]), all_of_them=True, part=slice(first, None, PARTS))

    assert found.ran
    assert ([one for one in found.failed if not one.endswith(OF_BYTES)], found.unmade) == ([], [])


def test_x5_a_renamed_preset_contains_no_old_names() -> None:
    renamed = Renamed("auto-repair-forms")

    assert not set(renamed.names.roles) & set(renamed.document["people"])
    assert not set(renamed.names.stages) & set(renamed.document["stages"])


def test_x5_removing_the_file_removes_the_preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("platform", "auto-repair"):
        (tmp_path / f"{name}.yaml").write_text(presets.text(name), "utf-8")
    monkeypatch.setattr(presets.resources, "files", lambda _package: tmp_path)
    assert presets.names() == ["auto-repair", "platform"]

    (tmp_path / "platform.yaml").unlink()

    assert presets.names() == ["auto-repair"]
