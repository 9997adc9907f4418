"""The desk's page of practice: start one, enter it, act as its invented people, and end it."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.features.leaving import leave
from chalicelib.features.leaving.leave import Leaving
from chalicelib.features.practice import file_invented, parts, queries, start
from chalicelib.features.practice.file_invented import FileInvented
from chalicelib.features.practice.start import PracticeStarted, StartPractice
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.people import sessions
from chalicelib.tenants.people.sessions import OwnOrganisation, PlayedPart
from chalicelib.web import member_session
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import time_text
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

PRACTICE = DESK + "/practice"


class RunningPractice(msgspec.Struct, frozen=True, kw_only=True):
    """`path`: of its desk, for who started it; empty for others."""

    name: str
    path: str
    until: str


class PartLine(msgspec.Struct, frozen=True):
    """An invented person. `current`: the caller acts as them."""

    sub: str
    name: str
    current: bool


def register(api: Api) -> None:
    _pages(api)
    _forms(api)


def _practises(member: Member) -> bool:
    """People of the office; in a practice organisation all."""
    return member.org.practice is not None or any(grant.role != RESPONDENT for grant in member.asker.grants)


def _pages(api: Api) -> None:
    @desk_page(api, PRACTICE, "Practise without consequences", query=ToldQuery, is_for=_practises)
    def get_desk_practice(call: Call) -> Reply:
        desk = desk_of(call)
        return _home(call, desk) if desk.member.org.practice is None else _inside(call, desk)

    @desk_form(api, PRACTICE, "Start a practice organisation", weight=30)
    def post_desk_practice(call: Call) -> Reply:
        desk_of(call)  # refuses who is no member, whatever the form has
        command = StartPractice(tenant=tenant_of(call), sub=sub_of(call), key=_key(call), now=call.now)
        started = msgspec.convert(start.start(call.wiring, command).body, PracticeStarted)
        _keep_in_menu(call, started)
        return _lead(call, started.id, "started")


def _forms(api: Api) -> None:
    @desk_form(api, PRACTICE + "/complaints", "File invented complaints", weight=10)
    def post_desk_practice_complaints(call: Call) -> Reply:
        desk = desk_of(call)
        command = FileInvented(
            tenant=tenant_of(call), sub=person_of(call), source=call.route_id, key=_key(call), now=call.now
        )
        found = file_invented.file_invented(call.wiring, command)
        return desk.page("practice/filed.html", {"complaints": found})

    @desk_form(api, PRACTICE + "/part", "Act as an invented person, or as oneself again")
    def post_desk_practice_part(call: Call) -> Reply:
        tenant, part = desk_of(call).member.org.id, Answers(call.body).one("sub")
        if part:
            parts.check(call.wiring.store, tenant, person_of(call), part)
        found = member_session.opened(call.headers, call.wiring)
        if found is not None:
            sessions.with_part(call.wiring, found, PlayedPart(tenant, part) if part else None)
        return _lead(call, tenant, "part")

    @desk_form(api, PRACTICE + "/end", "End a practice organisation")
    def post_desk_practice_end(call: Call) -> Reply:
        org = desk_of(call).member.org
        if org.practice is None:
            raise Problem("not-found", "This is no practice organisation.")
        command = OwnerCommand(tenant=org.id, sub=person_of(call), now=call.now)
        leave.leave(call.wiring, command, Leaving(id=org.id))
        return _lead(call, org.practice.of, "ended")


def person_of(call: Call) -> str:
    """Who is signed in, whoever they act as."""
    caller = call.caller
    return caller.played_by if isinstance(caller, Person) and caller.played_by else sub_of(call)


def _key(call: Call) -> str:
    """Of the form, so that a double click does it once."""
    given = Answers(call.body).one("key")
    if re.fullmatch(KEY_PATTERN, given) is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    return given


def _lead(call: Call, tenant: str, told: str) -> Reply:
    from chalicelib.web.pages.reader import reader_of

    return see_other(reader_of(call).link(PRACTICE.format(tenant=tenant), told=told))


def _keep_in_menu(call: Call, started: PracticeStarted) -> None:
    """The session lists the person's organisations as they were at sign-in."""
    found = member_session.opened(call.headers, call.wiring)
    if found is not None and started.id not in {one.id for one in found.session.organisations}:
        asked = any(one.second_factor for one in found.session.organisations if one.id == tenant_of(call))
        own = OwnOrganisation(started.id, started.name, asked)
        sessions.with_organisations(call.wiring, found, [*found.session.organisations, own])


def _home(call: Call, desk: Desk) -> Reply:
    wiring, tenant, sub = call.wiring, tenant_of(call), sub_of(call)
    found = queries.listed(wiring.store, wiring.real_clock, tenant, sub, call.now)
    lines = [_line(desk, one, sub) for one in found.practices]
    known = {"practices": lines, "most": found.most, "has_own": any(one.path for one in lines)}
    return desk.page("practice/start.html", {**known, "key": str(uuid.uuid4()), "told": call.query.told})


def _line(desk: Desk, one: PracticeStarted, sub: str) -> RunningPractice:
    return RunningPractice(
        name=one.name,
        path=DESK.format(tenant=one.id) if one.by == sub else "",
        until=time_text(desk.member.policy.calendar, desk.reader, one.until),
    )


def _inside(call: Call, desk: Desk) -> Reply:
    return desk.page("practice/inside.html", _inside_values(call, desk))


def _inside_values(call: Call, desk: Desk) -> dict[str, Any]:
    org, sub = desk.member.org, sub_of(call)
    if org.practice is None:
        raise TypeError("the page is of a practice organisation")
    found = list(parts.people(call.wiring.store, org.id))
    return {
        "until": time_text(desk.member.policy.calendar, desk.reader, to_text(org.practice.until)),
        "home": DESK.format(tenant=org.practice.of),
        "parts": [PartLine(one.sub, one.name, one.sub == sub) for one in found],
        "plays": any(one.sub == sub for one in found),
        "sample": desk.member.policy.document.sample is not None,
        "key": str(uuid.uuid4()),
        "told": call.query.told,
    }
