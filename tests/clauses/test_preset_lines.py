"""X.7: every line of a preset matters. A changed line fails a test of its clause, or `unnoticed.yaml` says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.clauses.mutation import score
from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.sample import drawn
from tests.clauses.mutation.suite import PRESETS
from tests.clauses.mutation.verdicts import Judge
from tests.nonempty import nonempty
from tests.searches import some_by_day

UNNOTICED: dict[str, dict[str, str]] = yaml.load(
    Path(__file__).with_name("unnoticed.yaml").read_text("utf-8"), yaml.CSafeLoader
)
"""By preset and mutant: why no test notices it."""
BY_DAY = 1
"""Mutants of a preset, of one in six presets by day; about 1 s of CPU time each."""
SEED = 7
MOST_UNNOTICED = 0.03


@pytest.mark.parametrize("preset", some_by_day(PRESETS, one_in=6))
def test_x7_a_test_notices_a_changed_line(preset: str) -> None:
    judge = Judge(preset)

    verdicts = {mutant.id: judge.verdict(mutant) for mutant in drawn(preset, BY_DAY, SEED)}

    assert len(verdicts) == BY_DAY
    assert {name for name, one in verdicts.items() if not one.notices} <= UNNOTICED[preset].keys()


@pytest.mark.nightly
@pytest.mark.parametrize("preset", PRESETS)
def test_x7_every_line_of_a_preset_matters(preset: str) -> None:
    """The verdicts are in `build/preset-mutants`."""
    table = score.run(preset)

    unnoticed = {name for name, (kind, *_) in table["verdicts"].items() if kind in ("broken", "unnoticed")}
    assert unnoticed == UNNOTICED[preset].keys()
    assert len(unnoticed) <= MOST_UNNOTICED * table["mutants"]


def test_x7_the_list_of_the_unnoticed_is_up_to_date() -> None:
    made = {preset: Mutants(preset) for preset in PRESETS}
    listed = nonempty([(preset, name) for preset, of_it in UNNOTICED.items() for name in of_it])

    assert [name for preset, name in listed if made[preset].named(name) is None] == []


def test_x7_a_written_default_is_no_mutant() -> None:
    """The top tier repeats its alarm every five working days by default, and a missed deadline escalates."""
    made = Mutants("platform")
    defaults = ["tiers.1.again:removed", "clocks.screening.missed:removed", "calendar.day_ends:removed"]

    assert [made.named(name) for name in defaults] == [None, None, None]
    assert sorted(made.equal) == sorted(defaults)


@pytest.mark.parametrize(
    ("mutant", "clause"),
    [
        ("clocks.screening.within:longer-limit", "P1.3"),
        ("intake.channels.phone:removed", "P1.1"),
        ("stages.investigating.decide.takes:removed", "P1.5"),
    ],
)
def test_x7_a_line_knows_its_clause(mutant: str, clause: str) -> None:
    made = Mutants("platform").named(mutant)

    assert made is not None
    assert made.clauses == {clause}
