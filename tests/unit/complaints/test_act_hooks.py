"""The table of acts: one row gives an act its rules, and no other module knows acts by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.complaints import act_hooks, acts
from chalicelib.complaints.act_hooks import ACTS, ActHooks, hooks_of
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.permits import ActRequest, Asker, Grant
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNLISTED_ACTS
from chalicelib.problem import Place, Problem
from tests.unit.complaints import play
from tests.unit.complaints.play import Life

PACKAGE = Path(act_hooks.__file__).parents[1]
FILES = sorted(path for part in ("complaints", "casework") for path in (PACKAGE / part).rglob("*.py"))
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
        return acts.office_acts_open_to(life.policy, life.complaint, asker)

    assert ("rate" in office_acts(BOARD), "rate" in office_acts(CLERK)) == (True, False)
    assert life.act(ActRequest("rate"), BOARD, play.START) is None


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_form_shows_only_fields_that_the_act_knows(life: Life, name: str) -> None:
    """A back-test requests the recorded fields that the act knows, and no others."""
    shown = {spec.name for spec in acts.form(life.policy, life.complaint, BOARD, name)}

    assert shown <= hooks_of(name).keys_of(life.policy)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_compares_names_of_acts(path: Path) -> None:
    assert [ast.unparse(one) for one in comparisons(path)] == []


def comparisons(path: Path) -> Iterator[ast.Compare]:
    """Comparisons of something with a text, or with one of several texts, that is the name of an act."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Compare) and names(node) & EVENT_OF_ACT.keys():
            yield node


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
