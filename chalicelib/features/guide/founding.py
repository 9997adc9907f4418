"""The steps of an owner: from the preset to the first week."""

from __future__ import annotations

from chalicelib.features.guide.step import GuideStep
from chalicelib.features.practice import running
from chalicelib.tenants import opening
from chalicelib.tenants.people import queries
from chalicelib.web.pages.desk import Desk

_REFERENCE = "/docs"


def steps(desk: Desk, *, filed: bool) -> list[GuideStep]:
    """`filed`: whether there is a complaint."""
    call, org = desk.call, desk.member.org
    people = [one for one in queries.all_people(call.wiring.store, org.id) if one.active]
    held = {role for one in people for role in one.roles}
    named = desk.member.policy.document.people
    vacant = [desk.reader.label(label.to_json(), role) for role, label in named.items() if role not in held]
    missing = desk.reader.text("guide.vacant", roles=desk.reader.text("found.listed").join(vacant)) if vacant else ""
    return [
        _step(desk, "policy", done=org.latest > 1, below="/studio"),
        *([_step(desk, "units", done=bool(org.units))] if desk.member.policy.document.intake.unit != "none" else []),
        _step(desk, "people", done=not vacant, detail=missing),
        _step(desk, "practise", done=running.list_key(org.id) in desk.entries, below="/practice"),
        _step(desk, "second_factor", done=org.second_factor),
        _step(desk, "open", done=opening.is_open(call.wiring.states, org.id)),
        _step(desk, "first", done=filed, below="/file"),
    ]


def _step(desk: Desk, name: str, *, done: bool, below: str = "", detail: str = "") -> GuideStep:
    """What has no page at the desk leads to the description of the API."""
    path = desk.path + below if below and desk.has_page(below) else _REFERENCE
    return GuideStep(text=desk.reader.text(f"guide.{name}"), done=done, path=path, detail=detail)
