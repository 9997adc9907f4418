"""Checking who is told: the people, the words and the clock that they name must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.checks.names import condition, unknown
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import NotificationRule
from chalicelib.policy.reading.faults import Fault, Path


def tells(path: Path, given: Iterable[NotificationRule], names: DefinedNames) -> Iterator[Fault]:
    known = {*names.actors, "assigned", "owner"}
    for index, tell in enumerate(given):
        plain = [to for to in tell.to if not to.startswith("field.")]
        chosen = [to.removeprefix("field.") for to in tell.to if to.startswith("field.")]
        yield from unknown((*path, index, "to"), plain, known, "no-role")
        yield from unknown((*path, index, "to"), chosen, names.fields, "no-field")
        yield from condition((*path, index, "when"), tell.when, names)
        yield from unknown((*path, index, "encloses"), tell.encloses, names.fields, "no-field")
        if tell.wording is not None:
            yield from unknown((*path, index, "wording"), [tell.wording], names.wordings, "no-wording")
        if tell.due is not None:
            yield from unknown((*path, index, "due"), [tell.due], names.clocks, "no-clock")
