"""Makes moto's update expressions faster. Part of `lighter_moto`.

moto parses each expression again, copies its syntax tree with `copy.deepcopy`, and walks through the copy ten times.
Each time, each node asks which kinds of nodes are handled.
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
    patches.enter_context(patch.object(_nodes.DepthFirstTraverser, "traverse", _traverse))
    patches.enter_context(patch.object(_nodes.Node, "find_clauses", _find_clauses))


def _copy(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  moto's own objects


def _traverse(self: Any, root: Any) -> Any:
    """As in moto, where each node asks again which kinds of nodes the processor handles."""
    kinds, handled = self.nodes_to_be_processed(), dict[Any, bool]()
    before = None if _has_default(self, "pre_processing_of_child") else self.pre_processing_of_child

    def walk(node: Any, place: int) -> Any:
        kind: Any = type(node)
        if not _is_node(kind):
            return node
        parent = node.parent
        for number, child in enumerate(node.children or ()):
            if before is not None:
                before(node, number)
            walk(child, number)
        if kind not in handled:
            handled[kind] = issubclass(kind, kinds)
        if handled[kind]:
            node = self.process(node)
            node.parent = parent
            if parent:
                parent.children[place] = node
        return node

    return walk(root, -1)


def _has_default(processor: Any, name: str) -> bool:
    return getattr(type(processor), name) is getattr(_nodes.DepthFirstTraverser, name)


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
def _is_node(kind: Any) -> bool:
    return issubclass(kind, _nodes.Node)


@cache
def _has_clauses(kind: Any) -> bool:
    return issubclass(kind, (_nodes.Expression, _nodes.UpdateExpressionFunction))
