"""Finds the English texts of problems in the source: the arguments that reach `Problem`, `Place` or `Text`.

A function that passes a parameter on to one of them is followed to its callers.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from infra.checks import trees

ROOT = trees.ROOT
SINKS = {
    ("Problem", 1),
    ("WrongReceipt", 1),
    ("Place", 1),
    ("InvalidFieldValue", 0),
    ("InvalidValue", 2),
    ("NotOpen", 0),
    ("report", 1),
}
"""The functions that take a text, each with the position of the text among its arguments."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
Node = tuple[ast.AST, tuple[Function, ...]]
"""A node of a tree, and the functions around it, the innermost last."""
_LEAVES = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.alias, ast.Constant)


class Found(NamedTuple):
    texts: dict[str, str]
    """The templates, each with the place of one use."""
    unreadable: dict[str, str]
    """Arguments that are neither a text nor forwarded: the expression, with its place."""


class _Call(NamedTuple):
    node: ast.Call
    function: Function | None
    place: str

    @property
    def module(self) -> str:
        return self.place.partition(":")[0]


def find() -> Found:
    parsed = {str(path.relative_to(ROOT)): trees.tree(path) for path in trees.files("chalicelib")}
    nodes = {module: list(_within(tree)) for module, tree in parsed.items()}
    origins = _Origins.of(parsed.values(), nodes.values())
    calls: defaultdict[str, list[_Call]] = defaultdict(list)
    for call in (one for module, within in nodes.items() for one in _calls(module, within)):
        calls[_key(_name(call.node.func), call)].append(call)
    found, sinks, done = Found({}, {}), set(SINKS), set[tuple[str, int]]()
    for call in calls["Text"]:
        _sort(origins.of_expression(call.node, call.function), call, sinks, found)
    while new := sinks - done:
        done |= new
        for sink, position in sorted(new):
            for call in calls[sink]:
                for argument in call.node.args[position : position + 1]:
                    _sort(origins.of_expression(argument, call.function), call, sinks, found)
    return found


def _calls(module: str, nodes: Iterable[Node]) -> Iterator[_Call]:
    for node, functions in nodes:
        if isinstance(node, ast.Call):
            yield _Call(node, functions[-1] if functions else None, f"{module}:{node.lineno}")


def _within(tree: ast.AST) -> Iterator[Node]:
    """All nodes below. One pass, because `ast.walk` for each function takes longer than all tests of the texts."""
    waiting: list[Node] = [(tree, ())]
    while waiting:
        node, functions = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, _LEAVES):
                yield child, functions
                waiting.append((child, (*functions, child) if isinstance(child, Function) else functions))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _key(name: str, call: _Call) -> str:
    """Names of one module only are told apart by the module."""
    return f"{call.module}:{name}" if name.startswith("_") and name != "__init__" else name


def _sort(values: Iterable[ast.expr], call: _Call, sinks: set[tuple[str, int]], found: Found) -> None:
    for value in values:
        parameter = _parameter(value, call.function)
        if (text := _text(value)) is not None:
            found.texts.setdefault(text, call.place)
        elif call.function is not None and parameter is not None:
            sinks.add((_key(call.function.name, call), parameter))
        elif not isinstance(value, ast.Constant):
            found.unreadable[f"{call.module}: {ast.unparse(value)}"] = call.place


class _Origins(NamedTuple):
    """Where the value of an expression can come from: constants of modules, and functions that return texts."""

    constants: dict[str, list[ast.expr]]
    """By name. Modules can have the same."""
    functions: dict[str, list[ast.expr]]
    """The returned expressions, by the functions' names."""

    @classmethod
    def of(cls, trees: Iterable[ast.Module], nodes: Iterable[Iterable[Node]]) -> _Origins:
        constants: dict[str, list[ast.expr]] = {}
        functions: dict[str, list[ast.expr]] = {}
        for tree in trees:
            for node in tree.body:
                if isinstance(node, ast.Assign) and _target(node).isupper():
                    constants.setdefault(_target(node), []).append(node.value)
        for node, around in (one for of_tree in nodes for one in of_tree):
            if isinstance(node, ast.Return) and node.value:
                for function in around:
                    functions.setdefault(function.name, []).append(node.value)
        return cls(constants, functions)

    def of_expression(
        self, value: ast.expr, function: Function | None, seen: frozenset[ast.expr] = frozenset()
    ) -> Iterator[ast.expr]:
        """The expressions that the value can be: of a condition, an `or`, a variable, a constant or a call.

        `seen`: those on the way. Functions of the same names in different modules can seem to call each other.
        """
        sources = self._sources(value, function)
        if not sources:
            yield value
        for source in sources:
            if source not in seen:
                yield from self.of_expression(source, function, seen | {source})

    def _sources(self, value: ast.expr, function: Function | None) -> list[ast.expr]:
        if isinstance(value, ast.IfExp):
            return [value.body, value.orelse]
        if isinstance(value, ast.BoolOp):
            return value.values
        if isinstance(value, ast.Name):
            return _assigned(function).get(value.id) or self.constants.get(value.id, [])
        return self.functions.get(_name(value.func), []) if isinstance(value, ast.Call) and not _text(value) else []


@cache
def _assigned(function: Function | None) -> dict[str, list[ast.expr]]:
    """The values of each variable of the function."""
    found: dict[str, list[ast.expr]] = {}
    for node, _ in _within(function or ast.Module([], [])):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value:
            found.setdefault(_target(node), []).append(node.value)
    return found


def _target(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> str:
    return getattr(node.targets[0] if isinstance(node, ast.Assign) else node.target, "id", "")


def _text(value: ast.expr) -> str | None:
    if isinstance(value, ast.Call) and _name(value.func) == "Text":
        return _text(value.args[0])
    return value.value or None if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _parameter(value: ast.expr, function: Function | None) -> int | None:
    """The position of the parameter among the caller's arguments, without `self`."""
    if not isinstance(value, ast.Name) or function is None:
        return None
    names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
    return names.index(value.id) if value.id in names else None
