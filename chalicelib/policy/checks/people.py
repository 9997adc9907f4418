"""Checks selections of people by their part in the record: `not` and `same`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chalicelib.policy.checks.events.event_names import undefined_events
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.parts import ActorSelector, PeopleSelector
from chalicelib.policy.language.vocabulary import EVENTS, EVENTS_OF_PEOPLE
from chalicelib.policy.reading.faults import Fault, Path

_NOT_STAFF = frozenset({"complainant", "respondent"})


def restriction_faults(
    path: Path, recipients: Iterable[str | PeopleSelector | ActorSelector], names: DefinedNames
) -> Iterator[Fault]:
    """Checks each selector of a list. Plain names have no restriction."""
    for index, one in enumerate(recipients):
        if isinstance(one, str) or not (one.excluded or one.same):
            continue
        if (one.role in _NOT_STAFF and not _excludes_speakers(one)) or one.role.startswith("field."):
            yield Fault((*path, index), "party-restricted", name=one.role)
        yield from record_faults((*path, index), one.excluded, one.same, names)


def _excludes_speakers(one: PeopleSelector | ActorSelector) -> bool:
    """In `by`, `not` of the complainant excludes members who would record the act on their behalf."""
    return isinstance(one, ActorSelector) and one.role == "complainant" and one.same is None


def record_faults(path: Path, excluded: Sequence[str], same: str | None, names: DefinedNames) -> Iterator[Fault]:
    """The events must be possible, and caused by people."""
    for event in excluded:
        yield from _event_faults((*path, "not"), event, names)
    if same is not None:
        yield from _event_faults((*path, "same"), same, names)
        if same in excluded:
            yield Fault((*path, "same"), "not-and-same", name=same)


def _event_faults(path: Path, event: str, names: DefinedNames) -> Iterator[Fault]:
    known = sorted(names.events & EVENTS_OF_PEOPLE)
    if event not in EVENTS:
        yield from undefined_events(path, [event], known)
    elif event not in EVENTS_OF_PEOPLE:
        yield Fault(path, "nobody-causes", name=event, known=known)
    elif event not in names.events:
        yield Fault(path, "cannot-happen", name=event, known=known)
