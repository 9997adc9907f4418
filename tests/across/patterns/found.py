"""Every regular expression of the product, found in its source, with the function that applies it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from infra.checks.trees import ROOT, files, nodes

FUNCTIONS = ("search", "match", "fullmatch", "finditer")
_LIKE_FINDITER = ("findall", "sub", "subn", "split")
_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)


class Use(NamedTuple):
    """`how`: a function of `re` that takes as long as the one in the source."""

    place: str
    how: str
    pattern: re.Pattern[Any]


class Unknown(LookupError):
    """A pattern whose value the source does not give."""


def uses(part: str, makers: Mapping[str, list[str]]) -> Iterator[Use]:
    """Of all modules of a package. `makers`: by place, patterns of those that are made as the code runs.

    Raises `Unknown`.
    """
    for path in files(part):
        found = [node for node in nodes(path) if isinstance(node, ast.Call) and _pattern(node) is not None]
        if found:
            yield from _in_module(path, found, makers)


def _in_module(path: Path, found: list[ast.Call], makers: Mapping[str, list[str]]) -> Iterator[Use]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for call in found:
        pattern = _pattern(call)
        assert pattern is not None
        place = f"{path.relative_to(ROOT).as_posix()}: {ast.unparse(pattern)}"
        values = makers[place] if place in makers else _values(call, module, path, place)
        flags = next((_value(each, vars(module)) for each in [*call.args, *_keywords(call)] if _is_flag(each)), 0)
        for value in values:
            for how in _how(call, path):
                yield Use(place, how, re.compile(value, flags))


def _pattern(call: ast.Call) -> ast.expr | None:
    """The pattern of a call of `re`, or of a struct's member (`msgspec.Meta(pattern=…)`)."""
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re":
        return call.args[0] if function.attr in (*FUNCTIONS, *_LIKE_FINDITER, "compile") else None
    return next((each.value for each in call.keywords if each.arg == "pattern"), None)


def _how(call: ast.Call, path: Path) -> list[str]:
    """msgspec searches. What a compiled pattern is used for is read in its module; PyYAML matches."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "compile":
        used = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute) and _is_of(node.value, call, path)}
        return sorted({_like(each) for each in used & {*FUNCTIONS, *_LIKE_FINDITER}}) or ["match"]
    return [_like(name)] if name in (*FUNCTIONS, *_LIKE_FINDITER) else ["search"]


def _is_of(node: ast.expr, call: ast.Call, path: Path) -> bool:
    """Whether the expression is the compiled pattern, or the constant that it is assigned to."""
    if node is call or not isinstance(node, ast.Name):
        return node is call
    assigned = (one for one in nodes(path) if isinstance(one, ast.Assign) and one.value is call)
    return any(ast.unparse(target) == node.id for one in assigned for target in one.targets)


def _like(name: str) -> str:
    return "finditer" if name in _LIKE_FINDITER else name


def _keywords(call: ast.Call) -> list[ast.expr]:
    return [each.value for each in call.keywords]


def _is_flag(node: ast.expr) -> bool:
    return ast.unparse(node).startswith("re.") and not isinstance(node, ast.Call)


def _values(call: ast.Call, module: ModuleType, path: Path, place: str) -> list[Any]:
    """The pattern's value, or its values where it is the variable of a loop over a constant."""
    pattern = _pattern(call)
    assert pattern is not None
    if isinstance(pattern, ast.IfExp):
        return [_value(each, vars(module)) for each in (pattern.body, pattern.orelse)]
    try:
        return [_value(pattern, vars(module))]
    except NameError:
        loops = list(_loops(call, ast.unparse(pattern), path))
    try:
        found = [value for loop in loops for value in _looped(loop, ast.unparse(pattern), module)]
    except NameError:
        raise Unknown(place) from None
    if not found:
        raise Unknown(place)
    return found


def _loops(call: ast.Call, name: str, path: Path) -> Iterator[ast.For | ast.comprehension]:
    """The loops around the call that set the name."""
    for node in nodes(path):
        loops = node.generators if isinstance(node, _COMPREHENSIONS) else [node] if isinstance(node, ast.For) else []
        for loop in loops:
            if name in _names(loop.target) and call in ast.walk(node):
                yield loop


def _looped(loop: ast.For | ast.comprehension, name: str, module: ModuleType) -> list[Any]:
    names = _names(loop.target)
    return [one if len(names) == 1 else one[names.index(name)] for one in _value(loop.iter, vars(module))]


def _names(target: ast.expr) -> list[str]:
    return [ast.unparse(one) for one in (target.elts if isinstance(target, ast.Tuple) else [target])]


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), dict(names))
