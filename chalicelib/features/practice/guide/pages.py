"""The desk's page of the guide, and the forms of an owner's first day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.features.practice import running
from chalicelib.features.practice.guide import founding, give_roles, handling
from chalicelib.kit.problem import Problem
from chalicelib.tenants import opening
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, tenant_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_GUIDE = DESK + "/guide"
_OF_ROLE = "role."


def register(api: Api) -> None:
    @desk_page(api, _GUIDE, "The first steps of handlers and owners, with what is done", query=ToldQuery)
    def get_desk_guide(call: Call) -> Reply:
        desk = _desk(call)
        kept = kept_forms.find(call, call.query.form, f"{desk.path}/guide") or kept_forms.NONE
        return _page(desk, kept.faults)

    @desk_form(api, _GUIDE + "/roles", "Give roles that no member holds to members")
    def post_desk_guide_roles(call: Call) -> Reply:
        desk, given = _founding(call), Answers(call.body)
        asked = {name.removeprefix(_OF_ROLE): given.one(name) for name in given.given if name.startswith(_OF_ROLE)}
        chosen = {role: sub for role, sub in asked.items() if sub and role in desk.member.policy.document.people}
        if not chosen:
            return _refused(desk, given, [CodedFault("roles", "guide.roles_none")])
        give_roles.give(call.wiring, owner_command(call), chosen)
        return _back(desk, "roles")

    @desk_form(api, _GUIDE + "/open", "Open the organisation for complaints")
    def post_desk_guide_open(call: Call) -> Reply:
        desk = _founding(call)
        waits = founding.first_day(desk, _members(desk), filed=False).waits
        if waits:
            return _refused(desk, Answers(call.body), [CodedFault("open", f"guide.waits.{one}") for one in waits])
        opening.open_organisation(call.wiring, owner_command(call))
        return _back(desk, "open")


def _refused(desk: Desk, given: Answers, faults: Sequence[CodedFault]) -> Reply:
    say = saying(faults)
    kept = kept_forms.again(desk.call, f"{desk.path}/guide", given, say)
    return kept or _page(desk, say(desk.reader), status=422)


def _desk(call: Call) -> Desk:
    return desk_of(call, [running.list_key(tenant_of(call))])


def _is_founding(desk: Desk) -> bool:
    return desk.person.owner and desk.member.org.practice is None


def _founding(call: Call) -> Desk:
    desk = _desk(call)
    if not _is_founding(desk):
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    return desk


def _members(desk: Desk) -> list[Membership]:
    return list(queries.all_people(desk.call.wiring.store, desk.member.org.id))


def _back(desk: Desk, told: str) -> Reply:
    return see_other(desk.reader.link(f"{desk.path}/guide", told=told))


def _page(desk: Desk, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    cases = handling.steps(desk)
    day = founding.first_day(desk, _members(desk), filed=cases[0].done) if _is_founding(desk) else None
    values = {
        "steps": cases,
        "day": day,
        "faults": faults,
        "told": getattr(desk.call.query, "told", None),
        "public": f"/t/{desk.member.org.id}",
        "address": desk.call.wiring.address,
    }
    return desk.page("guide/guide.html", values, status=status)
