"""Speeds up moto's update expressions. Part of the shim (`moto_shim`). Not part of the deployment.

moto goes through each expression ten times. At each node it asks for the types to process again, and compares abstract
classes. This takes a sixth of the local stack's time. The patch remembers the answer for each type of node.

moto also copies the whole item up to three times for one update. It changes no text, number or bytes, but puts another
in its place, so the copy of an item with only these may share them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from moto.dynamodb.models.dynamo_type import Item, LimitedSizeDict
from moto.dynamodb.parsing import ast_nodes

_NODES: Any = ast_nodes
_FIXED = frozenset({"B", "BOOL", "N", "NULL", "S"})


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""
    traverser = _NODES.DepthFirstTraverser
    slow = traverser.traverse_node_recursively
    processed: dict[tuple[type, type], bool] = {}

    def is_processed(self: Any, kind: type) -> bool:
        asked = (type(self), kind)
        if asked not in processed:
            processed[asked] = issubclass(kind, self.nodes_to_be_processed())
        return processed[asked]

    def traverse(self: Any, node: Any, child_id: int = -1) -> Any:
        kind: Any = type(node)
        if not _is_node(kind):
            return node
        parent = node.parent
        for place, child in enumerate(node.children or ()):
            self.pre_processing_of_child(node, place)
            traverse(self, child, place)
        if is_processed(self, kind):
            node = self.process(node)
            node.parent = parent
            if parent:
                parent.children[child_id] = node
        return node

    def remove() -> None:
        traverser.traverse_node_recursively = slow
        item.__deepcopy__ = deepcopy

    item: Any = Item
    deepcopy = item.__deepcopy__
    traverser.traverse_node_recursively = traverse
    item.__deepcopy__ = lambda self, memo: _copy(self) or deepcopy(self, memo)
    return remove


def _copy(item: Any) -> Any:
    """None for an item with sets, lists or maps."""
    if any(one.type not in _FIXED for one in item.attrs.values()):
        return None
    made: Any = Item.__new__(Item)
    made.hash_key, made.range_key, made.attrs = item.hash_key, item.range_key, LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(made.attrs, item.attrs)  # without the checks of the size, which the item has passed
    return made


@cache
def _is_node(kind: type) -> bool:
    return issubclass(kind, _NODES.Node)
