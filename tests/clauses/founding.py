"""Cache of organisations: each kind is signed up once per process, and later tests start from a copy."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from tests.clauses.world import InProcess, World
from tests.helpers.fakes.trail import Node

MOST = 256
"""Maximum number of cached organisations. Mutation tests create many that are used only briefly, so the least recently
used one goes first."""


class Founded(NamedTuple):
    """The state of a world with one organisation. `handles`: the credentials that `make` returned."""

    start: Node
    handles: dict[str, dict[str, str]]


_founded: OrderedDict[Hashable, Founded] = OrderedDict()


def once(world: World, what: Hashable, make: Callable[[], dict[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    """Returns the result of `make`. In an untouched world, it restores a cached state if there is one."""
    if type(world) is not InProcess or not world.untouched():
        return make()
    key = what, world.lens, world.now()
    found = _founded.get(key)
    if found is None:
        handles = make()
        found = _founded[key] = Founded(world.keep(), handles)
        if len(_founded) > MOST:
            _founded.popitem(last=False)
    else:
        _founded.move_to_end(key)
        world.begin_at(found.start)
    return {name: dict(of_each) for name, of_each in found.handles.items()}
