"""Who may handle a report: people whom it does not name, who took no part in the complaint.

Those who stand in for a person whom it names, or who took part, may not handle it either.

The supervisors of the policy come first. If none of them is independent, the owners handle it, and if none of them is,
the operators of the deployment. A deputy does not get the grants of an absent supervisor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Literal

import msgspec

from chalicelib.features.supervision.report import Particulars
from chalicelib.kit.instants import Instant
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership

Level = Literal["supervisors", "owners", "operators"]
NO_COMPLAINT = "000000-000000"
"""Read in place of a complaint that was not named, so that the number of reads does not tell."""
NO_MEMBER = "none"
"""Read beside the candidates: those whom the request has read already would need no read, which would tell them."""


class Standing(msgspec.Struct, frozen=True):
    """Who handles a report now. `roles`: of each person, the role in which they do."""

    level: Level
    roles: dict[str, str] = {}


def standing(store: Store, tenant: str, report: Particulars, now: Instant) -> Standing:
    """Reads the memberships of the candidates and the whole record of the complaint. The caller binds the tenant."""
    candidates = list(dict.fromkeys([NO_MEMBER, *report.supervisors, *report.owners]))
    people = {one.sub: one for one in queries.people_by_sub(store, tenant, candidates)}
    involved = {*report.excluded, *_in_record(store, tenant, report.complaint)}
    free = {sub: one for sub, one in people.items() if _is_free(store, tenant, one, involved, now)}
    supervisors = {
        sub: role for sub in report.supervisors if sub in free and (role := _role(free[sub], report.roles, report))
    }
    if supervisors:
        return Standing("supervisors", supervisors)
    owners = {sub: OWNER for sub in report.owners if sub in free and _role(free[sub], [OWNER], report)}
    return Standing("owners", owners) if owners else Standing("operators")


def _in_record(store: Store, tenant: str, complaint: str | None) -> set[str]:
    """All people whom the record names: actors, the absent people and proposers for whom they acted, deputies,
    assignees. Being told something is no part in it: such events name people as `@<sub>`."""
    record = CaseRef(tenant, complaint or NO_COMPLAINT)
    return {text for event in event_log.read_envelopes(store, record.pk) for text in _texts(event)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _is_free(store: Store, tenant: str, person: Membership, involved: Collection[str], now: Instant) -> bool:
    if person.sub in involved:
        return False
    absent = [sub for sub, until in person.stands_in.items() if now < until and sub in involved]
    return all(queries.deputy_of(one, now) != person.sub for one in queries.people_by_sub(store, tenant, absent))


def _role(person: Membership, roles: Collection[str], report: Particulars) -> str | None:
    """The role in which the person handles it. None for people of the office in a report about it, and for
    respondents in one that concerns a complaint."""
    in_office = {*person.roles} - {*report.roles, OWNER, RESPONDENT}
    if (report.about.office and in_office) or (report.complaint and RESPONDENT in person.roles):
        return None
    return next((role for role in person.roles if role in roles), None)
