"""Steps that tests of a process take from the same start, so that a later test need not play them again.

A step is a call of a world with its arguments, such as a request. A test that repeats the steps of an earlier one gets
the same results, and the state after the last of them is restored when the test needs it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from tests.fakes.kept import Kept
from tests.fakes.wiring import Fakes

MOST = 600
"""Maximum number of steps that a process keeps. Tests with a common beginning are neighbours in a file."""


class Node:
    """The state after a step, and its result. `after`: the nodes of later steps."""

    def __init__(self, kept: Kept, relayed: int, result: Any = None) -> None:
        self.kept, self.relayed, self.result = kept, relayed, result
        self.after: dict[Hashable, Node] = {}

    def known(self, step: Hashable) -> Node | None:
        found = self.after.get(step)
        if found is not None:
            _recent.move_to_end(found)
        return found

    def add(self, step: Hashable, node: Node) -> Node:
        self.after[step] = node
        _recent[node] = self, step
        if len(_recent) > MOST:
            _, (before, taken) = _recent.popitem(last=False)
            del before.after[taken]
        return node


_recent: OrderedDict[Node, tuple[Node, Hashable]] = OrderedDict()
"""All nodes except starts, the least recently used one first."""


class Steps:
    """A world whose steps may be those of an earlier test. It then only follows them, and its fakes stay behind.

    `_fakes`, `_relayed`: of the subclass, which puts its steps through `_step`.
    """

    _fakes: Fakes

    def __init__(self) -> None:
        self._relayed = 0
        self._node: Node | None = None
        self._behind = False
        self._stepping = False
        self._alone = False

    def _step(self, step: Hashable, take: Callable[[], Any]) -> Any:
        """The result of `take`, or of an earlier test that took the same steps from the same state."""
        if self._stepping:
            return take()
        known = self._node.known(step) if self._node is not None and self._behind else None
        if known is not None:
            self._node = known
            return known.result
        self._catch_up()
        before, self._node, self._stepping = self._node, None, True
        try:
            result = take()
        finally:
            self._stepping = False
        if before is not None and step not in before.after and Kept.at_rest(self._fakes):
            self._node = before.add(step, Node(Kept(self._fakes), self._relayed, result))
        return result

    def _go_alone(self) -> None:
        """The later steps of this world are its own."""
        self._catch_up()
        self._node, self._alone = None, True

    def _catch_up(self) -> None:
        """Restores the state of the node that this world has reached."""
        if self._node is not None and self._behind:
            self._node.kept.put_into(self._fakes)
            self._relayed, self._behind = self._node.relayed, False
