"""Organisations with a history that is long to play: each is made once per process, and every test gets a copy."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, NamedTuple

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.trail import Node


class Prepared(NamedTuple):
    """`name`: what `make` returned beside the organisation, such as the id of a job."""

    made: Organisation
    name: str
    start: Node


_prepared: dict[Hashable, Prepared] = {}


def prepared(
    what: Hashable, start: str, make: Callable[[InProcess], tuple[Organisation, str]]
) -> tuple[Organisation, str]:
    """The result of `make`, with the organisation in a world of its own whose caches are empty.

    `start`: of the world's clock. `make` must leave no message in a queue.
    """
    if what not in _prepared:
        world = InProcess(start)
        made, name = make(world)
        _prepared[what] = Prepared(made, name, world.keep())
    found = _prepared[what]
    world = InProcess(start)
    world.begin_at(found.start)
    handles: dict[str, Any] = {
        name: dict(getattr(found.made, name)) for name in ("tokens", "subs", "emails", "filed", "always")
    }
    return replace(found.made, world=world, **handles), found.name
