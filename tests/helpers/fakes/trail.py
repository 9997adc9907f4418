"""Steps that tests of a process take from the same start, so that a later test need not play them again.

A step is a call of a world with its arguments, such as a request. A test that repeats the steps of an earlier one gets
the same results, and the state after the last of them is restored when the test needs it. A step that leaves the state
as it was, such as most GET requests, leads nowhere: tests that differ only in these share all other steps.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from chalicelib.kit.instants import Instant
from tests.helpers.fakes.kept import Kept
from tests.helpers.fakes.wiring import Fakes, with_empty_caches

MOST = 4_000
"""Maximum number of steps that a process keeps. Tests with a common beginning are neighbours in a file."""


class Node:
    """The state after a step, and its result. `after`: the nodes of later steps. `looks`: results of steps that leave
    the state as it is."""

    def __init__(self, kept: Kept, relayed: int, result: Any = None) -> None:
        self.kept, self.relayed, self.result = kept, relayed, result
        self.after: dict[Hashable, Node] = {}
        self.looks: dict[Hashable, Any] = {}

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
        self._behind = self._warm = False
        self._looked: set[Hashable] = set()
        self._stepping = False
        self._alone = False

    def _step(self, step: Hashable, take: Callable[[], Any]) -> Any:
        """The result of `take`, or of an earlier test that took the same step from the same state."""
        if self._stepping:
            return take()
        before = self._node
        if before is not None and step in before.looks and step not in self._looked:
            self._looked.add(step)  # a test that looks twice wants to compare
            return before.looks[step]
        known = None if before is None else before.known(step)
        if known is not None:
            self._reach(known)
            return known.result
        self._catch_up()
        self._node, self._stepping, self._warm = None, True, True
        marks = self._marks()
        try:
            result = take()
        finally:
            self._stepping = False
        if before is not None:
            self._note(before, step, result, looked=marks == self._marks())
        return result

    def _reach(self, node: Node) -> None:
        """The fakes stay behind."""
        self._node, self._behind = node, True
        self._looked.clear()

    def _note(self, before: Node, step: Hashable, result: Any, *, looked: bool) -> None:
        if looked:
            before.looks[step] = result
            self._looked.add(step)
            self._node = before
        elif Kept.at_rest(self._fakes):
            self._node = before.add(step, Node(Kept(self._fakes), self._relayed, result))
            self._looked.clear()

    def _marks(self) -> object:
        """Changes with each change of the state."""
        return self._relayed, Kept.marks(self._fakes)

    def _go_alone(self) -> None:
        """The later steps of this world are its own."""
        self._catch_up()
        self._node, self._alone = None, True

    def _time(self) -> Instant:
        """The domain time. It needs no restored state."""
        return self._node.kept.time if self._node is not None and self._behind else self._fakes.clock()

    def _catch_up(self) -> None:
        """Restores the state of the node that this world has reached."""
        if self._node is not None and self._behind:
            if self._warm:
                self._fakes = with_empty_caches(self._fakes)
            self._node.kept.put_into(self._fakes)
            self._relayed, self._behind = self._node.relayed, False
