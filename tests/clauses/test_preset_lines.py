"""X.7: every line of a preset matters. A changed line fails a test of its clause, or `unnoticed.yaml` says why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clauses.mutation import by_hand, judged, score
from tests.clauses.mutation.judged import UNNOTICED
from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.sample import drawn
from tests.clauses.mutation.suite import PRESETS
from tests.clauses.mutation.verdicts import Judge
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import some_by_day

BY_DAY = 1
"""Mutants of a preset, of one in nine presets by day; about 1 s of CPU time each."""
SEED = 7


@pytest.mark.parametrize("preset", some_by_day(PRESETS, one_in=9))
def test_x7_a_test_notices_a_changed_line(preset: str) -> None:
    judge = Judge(preset)

    verdicts = {mutant.id: judge.verdict(mutant) for mutant in drawn(preset, BY_DAY, SEED)}

    assert len(verdicts) == BY_DAY
    assert {name for name, one in verdicts.items() if not one.notices} <= UNNOTICED[preset].keys()


@pytest.mark.parametrize("preset", some_by_day(PRESETS, one_in=3))
def test_x7_the_list_of_the_unnoticed_is_up_to_date(preset: str) -> None:
    made = Mutants(preset)

    assert [name for name in nonempty(list(UNNOTICED[preset])) if made.named(name) is None] == []


def test_x7_each_preset_is_in_the_list_of_the_unnoticed() -> None:
    assert UNNOTICED.keys() == set(PRESETS)


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
        ("stages.decided.close.takes.0:removed", "P1.6"),
    ],
)
def test_x7_a_line_knows_its_clause(mutant: str, clause: str) -> None:
    made = Mutants("platform").named(mutant)

    assert made is not None
    assert made.clauses == {clause}


NOTICED = ["own", "test_p8_2_a", ["P8.2"]]
UNNOTICED_BEFORE = ["unnoticed", "", ["P8.2"]]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, {"a": NOTICED, "b": UNNOTICED_BEFORE}),
        ({"sources": "of another commit"}, {"a": NOTICED}),
        ({"preset": "of another commit"}, {}),
    ],
    ids=["nothing", "a test", "the preset"],
)
def test_x7_a_verdict_is_kept_until_what_it_depends_on_changes(
    changed: dict[str, str], kept: dict[str, Any], tmp_path: Path
) -> None:
    table = {"preset": judged.digest("platform"), "sources": score.digest()}
    verdicts = {"a": NOTICED, "b": UNNOTICED_BEFORE}
    file = tmp_path / "platform.json"
    file.write_text(json.dumps({**table, **changed, "verdicts": verdicts}), "utf-8")

    assert score.kept(file, "platform") == kept


def test_x7_a_first_run_has_no_verdicts(tmp_path: Path) -> None:
    assert score.kept(tmp_path / "platform.json", "platform") == {}


def test_x7_a_mutant_written_by_hand_is_judged_by_its_clause() -> None:
    assert by_hand.verdict("platform", "P1.3-1").kind == "own"


def test_x7_a_whole_judgement_demands_the_list_of_the_unnoticed_exactly() -> None:
    [listed, *_] = others = sorted(UNNOTICED["platform"])
    verdicts = {name: ["unnoticed", "", []] for name in others[1:]} | {"a.line:removed": ["broken", "", []]}

    assert judged.faults("platform", {"mutants": 1000, "verdicts": verdicts}) == [
        "not listed in unnoticed.yaml: a.line:removed",
        f"listed in unnoticed.yaml, but noticed: {listed}",
    ]
