"""The desk's list of the people, with their roles, deputies and mails, and the second factor of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.organisations import second_factor
from chalicelib.features.organisations.second_factor import SecondFactor
from chalicelib.features.people import appoint_deputy
from chalicelib.features.people.pages import frame
from chalicelib.features.people.pages.frame import NAME, PEOPLE, SECTION
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk, desk_form
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.sections import is_owner, section_page
from chalicelib.web.pages.times import day_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """`notes`: what an owner has to know of the person, each in a sentence."""

    sub: str
    name: str
    email: str
    grants: list[str]
    notes: list[str]


def register(api: Api) -> None:
    @section_page(
        api, SECTION, NAME, "The people, their roles and deputies", group="people", shown_to=is_owner, query=ToldQuery
    )
    def get_desk_people(call: Call) -> Reply:
        desk = frame.people_desk(call)
        found = frame.members(desk)
        org = desk.member.org
        values = {
            "lines": [_line(desk, one, found) for one in found],
            "most": org.limits.people,
            "second_factor": org.second_factor,
            "told": call.query.told,
        }
        return desk.page("people/list.html", values)

    @desk_form(api, PEOPLE + "/second-factor", "Ask the people for a second factor, or no longer")
    def post_desk_people_second_factor(call: Call) -> Reply:
        desk, wanted = frame.people_desk(call), Answers(call.body).one("required") == "yes"
        second_factor.set_second_factor(call.wiring, owner_command(call), SecondFactor(required=wanted))
        return frame.back(desk, "", "asked" if wanted else "not_asked")


def _line(desk: Desk, one: Membership, members: list[Membership]) -> PersonLine:
    labels = labels_of(desk)
    return PersonLine(
        sub=one.sub,
        name=labels.person(one),
        email=one.email,
        grants=[frame.grant_text(desk, grant) for grant in one.grants],
        notes=notes(desk, one, members),
    )


def notes(desk: Desk, one: Membership, members: list[Membership]) -> list[str]:
    """Also on the page of the person."""
    say, labels, found = desk.reader.text, labels_of(desk), []
    if frame.is_last_owner(desk, one):
        found.append(say("people.last_owner"))
    if not one.told and one.sub != desk.member.org.founder:
        found.append(say("people.not_mailed"))
    if one.mail is not msgspec.UNSET:
        found.append(say(f"people.mail.{one.mail}"))
    deputy = appoint_deputy.named(one, desk.call.now)
    if deputy is not None:
        who = next((labels.person(other) for other in members if other.sub == deputy.sub), deputy.sub)
        zone = desk.member.policy.calendar.zone
        first, last = (day_text(desk.reader, wall_clock(zone, at).date()) for at in (deputy.start, deputy.until - 1))
        found.append(say("people.deputy", who=who, first=first, last=last))
    return found
