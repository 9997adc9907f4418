"""X.5: no code depends on names of a preset. A preset consists only of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.features.policies import preset_view
from chalicelib.policy import presets
from tests.clauses.general.offices_by_preset import START
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.renaming import Renamed
from tests.clauses.running import outcome
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
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


@pytest.mark.slow
@pytest.mark.parametrize("first", [pytest.param(first, marks=at_night_unless(first == 0)) for first in range(PARTS)])
@pytest.mark.parametrize("letter", PRESETS)
def test_x5_clause_tests_pass_on_a_renamed_preset(letter: str, first: int) -> None:
    found = outcome(letter, Renamed(PRESETS[letter]), all_of_them=True, part=slice(first, None, PARTS))

    assert found.ran
    assert ([one for one in found.failed if not one.endswith(OF_BYTES)], found.unmade) == ([], [])


@pytest.mark.parametrize("preset", PRESETS.values())
def test_x5_a_renamed_preset_contains_no_old_names(preset: str) -> None:
    renamed = Renamed(preset)
    names, new = renamed.names, renamed.document
    categories = new["intake"]["categories"]

    assert not set(names.roles) & {*new["people"], *(role for tier in new["tiers"] for role in tier["roles"])}
    assert not set(names.stages) & {*new["stages"], new["intake"]["first"]}
    assert not set(names.clocks) & {*new["clocks"], *new["tasks"]}
    assert not set(names.dimensions) & set(categories)
    assert not set(names.values) & {value for of_it in categories.values() for value in of_it}
    assert all(names.back()[name] in presets.document(preset)["stages"] for name in nonempty(list(new["stages"])))


def only_customer_service(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment without the other presets, whose processes start again."""
    (folder / "customer-service.yaml").write_text(presets.text("customer-service"), "utf-8")
    monkeypatch.setattr(presets.resources, "files", lambda _package: folder)
    for module in (presets, preset_view):
        for cached in [one for one in vars(module).values() if hasattr(one, "cache_clear")]:
            cached.cache_clear()


def test_x5_removing_the_file_removes_the_preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("platform", "auto-repair"):
        (tmp_path / f"{name}.yaml").write_text(presets.text(name), "utf-8")
    monkeypatch.setattr(presets.resources, "files", lambda _package: tmp_path)
    assert presets.names() == ["auto-repair", "platform"]

    (tmp_path / "platform.yaml").unlink()

    assert presets.names() == ["auto-repair"]


def test_x5_a_removed_preset_is_offered_to_no_new_organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = InProcess(START)
    only_customer_service(tmp_path, monkeypatch)

    listed = world.call("GET", "/v1/presets").json["presets"]
    asked = {"id": "t-late", "name": "示例机构", "email": "owner@late.example", "preset": "platform"}
    answer = world.call("POST", "/v1/tenants", asked)

    assert [one["preset"] for one in listed] == ["customer-service"]
    assert (answer.status, answer.pointer) == (422, "/preset")
    assert world.call("GET", "/v1/presets/platform").status == 404


def test_x5_an_organisation_goes_on_without_the_file_of_its_preset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marketplace = marketplace_in(InProcess(START))
    before = marketplace.file(unit="seller")
    sample = marketplace.example()
    only_customer_service(tmp_path, monkeypatch)

    filed = marketplace.world.call("POST", f"{marketplace.path}/complaints", sample)
    accepted = marketplace.act(before, "screener", "accept", responsible=marketplace.subs["handler"])

    assert filed.status == 201, filed.text
    assert accepted["stage"] == "investigating"
