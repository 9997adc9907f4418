"""Makes moto's update expressions faster. Part of `lighter_moto`. `moto_updates` makes walking through them faster.

moto parses each expression again and copies its syntax tree with `copy.deepcopy`.
"""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch

from moto.dynamodb.parsing import ast_nodes, expressions, validators

_EXPRESSIONS = 1_000
"""Parsed expressions that are kept. The copies are changed, not the kept ones."""
_nodes: Any = ast_nodes
_parser: Any = vars(expressions)["UpdateExpressionParser"]


def install(patches: ExitStack) -> None:
    """Patches moto until `patches` is closed."""
    patches.enter_context(patch.object(_parser, "make", lru_cache(_EXPRESSIONS)(_parser.make)))
    patches.enter_context(patch.object(validators, "deepcopy", _copy))
    patches.enter_context(patch.object(_nodes.Node, "find_clauses", _find_clauses))


def _copy(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  moto's own objects


def _find_clauses(self: Any, clause_types: Any) -> list[Any]:
    """As in moto, where `isinstance` takes most of the time: the nodes have an abstract base class."""
    clauses: list[Any] = []
    for child in self.children or ():
        kind: Any = type(child)
        if kind in clause_types:
            clauses.append(child)
        elif _has_clauses(kind):
            clauses += _find_clauses(child, clause_types)
    return clauses


@cache
def _has_clauses(kind: Any) -> bool:
    return issubclass(kind, (_nodes.Expression, _nodes.UpdateExpressionFunction))
