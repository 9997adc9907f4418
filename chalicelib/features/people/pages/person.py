"""The desk's page of a person: grants, the deputy for an absence, and the removal with a successor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.features.people import remove, set_grants
from chalicelib.features.people.pages import absence, frame
from chalicelib.features.people.pages.frame import PEOPLE, OfferedChoice
from chalicelib.features.people.pages.people import notes
from chalicelib.features.people.set_grants import Grants
from chalicelib.kit.problem import Problem
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import Reader, ToldQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PERSON = PEOPLE + "/{sub}"
_NO_UNIT = "-"
_OF_DEPUTY = {"sub", "from", "until"}
"""The inputs of its form."""


def register(api: Api) -> None:
    @desk_page(api, _PERSON, "A person, with their roles and their removal", query=ToldQuery)
    def get_desk_person(call: Call) -> Reply:
        desk = frame.people_desk(call)
        person = frame.member(desk, call.params["sub"])
        kept = frame.kept(desk, f"/{person.sub}")
        return _page(desk, person, kept.faults, kept.answers)

    @desk_form(api, _PERSON + "/grants", "Change the roles of a person")
    def post_desk_person_grants(call: Call) -> Reply:
        desk, given = frame.people_desk(call), Answers(call.body)
        person = frame.member(desk, call.params["sub"])
        wanted = _wanted(person, given)
        fault = _fault(desk, person, wanted, given)
        if fault is not None:
            return _refused(desk, person, fault)
        set_grants.set_grants(call.wiring, owner_command(call), person.sub, Grants(grants=wanted))
        if person.sub == desk.person.sub and StoredGrant(OWNER) not in wanted:
            return frame.to_desk(desk)
        return frame.back(desk, f"/{person.sub}", "grants")

    @desk_form(api, _PERSON + "/remove", "Remove a person")
    def post_desk_person_remove(call: Call) -> Reply:
        desk, to = frame.people_desk(call), Answers(call.body).one("to")
        person = frame.member(desk, call.params["sub"])
        if frame.is_last_owner(desk, person):
            return _refused(desk, person, CodedFault("to", "people.last_owner"))
        if not to:
            return _refused(desk, person, CodedFault("to", "people.no_successor"))
        remove.start(call.wiring, owner_command(call), person.sub, to)
        return frame.to_desk(desk) if person.sub == desk.person.sub else frame.back(desk, "", "removed")

    _deputy(api)


def _deputy(api: Api) -> None:
    @desk_form(api, _PERSON + "/deputy", "Appoint a deputy of a person")
    def post_desk_person_deputy(call: Call) -> Reply:
        desk, given = frame.people_desk(call), Answers(call.body)
        person = frame.member(desk, call.params["sub"])
        faults = absence.appoint(desk, absence.typed_in(given), person.sub)
        if not faults:
            return frame.back(desk, f"/{person.sub}", "deputy")

        def say(reader: Reader) -> list[InputFault]:
            return [one(reader) for one in faults]

        kept = kept_forms.again(call, frame.page_path(desk, f"/{person.sub}"), given, say)
        return kept or _page(desk, person, say(desk.reader), given, status=422)

    @desk_form(api, _PERSON + "/deputy/end", "End the absence of a person")
    def post_desk_person_deputy_end(call: Call) -> Reply:
        desk = frame.people_desk(call)
        person = frame.member(desk, call.params["sub"])
        absence.end(call, person.sub)
        return frame.back(desk, f"/{person.sub}", "back")


def _refused(desk: Desk, person: Membership, fault: CodedFault) -> Reply:
    given, below = Answers(desk.call.body), f"/{person.sub}"
    return frame.refused(desk, below, given, [fault], lambda faults: _page(desk, person, faults, given, status=422))


def _wanted(person: Membership, given: Answers) -> list[StoredGrant]:
    """What the person has, without what is ticked to be taken away, and with what is chosen besides."""
    taken = set(given.all("take"))
    kept = [one for one in person.grants if value_of(one) not in taken]
    role = given.one("role")
    return [*kept, StoredGrant(role, given.one("unit") or None)] if role else kept


def value_of(grant: StoredGrant) -> str:
    """Of the grant's box."""
    return f"{grant.role}/{grant.unit or _NO_UNIT}"


def _fault(desk: Desk, person: Membership, wanted: list[StoredGrant], given: Answers) -> CodedFault | None:
    role, unit = given.one("role"), given.one("unit")
    if not wanted:
        return CodedFault("grants", "people.no_grant")
    if frame.is_last_owner(desk, person) and StoredGrant(OWNER) not in wanted:
        return CodedFault("grants", "people.last_owner")
    if role == RESPONDENT and not unit:
        return CodedFault("unit", "people.respondent_of")
    if role == OWNER and unit:
        return CodedFault("unit", "people.owner_of_all")
    known = {one.value for one in frame.role_choices(desk)}
    if (role and role not in known) or (unit and unit not in desk.member.org.units):
        raise Problem("bad-request", "The form names a role or a unit that the organisation has not.")
    return None


def _page(desk: Desk, person: Membership, faults: Sequence[InputFault], given: Answers, *, status: int = 200) -> Reply:
    labels, found = labels_of(desk), frame.members(desk)
    stored, refused = absence.of_appointment(desk, person), {one.name for one in faults} & _OF_DEPUTY
    values = {
        "person": person,
        "name": labels.person(person),
        "grants": [OfferedChoice(value_of(one), frame.grant_text(desk, one)) for one in person.grants],
        "notes": notes(desk, person, found),
        "roles": frame.role_choices(desk),
        "units": frame.unit_choices(desk),
        "others": [OfferedChoice(one.sub, labels.person(one)) for one in found if one.sub != person.sub],
        "is_last_owner": frame.is_last_owner(desk, person),
        "stands_in": [labels.person(one) for one in found if one.deputy and one.deputy.sub == person.sub],
        "is_absent": bool(stored.sub),
        "typed": absence.typed_in(given) if refused else stored,
        "faults": faults,
        "told": getattr(desk.call.query, "told", None),
    }
    return desk.page("people/person.html", values, status=status)
