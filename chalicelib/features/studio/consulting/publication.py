"""The desk's page of a publication: from when, by whom, and what still stands before it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chalicelib.features.policies import publish
from chalicelib.features.policies.publish import Publish
from chalicelib.features.studio.consulting import standing
from chalicelib.features.studio.consulting.standing import DraftStanding, fault_of
from chalicelib.features.studio.pages.overview import DRAFT
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import answers, kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

PUBLICATION = f"{DRAFT}/publication"
_CREATED = 201


def register(api: Api) -> None:
    @desk_page(api, PUBLICATION, "The publication of the draft", query=ToldQuery, weight=5)
    def get_desk_draft_publication(call: Call) -> Reply:
        found = standing.standing_of(call)
        kept = kept_forms.find(call, call.query.form, _path(found)) or kept_forms.NONE
        return _page(found, kept.answers, kept.faults)

    @desk_form(api, PUBLICATION, "Publish the draft, or ask that another person does", weight=10)
    def post_desk_draft_publication(call: Call) -> Reply:
        given, found = Answers(call.body), standing.standing_of(call)
        stated = answers.moment(given.one("from"), found.desk.member.policy.calendar.zone) or None
        try:
            command = owner_form(call, given)
            answer = publish.publish(call.wiring, command, Publish(effective_at=stated), given.one("version"))
        except Problem as problem:
            return _refused(found, given, partial(_faults, found, problem))
        told = "published" if answer.status == _CREATED else "asked"
        return see_other(found.desk.reader.link(_path(found), told=told))


def _path(found: DraftStanding) -> str:
    return PUBLICATION.format(tenant=found.desk.member.org.id)


def _refused(found: DraftStanding, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(found.desk.call, _path(found), given, say)
    return kept or _page(found, given, say(found.desk.reader), status=422)


def _faults(found: DraftStanding, problem: Problem, reader: Reader) -> Sequence[InputFault]:
    if problem.kind == "comments-demanded":
        return [InputFault(standing.STATE, standing.early_text(found, problem, reader))]
    if problem.kind == "invalid":
        return [InputFault("from", reader.text("studio.publish.fault.from"))]
    return [fault_of(problem, reader)]


def _page(found: DraftStanding, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    desk, reader = found.desk, found.desk.reader
    values: dict[str, Any] = {
        "tab": "publication",
        "about": standing.about(found),
        "has_draft": found.saved is not None,
        "told": getattr(desk.call.query, "told", None),
        "faults": faults,
        "typed": typed,
        "key": str(uuid.uuid4()),
        "approvers": found.roles(found.rules.approvers),
        "upcoming": [
            reader.text("studio.version_from", version=one.version, date=found.date(to_text(one.effective_at)))
            for one in desk.member.org.schedule
            if one.effective_at > desk.call.now
        ],
        "now": reader.text(
            "studio.version_since", version=found.in_force.version, date=found.date(found.in_force.effective_at)
        ),
    }
    if found.saved is not None:
        values |= _of_draft(found)
    return desk.page("studio/publication.html", values, status=status)


def _of_draft(found: DraftStanding) -> dict[str, Any]:
    """`may`: `publish`, `ask` or `approve`; empty for members who may only read the page."""
    assert found.saved is not None
    head, reader, hindrances = found.saved.draft, found.desk.reader, found.hindrances()
    two = bool(found.rules.approvers)
    alone = ("ask" if two else "publish") if found.owner else ""
    may = "approve" if found.publishers() else alone
    values = {
        "version": head.etag,
        "revision": head.revision,
        "faulty": len(hindrances.faults),
        "early": "" if hindrances.early is None else standing.early_text(found, hindrances.early, reader),
        "may": may,
        "asked": "",
        "own": head.asked is not None and head.asked.by == found.desk.person.sub,
    }
    if head.asked is not None:
        asked = head.asked
        who = found.people([asked.by]).get(asked.by) or reader.text("role.owner")
        begins = reader.text("studio.publish.at_once") if asked.effective_at is None else found.date(asked.effective_at)
        values["asked"] = reader.text(
            "studio.publish.asked", who=who, date=found.date(asked.at), revision=head.revision, begins=begins
        )
    return values
