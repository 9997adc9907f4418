"""The overview of a procedure in words and as a graph: of the version in force, of any version, of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.features.policies import draft_commands, version_queries
from chalicelib.features.studio.drawing.graph import drawn
from chalicelib.features.studio.drawing.layout import Node, WayOut
from chalicelib.features.studio.telling import calendars, deadlines, intake, ladder, notices, others, stages
from chalicelib.features.studio.telling.stages import ActView, Lead, StageView
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import VersionRow
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, reader_request, tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page, read_route
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import PageQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.features.policies.draft_commands import DraftView
    from chalicelib.policy.compiled import Policy
    from chalicelib.web.api import Api

PROCEDURE = f"{DESK}/procedure"
VERSION = f"{PROCEDURE}/versions/{{version}}"
DRAFT = f"{PROCEDURE}/draft"
_WEIGHT = 2
_YAML = "application/yaml"


class VersionQuery(PageQuery, frozen=True, kw_only=True):
    """`text`: the author's text in place of the page."""

    text: bool = False


def register(api: Api) -> None:
    @desk_page(api, PROCEDURE, "The procedure in force in words and as a graph", menu="studio", weight=_WEIGHT)
    def get_desk_procedure(call: Call) -> Reply:
        desk = desk_of(call)
        policy = desk.member.policy
        return _shown(desk, policy, "overview", about_version(desk, policy.version))

    @desk_page(api, VERSION, "A version of the procedure", query=VersionQuery, weight=_WEIGHT)
    def get_desk_procedure_version(call: Call) -> Reply:
        desk, version = desk_of(call), call.params["version"]
        if call.query.text:
            found = version_queries.version_text(call.wiring.store, member_request(call), version)
            return _text(found.text, f"{desk.member.org.id}-{version}")
        about = about_version(desk, version)
        return _shown(desk, call.wiring.compiled.get(tenant_of(call), version), "versions", about)

    @desk_page(api, DRAFT, "The draft of the procedure in words and as a graph", weight=10)
    def get_desk_procedure_draft(call: Call) -> Reply:
        desk = desk_of(call)
        try:
            found = draft_commands.get_draft(call.wiring, reader_request(call, None, read_route(call)))
        except Problem as problem:
            if problem.kind != "not-found":
                raise
            return _faulty(desk, desk.reader.text("studio.no_draft"), [])
        return _of_draft(desk, found)


def _text(text: str, name: str) -> Reply:
    return Reply(text, headers={"Content-Type": _YAML, "Content-Disposition": f'attachment; filename="{name}.yaml"'})


def about_version(desk: Desk, version: str) -> str:
    """When the version takes effect. Raises `Problem("not-found")`."""
    row = policy_version.find_row(desk.call.wiring.store, desk.member.org.id, version)
    return desk.reader.text(f"studio.{_state(desk, row)}", version=version, date=_date(desk, row.effective_at))


def _state(desk: Desk, row: VersionRow) -> str:
    if row.version == desk.member.policy.version:
        return "version_since"
    return "version_from" if from_text(row.effective_at) > desk.call.now else "version_at"


def _date(desk: Desk, instant: str) -> str:
    return time_text(desk.member.policy.calendar, desk.reader, instant)


def _of_draft(desk: Desk, found: DraftView) -> Reply:
    """With its faults, if it has any that leave nothing to show."""
    call, who = desk.call, found.saved_by
    people = [] if who is msgspec.UNSET else people_by_sub(call.wiring.store, desk.member.org.id, [who])
    named = labels_of(desk).joined([labels_of(desk).person(one) for one in people]) or desk.reader.text("role.owner")
    about = desk.reader.text("studio.draft_of", revision=found.revision, date=_date(desk, found.saved_at), who=named)
    try:
        body = call.wiring.policies.read(found.policy).body
    except Problem as problem:
        return _faulty(desk, about, [_said(desk, problem, place) for place in problem.places])
    policy = compile_policy(msgspec.json.decode(body, type=PolicyDocument), "")
    return _shown(desk, policy, "draft", about)


def _said(desk: Desk, problem: Problem, place: Any) -> str:
    line = place.more.get("line")
    at = desk.reader.text("studio.at_line", line=line) if line is not None else f"{place.pointer}: "
    return at + languages.say(place.text, desk.reader.language)


def _faulty(desk: Desk, about: str, faults: list[str]) -> Reply:
    return desk.page("studio/faulty.html", {"about": about, "faults": faults, "tab": "draft"})


def _shown(desk: Desk, policy: Policy, tab: str, about: str) -> Reply:
    words = ProcedureWords(policy, desk.reader)
    values = {"tab": tab, "about": about, "version": policy.version, **told(words)}
    return desk.page("studio/overview.html", values)


def told(words: ProcedureWords) -> Mapping[str, Any]:
    """Everything that the page says of a procedure."""
    found = stages.stages(words)
    return {
        "name": words.label(words.document.name),
        "words": words,
        "graph": drawn([_node(words, one) for one in found], words.say("graph_caption")),
        "stages": found,
        "deadlines": deadlines.deadlines(words),
        "ladder": ladder.ladder(words),
        "notices": notices.notices(words, [one.key for one in found]),
        "intake": {
            "channels": intake.channels(words),
            "conditions": intake.conditions(words),
            "grounds": intake.grounds(words),
            "classes": intake.classes(words),
        },
        "limitation": intake.limitation(words),
        "ageing": list(intake.ageing(words)),
        "papers": {"forms": others.forms(words), "ledgers": others.ledgers(words)},
        "tasks": others.tasks(words),
        "calendars": calendars.calendars(words),
        "rules": others.rules(words),
    }


def _of_way(words: ProcedureWords, step: ActView, lead: Lead) -> str:
    """With its case, where the act leads to several stages."""
    case = lead.case if len(step.leads) > 1 else ""
    act = words.say("with", said=step.name, more=case) if case else step.name
    return words.say("way", act=act, who=step.roles)


def _node(words: ProcedureWords, stage: StageView) -> Node:
    ways = [
        WayOut(_of_way(words, step, lead), lead.stage, step.usual and at == 0, step.by_time)
        for step in stage.steps
        for at, lead in enumerate(step.leads)
    ]
    return Node(stage.key, stage.name, stages.starting(words, stage.key), stage.ends, ways)
