"""Exclusion: people who may not do an act because of their part in the complaint's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.participation import Doer
from chalicelib.complaints.state import Complaint
from chalicelib.policy.language.parts import PeopleSelector

if TYPE_CHECKING:
    from chalicelib.complaints.permits import Asker, Grant


def doers(complaint: Complaint, events: Iterable[str]) -> list[Doer]:
    """Everybody who did one of these events anywhere in the complaint's record."""
    return [] if complaint.participation is None else complaint.participation.of(events)


def people(found: Iterable[Doer]) -> frozenset[str]:
    """The doers, their deputies at that time, and the people they deputised for."""
    return frozenset(sub for doer in found for sub in doer.people)


def latest(complaint: Complaint, event: str) -> frozenset[str]:
    """The latest person who did the event, and the one they stood in for; empty without such an event."""
    doer = None if complaint.participation is None else complaint.participation.latest(event)
    return frozenset() if doer is None else frozenset(filter(None, (doer.sub, doer.stood_for)))


def is_recused(complaint: Complaint, asker: Asker) -> bool:
    """True if the asker, or somebody for whom they stand in now, is excluded from all acts on this complaint."""
    return bool(complaint.recused) and _concerns(complaint.recused, asker, None)


def permits(excluded: Sequence[str], same: str | None, complaint: Complaint, asker: Asker, grant: Grant) -> bool:
    """True unless the restrictions `not` (`excluded`) and `same` forbid the person to use this grant."""
    if excluded and _concerns(doers(complaint, excluded), asker, grant.lent_by):
        return False
    if _concerns(complaint.recused, asker, grant.lent_by):
        return False
    return same is None or (grant.lent_by or asker.id) in latest(complaint, same)


class Recipients(msgspec.Struct, frozen=True):
    """`names`: roles, `complainant`, and people as `@<sub>`. `excluded`: for a role, the people who are left out.

    `events`: the events because of which they are left out.
    """

    names: list[str]
    excluded: dict[str, list[str]]
    events: list[str]


def selected_recipients(complaint: Complaint, to: Iterable[str | PeopleSelector]) -> Recipients:
    """`same` becomes the latest person who did the event. Without such a person, no message is sent."""
    found = Recipients([], {}, [])
    for one in to:
        if isinstance(one, str):
            found.names.append(one)
            continue
        left_out = people(doers(complaint, one.excluded))
        if one.same is not None:
            found.names.extend(f"@{sub}" for sub in sorted(latest(complaint, one.same) - left_out))
            continue
        found.names.append(one.role)
        if left_out:
            found.excluded[one.role] = sorted(left_out)
            found.events.extend(one.excluded)
    return found


def _concerns(found: Sequence[Doer], asker: Asker, lender: str | None) -> bool:
    concerned = people(found)
    return not concerned.isdisjoint({asker.id, lender}) or any(doer.sub in asker.absent for doer in found)
