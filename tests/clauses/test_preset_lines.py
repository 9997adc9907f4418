"""X.7: every line of a preset matters. A changed line fails a test of its clause, or `unnoticed.yaml` says why not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.clauses.mutation import by_hand, judged, score, suite
from tests.clauses.mutation.batches import Batches
from tests.clauses.mutation.judged import UNNOTICED
from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.order import Order
from tests.clauses.mutation.sample import drawn
from tests.clauses.mutation.suite import PRESETS
from tests.clauses.mutation.verdicts import Judge
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import some_by_day

BY_DAY = 1
"""Mutants of a preset, of one in nine presets by day; about 1 s of CPU time each."""
SEED = 7


@pytest.mark.slow
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


FILE = "tests/clauses/test_preset_lines.py"
BY_A_TEST = ["own", f"{FILE}::test_p8_2_a", ["P8.2"], hashlib.sha256(Path(__file__).read_bytes()).hexdigest()]
BY_A_CHANGED_TEST = [*BY_A_TEST[:3], "as it was"]
BY_NONE = ["unnoticed", "", ["P8.2"], ""]


@pytest.mark.parametrize(
    ("changed", "still"),
    [({}, {"a", "c"}), ({"sources": "of another commit"}, {"a"}), ({"preset": "of another commit"}, set())],
    ids=["nothing", "a test", "the preset"],
)
def test_x7_a_verdict_is_kept_until_what_it_depends_on_changes(
    changed: dict[str, str], still: set[str], tmp_path: Path
) -> None:
    verdicts = {"a": BY_A_TEST, "b": BY_A_CHANGED_TEST, "c": BY_NONE}
    file = written(tmp_path, changed, verdicts)

    assert score.kept(file, "platform") == {name: verdicts[name] for name in still}


def test_x7_a_test_that_noticed_a_line_is_tried_first_after_any_change(tmp_path: Path) -> None:
    verdicts = {"clocks.screening.within:longer-limit": BY_A_CHANGED_TEST, "c": BY_NONE}
    before = score.noticed_before(written(tmp_path, {"preset": "of another commit"}, verdicts))
    tests = suite.tests_of("platform")
    [*_, last] = tests

    mutant = Mutants("platform").named("clocks.screening.within:longer-limit")

    assert mutant is not None
    assert before == {mutant.id: BY_A_TEST[1]}
    assert Order({mutant.id: last.nodeid}, {}).of(mutant, tests)[0] is last


def written(folder: Path, changed: dict[str, str], verdicts: dict[str, Any]) -> Path:
    file = folder / "platform.json"
    table = {"preset": judged.digest("platform"), "sources": score.digest("platform"), **changed}
    file.write_text(json.dumps({**table, "verdicts": verdicts}), "utf-8")
    return file


def test_x7_a_first_run_has_no_verdicts(tmp_path: Path) -> None:
    assert score.kept(tmp_path / "platform.json", "platform") == {}


@pytest.mark.slow
def test_x7_a_mutant_written_by_hand_is_judged_by_its_clause() -> None:
    assert by_hand.verdict("platform", "P1.3-1").kind == "own"


def test_x7_a_whole_judgement_demands_the_list_of_the_unnoticed_exactly() -> None:
    [listed, *_] = others = sorted(UNNOTICED["platform"])
    verdicts = dict.fromkeys(others[1:], BY_NONE) | {"a.line:removed": ["broken", "", [], ""]}

    assert judged.faults("platform", {"mutants": 1000, "verdicts": verdicts}) == [
        "not listed in unnoticed.yaml: a.line:removed",
        f"listed in unnoticed.yaml, but noticed: {listed}",
    ]


def test_x7_several_lines_are_changed_in_one_policy() -> None:
    """Each test then runs once for all; the changes are those that each mutant makes alone."""
    made = Mutants("platform")
    one, other = (
        made.named(name) for name in ("clocks.screening.within:longer-limit", "intake.channels.phone:removed")
    )
    assert one is not None
    assert other is not None

    together = made.together([one.id, other.id])

    assert together is not None
    assert together["clocks"] == one.document["clocks"]
    assert together["intake"]["channels"] == other.document["intake"]["channels"]


def test_x7_lines_inside_each_other_are_not_changed_together() -> None:
    made = Mutants("platform")
    inside = {"stages.decided.close.takes.0:removed", "stages.decided.close.tells.0:removed"}
    mutants = {name: one for name in inside if (one := made.named(name))}

    batches = list(Batches(made, mutants, Judge("platform")).split(sorted(mutants)))

    assert sorted(name for batch in batches for name in batch) == sorted(mutants)
    assert max(map(len, batches)) == 1


TOGETHER = [
    "stages.offered.assign.tells:removed",  # noticed
    "stages.executed.rate.tells.0.when:removed",  # noticed
    "stages.offered.assign.assigns:removed",  # breaks a helper
    "clocks.reminder.within:longer-limit",  # another file's
    "stages.agreed.execute.takes.0:removed",  # another file's
]


@pytest.mark.parametrize("file", ["test_p8_told.py", pytest.param("", marks=pytest.mark.nightly)])
def test_x7_a_batch_gives_each_line_the_verdict_that_it_has_alone(file: str) -> None:
    """By day with the tests of one file, at night with all."""
    made = Mutants("customer-service")
    mutants = {one.id: one for name in TOGETHER if (one := made.named(name))}
    judge = Judge("customer-service")
    judge.tests = tuple(test for test in judge.tests if file in test.nodeid)
    alone = {name: judge.verdict(mutant).notices for name, mutant in mutants.items()}

    batched = {name: one.notices for name, one in Batches(made, mutants, judge).verdicts(TOGETHER)}

    assert len(list(Batches(made, mutants, judge).split(TOGETHER))) == 2
    assert batched == alone
    assert set(alone.values()) == ({True, False} if file else {True})
