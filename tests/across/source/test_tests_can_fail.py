"""Each test asserts something, and none is true because there is nothing to check.

Helpers are followed by name: a helper verifies if its last statement is an assertion.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from infra.checks import trees

TESTS = trees.ROOT / "tests"
MADE_TO_LEAK = TESTS / "across/leaks/leaking.py"
VERIFYING = {"raises", "fail", "validate", "validate_response", "call_and_validate", "check_publishable"}
"""Calls of libraries, and of functions whose only result is an error."""
NO_ERROR = {
    "test_a_good_file_passes",
    "test_a_form_presigned_by_botocore_is_accepted",
    "test_an_x_ignore_field_is_ignored",
    "test_an_empty_commit_is_nothing",
    "test_deleting_an_absent_object_is_no_error",
    "test_released_bytes_can_be_reserved_again",
    "test_outside_of_a_budget_nothing_is_counted",
    "test_a_narrow_one_costs_each_year_at_most_once",
}
"""Tests of calls that must raise no error, beside tests in which the same call raises one."""
SUCCESS, REFUSAL = range(200, 300), range(400, 600)
Function = ast.FunctionDef


@cache
def functions() -> list[tuple[Path, Function]]:
    files = [path for path in trees.files("tests") if path != MADE_TO_LEAK]
    return [(path, node) for path in files for node in trees.statements(trees.tree(path)) if isinstance(node, Function)]


def all_tests() -> list[tuple[Path, Function]]:
    return [(path, node) for path, node in functions() if node.name.startswith("test_")]


def names_called(node: ast.AST) -> set[str]:
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in calls}


def last(body: list[ast.stmt]) -> ast.stmt:
    """The last statement, inside of blocks too."""
    found = body[-1]
    return last(found.body) if isinstance(found, ast.With | ast.For | ast.While | ast.If | ast.Try) else found


def verifying(statement: ast.AST) -> tuple[bool, set[str]]:
    """Whether the statement verifies by itself, and the functions that it calls: it verifies if one of them does."""
    if isinstance(statement, ast.Assert | ast.Raise):
        return True, set()
    if isinstance(statement, ast.Assign):
        return bool(names_called(statement) & VERIFYING), set()
    return False, names_called(statement.value) if isinstance(statement, ast.Expr) else set()


@cache
def helpers() -> set[str]:
    """The names of all functions that end with an assertion, or with a call of such a function."""
    ends = [(node.name, *verifying(last(node.body))) for _, node in functions()]
    found, before = VERIFYING | {name for name, itself, _ in ends if itself}, -1
    while before != len(found):
        before = len(found)
        found |= {name for name, _, called in ends if called & found}
    return found


def asserts(test: Function) -> bool:
    return any(_verifies(statement) for statement in trees.statements(test))


def _verifies(statement: ast.stmt) -> bool:
    itself, called = verifying(statement)
    managers = [item.context_expr for item in statement.items] if isinstance(statement, ast.With) else []
    return itself or any(names & helpers() for names in (called, *map(names_called, managers)))


def shown(path: Path, node: ast.stmt, name: str) -> str:
    return f"{path.relative_to(TESTS)}:{node.lineno} {name}"


def assertions() -> Iterator[tuple[Path, Function, ast.Assert]]:
    for path, test in all_tests():
        yield from ((path, test, node) for node in trees.statements(test) if isinstance(node, ast.Assert))


@pytest.mark.slow
def test_each_test_asserts_something() -> None:
    silent = [(path, test) for path, test in all_tests() if not asserts(test)]
    assert {test.name for _, test in silent} >= NO_ERROR
    assert [shown(path, test, test.name) for path, test in silent if test.name not in NO_ERROR] == []


def _may_be_empty(node: ast.AST) -> bool:
    """True for `all(… for one in values)` unless `values` is written out, a constant or `nonempty(…)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "all"):
        return False
    [given] = node.args
    over = given.generators[0].iter if isinstance(given, ast.GeneratorExp) else given
    is_checked = isinstance(over, ast.Call) and getattr(over.func, "id", "") == "nonempty"
    is_constant = isinstance(over, ast.Name) and over.id.isupper()
    return not is_checked and not is_constant and not (isinstance(over, ast.Tuple | ast.List) and over.elts)


def _is_property(test: Function) -> bool:
    """Hypothesis finds cases with something to check; some of its examples have none."""
    return any("given" in names_called(one) for one in test.decorator_list)


@pytest.mark.slow
def test_no_assertion_is_true_of_nothing() -> None:
    empty = [
        shown(path, node, test.name)
        for path, test, node in assertions()
        if not _is_property(test) and any(map(_may_be_empty, _asserted(node.test)))
    ]
    assert empty == [], "iterate over `nonempty(…)` of tests/helpers/nonempty.py"


def _asserted(test: ast.expr) -> list[ast.expr]:
    """The expressions that must be true: of `a and b`, both."""
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]


def _accepts_both(node: ast.AST) -> bool:
    """True for `status in (200, 422)`: the same request cannot rightly succeed and fail."""
    if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In)):
        return False
    of = node.comparators[0]
    values = [one.value for one in getattr(of, "elts", []) if isinstance(one, ast.Constant)]
    return any(value in SUCCESS for value in values) and any(value in REFUSAL for value in values)


MANY_REQUESTS = {"test_each_request_under_an_accepted_document_is_answered_in_time"}
"""Tests that send every request under many documents: some of them refuse it."""


def test_no_assertion_accepts_success_and_refusal() -> None:
    both = [
        shown(path, node, test.name)
        for path, test, node in assertions()
        if test.name not in MANY_REQUESTS and any(map(_accepts_both, ast.walk(node.test)))
    ]
    assert both == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def test_a(): hire()", False),
        ("def test_a():\n  with untouched(): pass", True),
        ("def test_a(): refused()", True),
        ("def test_a(): x = refused()", False),
        ("def test_a():\n  for x in y:\n    assert x", True),
    ],
)
def test_assertions_are_found(source: str, found: bool) -> None:
    [test] = ast.parse(source).body
    assert isinstance(test, Function)
    assert asserts(test) is found


@pytest.mark.parametrize(
    ("source", "is_empty"),
    [
        ("all(x for x in y)", True),
        ("all(y)", True),
        ("all(x for x in (1, 2))", False),
        ("all(x in y for x in ALL)", False),
        ("all(nonempty(y))", False),
    ],
)
def test_a_check_of_nothing_is_found(source: str, is_empty: bool) -> None:
    assert _may_be_empty(ast.parse(source, mode="eval").body) is is_empty


def test_no_test_changes_the_order_of_a_table_for_those_that_follow() -> None:
    """`delitem` of pytest puts the row back at the end. `tests.helpers.rows.without` keeps its place."""
    named = {path for path in trees.files("tests") if "delitem" in path.read_text("utf-8")}
    found = [(path, node) for path, node in functions() if path in named and "delitem" in names_called(node)]
    assert [f"{path.name}: {node.name}" for path, node in found] == []
