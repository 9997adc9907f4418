"""What the desk's pages of the organisation's people share: roles and units in words, and forms of grants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from chalicelib.kit.problem import Problem
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import SectionDesk, section_desk
from chalicelib.web.request_parts import KEY_PATTERN

SECTION, NAME = "organisation", "people"
PEOPLE = f"{DESK}/{SECTION}/{NAME}"


class OfferedChoice(msgspec.Struct, frozen=True):
    value: str
    label: str


def people_desk(call: Call) -> SectionDesk:
    return section_desk(call, SECTION)


def members(desk: Desk) -> list[Membership]:
    """Those who are members now, by name."""
    labels = labels_of(desk)
    found = (one for one in queries.all_people(desk.call.wiring.store, desk.member.org.id) if one.active)
    return sorted(found, key=lambda one: (labels.person(one), one.sub))


def member(desk: Desk, sub: str) -> Membership:
    """Raises `Problem("not-found")` if there is no such member."""
    for one in queries.people_by_sub(desk.call.wiring.store, desk.member.org.id, [sub]):
        if one.active:
            return one
    raise Problem("not-found", "This person is not a member of the organisation.")


def role_choices(desk: Desk, *, reserved: Iterable[str] = (OWNER, RESPONDENT)) -> list[OfferedChoice]:
    labels = labels_of(desk)
    roles = [*desk.member.policy.document.people, *reserved]
    return [OfferedChoice(role, labels.role(role)) for role in roles]


def unit_choices(desk: Desk) -> list[OfferedChoice]:
    return [OfferedChoice(name, unit.name) for name, unit in sorted(desk.member.org.units.items())]


def grant_text(desk: Desk, grant: StoredGrant) -> str:
    labels = labels_of(desk)
    role = labels.role(grant.role)
    return role if grant.unit is None else desk.reader.text("people.of_unit", role=role, unit=labels.unit(grant.unit))


def is_last_owner(desk: Desk, person: Membership) -> bool:
    return person.owner and desk.member.org.owners <= 1


def key_of(given: Answers) -> str:
    """Of the form, so that a double click does it once. Raises `Problem("bad-request")` without one."""
    key = given.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    return key


def refused(
    desk: Desk, below: str, given: Answers, faults: Sequence[CodedFault], show: Callable[[Sequence[InputFault]], Reply]
) -> Reply:
    """Leads to the page, which shows what was typed and what is wrong; or shows it at once, if it cannot be kept."""

    say = saying(faults)
    return kept_forms.again(desk.call, page_path(desk, below), given, say) or show(say(desk.reader))


def kept(desk: Desk, below: str) -> KeptForm:
    """What was typed on the page and refused."""
    found = kept_forms.find(desk.call, getattr(desk.call.query, "form", None), page_path(desk, below))
    return found or kept_forms.NONE


def page_path(desk: Desk, below: str) -> str:
    return PEOPLE.format(tenant=desk.member.org.id) + below


def back(desk: Desk, below: str, told: str) -> Reply:
    return see_other(desk.reader.link(page_path(desk, below), told=told))


def to_desk(desk: Desk) -> Reply:
    """For who is no owner any more."""
    return see_other(desk.reader.link(desk.path))
