"""The desk's matrix of people and roles for the whole organisation. Grants for units stand beside it, and stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.people import set_grants
from chalicelib.features.people.pages import frame
from chalicelib.features.people.pages.frame import PEOPLE
from chalicelib.features.people.set_grants import Grants
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import ToldQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_MATRIX = PEOPLE + "/matrix"
_SHOWN, _TICKED = "shown", "has"
_MOST = 60
"""People of a page. Others are changed on their own pages."""


class MatrixRow(msgspec.Struct, frozen=True, kw_only=True):
    """`has`: the roles for the whole organisation. `ticked`: as they were sent, if they were refused. `of_units`: the
    other grants, in words."""

    sub: str
    name: str
    has: list[str]
    ticked: list[str]
    of_units: list[str]


class Changed(msgspec.Struct, frozen=True):
    """A person and the grants that they get."""

    person: Membership
    grants: list[StoredGrant]


def register(api: Api) -> None:
    @desk_page(api, _MATRIX, "The people and their roles as a matrix", query=ToldQuery)
    def get_desk_matrix(call: Call) -> Reply:
        desk = frame.people_desk(call)
        kept = frame.kept(desk, "/matrix")
        return _page(desk, frame.members(desk)[:_MOST], kept.faults, kept.answers)

    @desk_form(api, _MATRIX, "Change the roles of several people", weight=10)
    def post_desk_matrix(call: Call) -> Reply:
        desk, given = frame.people_desk(call), Answers(call.body)
        found = frame.members(desk)[:_MOST]
        changed = list(_changes(desk, found, given))
        faults = list(_faults(desk, found, changed))
        if faults:
            show = partial(_page, desk, found, given=given, status=422)
            return frame.refused(desk, "/matrix", given, faults, lambda said: show(faults=said))
        for one in sorted(changed, key=lambda each: StoredGrant(OWNER) not in each.grants):  # new owners come first
            set_grants.set_grants(call.wiring, owner_command(call), one.person.sub, Grants(grants=one.grants))
        return frame.back(desk, "/matrix", "grants" if changed else "same")


def _changes(desk: Desk, people: list[Membership], given: Answers) -> Iterator[Changed]:
    """By what the page showed: what others have changed since then stays."""
    shown, ticked = set(given.all(_SHOWN)), set(given.all(_TICKED))
    roles = [one.value for one in frame.role_choices(desk, reserved=[OWNER])]
    for person in people:
        of_form = {role: f"{person.sub}/{role}" for role in roles}
        added = {role for role, value in of_form.items() if value in ticked - shown}
        taken = {role for role, value in of_form.items() if value in shown - ticked}
        grants = [one for one in person.grants if one.unit is not None or one.role not in taken]
        grants += [StoredGrant(role) for role in sorted(added) if StoredGrant(role) not in grants]
        if grants != person.grants:
            yield Changed(person, grants)


def _faults(desk: Desk, people: list[Membership], changed: list[Changed]) -> Iterator[CodedFault]:
    labels, after = labels_of(desk), {one.sub: one.grants for one in people}
    after |= {one.person.sub: one.grants for one in changed}
    for one in changed:
        if not one.grants:
            yield CodedFault(f"p-{one.person.sub}", "people.none_of", {"who": labels.person(one.person)})
    if len(people) < _MOST and not _has_owner(after):
        yield CodedFault("matrix", "people.last_owner")


def _has_owner(grants: Mapping[str, list[StoredGrant]]) -> bool:
    return any(StoredGrant(OWNER) in each for each in grants.values())


def _page(
    desk: Desk, people: list[Membership], faults: Sequence[InputFault], given: Answers, *, status: int = 200
) -> Reply:
    """`given`: what was ticked and refused."""
    values = {
        "roles": frame.role_choices(desk, reserved=[OWNER]),
        "rows": [_row(desk, one, given) for one in people],
        "rest": desk.member.org.people - len(people),
        "faults": faults,
        "told": getattr(desk.call.query, "told", None),
    }
    return desk.page("people/matrix.html", values, status=status)


def _row(desk: Desk, one: Membership, given: Answers) -> MatrixRow:
    has = [grant.role for grant in one.grants if grant.unit is None]
    of_form = [value.rpartition("/")[2] for value in given.all(_TICKED) if value.startswith(f"{one.sub}/")]
    return MatrixRow(
        sub=one.sub,
        name=labels_of(desk).person(one),
        has=has,
        ticked=of_form if given.given else has,
        of_units=[frame.grant_text(desk, grant) for grant in one.grants if grant.unit is not None],
    )
