"""The table of acts: one row gives an act its rules, and no other module knows acts by name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.acting.act_hooks import ACTS, ActHooks, hooks_of
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNLISTED_ACTS
from infra.checks import trees
from tests.helpers.left_out import is_kept
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

PACKAGE = trees.ROOT / "chalicelib"
FILES = trees.files("chalicelib")
DEMANDS = "the values of `demand` depend on the acts that demand evidence"
CLOSING = "`close` is the closing hour of a calendar, not the act"
ARCHIVE = "a format of exports, not the act"
COMPARED = {
    ("features/exports/export_step.py", "export_job.format_of(claim.job) == 'archive'"): ARCHIVE,
    ("features/exports/export_job.py", "format_ == 'archive'"): ARCHIVE,
    ("features/forms/value_text.py", "name == 'sign'"): "the field that names a sign of a class, not the act",
    ("features/service/pages/operations.py", "kind == 'object'"): "a type of a JSON schema, not the act",
    (
        "complaints/acting/office/builtin_acts.py",
        "'assign' in stage.acts",
    ): "a built-in `assign` uses the stage's people",
    ("complaints/acting/office/builtin_acts.py", "stage.acts['assign']"): "the same",
    ("complaints/acting/demands.py", "stage.acts.get('receive_evidence')"): "whether the stage lets record an answer",
    ("complaints/acting/rules.py", "acts.get('extend')"): "an act is found by its definition, which has no name",
    ("complaints/acting/rules.py", "acts.get('promise')"): "the same",
    ("complaints/acting/rules.py", "acts.get('rate')"): "the same",
    (
        "policy/checks/walks/steps.py",
        "name == 'classify'",
    ): "its severity is one of the policy's, so no row can name it",
    ("policy/language/derived/possible_events.py", "'demand_evidence' in stage.acts"): DEMANDS,
    ("policy/language/derived/possible_values.py", "'demand_evidence' in stage.acts"): DEMANDS,
    ("policy/language/derived/possible_values.py", "stage.acts['demand_evidence']"): DEMANDS,
    (
        "policy/language/derived/possible_values.py",
        "name == 'mark_unreachable'",
    ): "the language has no other act of this kind",
    ("features/register/acts/rights.py", "step.act in ('approve', 'correct')"): "the acts of a notice",
    ("policy/worktime/calendars/day_numbers.py", "document.calendar_days_end == 'close'"): CLOSING,
    ("policy/worktime/calendars/day_numbers.py", "calendar.document.day_ends == 'close'"): CLOSING,
    (
        "policy/worktime/explaining/skipped_days.py",
        "(ends if limit.is_working else document.calendar_days_end) == 'close'",
    ): CLOSING,
    ("policy/worktime/explaining/text.py", "document.calendar_days_end == 'close'"): CLOSING,
}
"""Modules that name an act besides the table, and why."""
BUILT_IN = sorted(name for name, hooks in ACTS.items() if hooks.decide is not None)
CLERK, HEAD, BOARD = (Asker("staff", f"sub-{role}", (Grant(role),)) for role in ("clerk", "head", "board"))


@pytest.fixture
def life() -> Life:
    """A complaint under the hostile policy, in which the clerk's `accept` is open."""
    return play.filed(play.policy(play.HOSTILE), Filing("wire", {"content": "x"}, category="goods"), play.START)


def test_each_row_is_an_act_of_the_language() -> None:
    assert ACTS.keys() <= EVENT_OF_ACT.keys()


def test_each_act_that_stages_cannot_list_is_built_in() -> None:
    assert set(BUILT_IN) >= UNLISTED_ACTS


def test_an_act_without_a_row_has_no_rules_of_its_own(life: Life) -> None:
    assert "close" not in ACTS
    assert life.act(ActRequest("accept"), CLERK, play.START) is None
    assert life.act(ActRequest("close"), HEAD, play.START) is None
    assert (life.events[-1].type, life.events[-1].fields) == ("closed", {})


def test_a_row_gives_an_act_its_fields_flags_and_check(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    assert life.act(ActRequest("accept"), CLERK, play.START) is None
    row = ActHooks(writes=lambda _p, complaint, _a, _g, _n: {"from": complaint.stage}, flags={"checked": "yes"})
    monkeypatch.setitem(ACTS, "close", row)
    stage = life.complaint.stage

    assert life.act(ActRequest("close"), HEAD, play.START) is None

    assert (life.events[-1].fields, life.complaint.flags["checked"]) == ({"from": stage}, "yes")


def test_the_check_of_a_row_refuses_the_act(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> None:
        raise Problem("invalid", "Not today.", places=[Place("/fields", "not today")])

    monkeypatch.setitem(ACTS, "accept", ActHooks(check=check))

    assert life.act(ActRequest("accept"), CLERK, play.START) == "invalid"


def test_a_row_with_decide_is_open_in_every_stage_that_does_not_list_the_act(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ActHooks(decide=lambda _: None, is_open=lambda _p, _c, asker: asker == BOARD, office=True)
    monkeypatch.setitem(ACTS, "rate", row)

    def office_acts(asker: Asker) -> list[str]:
        return open_acts.office_acts_open_to(life.policy, life.complaint, asker)

    assert ("rate" in office_acts(BOARD), "rate" in office_acts(CLERK)) == (True, False)
    assert life.act(ActRequest("rate"), BOARD, play.START) is None


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_form_shows_only_fields_that_the_act_knows(life: Life, name: str) -> None:
    """A back-test requests the recorded fields that the act knows, and no others."""
    shown = {spec.name for spec in open_acts.form(life.policy, life.complaint, BOARD, name)}

    assert shown <= hooks_of(name).keys_of(life.policy)


def test_no_module_compares_names_of_acts() -> None:
    found = {(str(path.relative_to(PACKAGE)), text) for path in FILES for text in comparisons(trees.nodes(path))}
    assert found == {one for one in COMPARED if is_kept(one[0])}


@pytest.mark.parametrize(
    "source",
    [
        "name == 'extend'",
        "'extend' != request.act",
        "name in ('extend', 'note')",
        "known <= {'extend'}",
        "'extend' in stage.acts",
        "'extend' not in acts.keys()",
        "stage.acts['extend']",
        "stage.acts.get('extend')",
    ],
)
def test_a_comparison_is_found(source: str) -> None:
    assert list(comparisons(trees.nodes_in(source))) == [source]


def test_a_name_in_a_match_is_found() -> None:
    nodes = trees.nodes_in("match name:\n case 'extend' | 'note':\n  pass\n")
    assert list(comparisons(nodes)) == ["'extend'", "'note'"]


@pytest.mark.parametrize("source", ["ACTS[name]", "fields['sign']", "'sign' in fields", "name in ACTS", "x == 'other'"])
def test_other_texts_are_not_found(source: str) -> None:
    assert list(comparisons(trees.nodes_in(source))) == []


def comparisons(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Expressions that compare something with the name of an act, or look an act up by its name."""
    return (ast.unparse(node) for node in nodes if compares_act(node))


def compares_act(node: ast.AST) -> bool:
    match node:
        case ast.Compare():
            return bool(names(node) & EVENT_OF_ACT.keys()) or sought_in_acts(node)
        case ast.MatchValue():
            return is_act(node.value)
        case ast.Subscript():
            return is_acts(node.value) and is_act(node.slice)
        case ast.Call(func=ast.Attribute(value=receiver)):
            return is_acts(receiver) and any(map(is_act, node.args))
    return False


def names(comparison: ast.Compare) -> set[str]:
    """The texts on the sides of `==` and `!=`, and the members of a literal right of `in`; not what is sought in it."""
    sides = list(comparison.comparators)
    if not isinstance(comparison.ops[0], ast.In | ast.NotIn):
        sides.append(comparison.left)
    literals = [
        element
        for side in sides
        for element in (side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side])
    ]
    return {one.value for one in literals if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def sought_in_acts(comparison: ast.Compare) -> bool:
    return is_act(comparison.left) and is_acts(comparison.comparators[0])


def is_act(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in EVENT_OF_ACT


def is_acts(node: ast.expr) -> bool:
    """True for an expression that, by its name, holds acts: `acts`, `stage.acts`, `stage.acts.keys()`."""
    return ast.unparse(node).removesuffix(".keys()").lower().endswith("acts")
