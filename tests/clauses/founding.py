"""An organisation is founded once a process: the next one like it begins with a copy of what came of that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from tests.clauses.world import InProcess, World
from tests.fakes.kept import Kept

MOST = 64
"""Kept at a time. Each clause test under another policy makes one that is soon of no use."""


class Founded(NamedTuple):
    """What there is of it, and how its people sign in: `handles` is what `make` gave."""

    kept: Kept
    relayed: int
    handles: dict[str, dict[str, str]]


_founded: OrderedDict[Hashable, Founded] = OrderedDict()


def once(world: World, what: Hashable, make: Callable[[], dict[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    """What `make` gives in a world in which nothing has happened yet; in any other it is made there."""
    if type(world) is not InProcess or not world.untouched():
        return make()
    key = what, world.lens, world.now()
    found = _founded.get(key)
    if found is None:
        handles = make()
        found = _founded[key] = Founded(Kept(world.fakes), world.relayed, handles)
        if len(_founded) > MOST:
            _founded.popitem(last=False)
    else:
        found.kept.put_into(world.fakes)
        world.relayed = found.relayed
    return {name: dict(of_each) for name, of_each in found.handles.items()}
