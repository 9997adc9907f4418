"""The steps of an owner: from the sign-up to the opening, and what follows in the first weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.features.handling.forms_of_acts import act_label
from chalicelib.features.practice import running
from chalicelib.features.practice.guide.dependence import Dependence, dependence
from chalicelib.features.practice.guide.step import GuideStep
from chalicelib.policy.checks import contact
from chalicelib.tenants import opening
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import labels_of

_MOST_NAMED = 4
"""Acts that a line names. The rest is counted."""


class VacantRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role that no member holds. `depends`: on it, in sentences."""

    role: str
    name: str
    depends: str


class FirstDay(msgspec.Struct, frozen=True, kw_only=True):
    """`waits`: the names of the steps for which opening waits. `people`: to whom a role can be given, by name."""

    steps: list[GuideStep]
    vacant: list[VacantRole]
    people: list[tuple[str, str]]
    waits: list[str]
    is_open: bool

    @property
    def done(self) -> int:
        return sum(one.done for one in self.steps)


def first_day(desk: Desk, members: Sequence[Membership], *, filed: bool) -> FirstDay:
    """`members`: of the organisation, also removed ones. `filed`: whether there is a complaint."""
    active = [one for one in members if one.active]
    vacant = _vacant(desk, active)
    is_open = opening.is_open(desk.call.wiring.states, desk.member.org.id)
    steps = [*_before_opening(desk, active, vacant), *_opening(desk, is_open=is_open, filed=filed)]
    current = next((at for at, one in enumerate(steps) if not one.done and one.name != "open"), None)
    labels = labels_of(desk)
    return FirstDay(
        steps=[replace(one, current=at == current) for at, one in enumerate(steps)],
        vacant=vacant,
        people=sorted((labels.person(one), one.sub) for one in active if not one.is_party),
        waits=[one.name for one in steps if one.waited_for and not one.done],
        is_open=is_open,
    )


def _before_opening(desk: Desk, active: Sequence[Membership], vacant: Sequence[VacantRole]) -> Iterator[GuideStep]:
    org, document, say = desk.member.org, desk.member.policy.document, desk.reader.text
    title = desk.reader.label(document.name.to_json())
    yield _step(desk, "policy", "/procedure", done=True, detail=say("guide.policy_is", name=title, version=org.latest))
    others = len(active) - 1
    yield _step(desk, "people", "/organisation/people", done=others > 0, detail=say("guide.people_are", count=others))
    roles = len(document.people)
    filled = say("guide.filled", count=roles - len(vacant), of=roles)
    yield _step(desk, "roles", "/organisation/people", done=not vacant, detail=filled)
    if document.intake.unit != "none":
        needed = document.intake.unit == "required"
        yield _step(desk, "units", "/organisation/units", done=bool(org.units), waited_for=needed)
    said = not list(contact.hints(document))
    yield _step(desk, "contact", "/organisation/contact", done=said, waited_for=True)
    yield _step(desk, "practise", "/practice", done=running.list_key(org.id) in desk.entries)
    yield _step(desk, "second_factor", "/organisation/people", done=org.second_factor)


def _opening(desk: Desk, *, is_open: bool, filed: bool) -> Iterator[GuideStep]:
    yield _step(desk, "open", "", done=is_open)
    if is_open:
        yield _step(desk, "first", "/file", done=filed)


def _step(desk: Desk, name: str, below: str, *, done: bool, detail: str = "", waited_for: bool = False) -> GuideStep:
    """Where no detail is given, a step that is not done says why it is worth doing."""
    say = desk.reader.text
    return GuideStep(
        name=name,
        text=say(f"guide.{name}"),
        done=done,
        path=desk.path + below if below and desk.has_page(below) else "",
        detail=detail or ("" if done else say(f"guide.{name}_why")),
        link=say(f"guide.{name}_link"),
        waited_for=waited_for,
    )


def _vacant(desk: Desk, active: Sequence[Membership]) -> list[VacantRole]:
    document, labels = desk.member.policy.document, labels_of(desk)
    held = {role for one in active for role in one.roles}
    return [
        VacantRole(role=role, name=labels.role(role), depends=_depends(desk, dependence(document, role, held)))
        for role in document.people
        if role not in held
    ]


def _depends(desk: Desk, found: Dependence) -> str:
    reader, document = desk.reader, desk.member.policy.document
    if found.is_nothing:
        return reader.text("guide.depends_nothing")
    acts = [reader.label(act_label(document, name)) for name in found.acts]
    approvals = [reader.label(act_label(document, name)) for name in found.approvals]
    tasks = [reader.label(document.tasks[name].name.to_json(), name) for name in found.tasks]
    tiers = [str(number) for number in found.tiers]
    named = {"acts": acts, "approvals": approvals, "tasks": tasks, "tiers": tiers}
    said = [reader.text(f"guide.depends_{kind}", names=_listed(desk, names)) for kind, names in named.items() if names]
    return (" " if reader.language == "en" else "").join(said)


def _listed(desk: Desk, names: Sequence[str]) -> str:
    """Each label once: two acts can have the same."""
    reader, once = desk.reader, list(dict.fromkeys(names))
    shown, rest = once[:_MOST_NAMED], len(once) - _MOST_NAMED
    text = reader.text("found.listed").join(shown)
    return reader.text("guide.and_more", names=text, count=rest) if rest > 0 else text
