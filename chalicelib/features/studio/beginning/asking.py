"""The desk's pages that ask for the main choices of the draft, one page for each part. Each answer is an edit of the
draft's text, as of the forms, so its comments and order stay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.beginning import questions
from chalicelib.features.studio.beginning.questions import PARTS, AskedChoice, QuestionPart
from chalicelib.features.studio.beginning.steps import STEPS
from chalicelib.features.studio.forms import draft_text, inputs, saving, shown
from chalicelib.features.studio.forms.draft_text import DraftText
from chalicelib.features.studio.forms.options import WrittenChoices
from chalicelib.features.studio.forms.saving import FormChange
from chalicelib.features.studio.pages.overview import DRAFT
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault, saying
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

QUESTIONS = f"{DRAFT}/questions/{{part}}"


def register(api: Api) -> None:
    @desk_page(api, QUESTIONS, "Questions about a part of the draft", query=ToldQuery, weight=5)
    def get_desk_draft_questions(call: Call) -> Reply:
        desk = _owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk))
        return _page(desk) if kept is None else _page(desk, kept.answers, kept.faults, kept.id)

    @desk_form(api, QUESTIONS, "Answer questions about a part of the draft", weight=10)
    def post_desk_draft_questions(call: Call) -> Reply:
        desk, given = _owner_desk(call), Answers(call.body)
        found = draft_text.of(desk)
        if given.one("version") != found.etag or found.values is None:
            return _again(desk, given, saying([]), status=412)
        return _save(desk, given, found)


def _owner_desk(call: Call) -> Desk:
    """Raises `Problem`: `forbidden`, `not-found`."""
    if questions.part(call.params["part"]) is None:
        raise Problem("not-found", "There is no such part of a procedure.")
    return draft_desk.owner_desk(call)


def _part(desk: Desk) -> QuestionPart:
    found = questions.part(desk.call.params["part"])
    assert found is not None
    return found


def _path(desk: Desk) -> str:
    return QUESTIONS.format(tenant=desk.member.org.id, part=_part(desk).name)


def _save(desk: Desk, given: Answers, found: DraftText) -> Reply:
    call, asked = desk.call, questions.asked(found.values, _part(desk))
    edits = questions.edits(found.values, asked, given.given)
    if edits:
        try:
            faults = saving.save(call.wiring, owner_form(call, given), FormChange(found.text, found.etag, edits))
        except PolicyFault as fault:
            return _again(desk, given, partial(_not_edited, fault, asked), status=422)
        except Problem as problem:
            if problem.kind not in saving.CHANGED_MEANWHILE:
                raise
            return _again(_owner_desk(call), given, saying([]), status=412)
        if faults:
            return _again(desk, given, partial(_faults, faults, asked), status=422)
    if kept := given.one("form"):
        kept_forms.forget_one(call, kept)
    return see_other(desk.reader.link(_following(desk), told="saved" if edits else "same"))


def _following(desk: Desk) -> str:
    at = PARTS.index(_part(desk)) + 1
    tenant = desk.member.org.id
    return QUESTIONS.format(tenant=tenant, part=PARTS[at].name) if at < len(PARTS) else STEPS.format(tenant=tenant)


def _not_edited(fault: PolicyFault, asked: Sequence[AskedChoice], reader: Reader) -> list[InputFault]:
    """At the question that the text could not be changed for."""
    name = questions.question_at(asked, tuple(map(str, fault.faults[0].path)))
    return shown.not_edited(fault, name or shown.TOP, reader)


def _faults(places: Sequence[Place], asked: Sequence[AskedChoice], reader: Reader) -> list[InputFault]:
    return [shown.fault_at(one, questions.question_at(asked, saving.path_of(one)), reader) for one in places]


def _again(desk: Desk, given: Answers, say: kept_forms.Saying, *, status: int) -> Reply:
    """Leads to the page with what was typed. What is too large to be kept is shown at once."""
    kept = kept_forms.again(desk.call, _path(desk), given, say, lasts=kept_forms.LASTS)
    return kept or _page(desk, given, say(desk.reader), status=status)


def _page(
    desk: Desk, typed: Answers | None = None, faults: Sequence[InputFault] = (), form: str = "", *, status: int = 200
) -> Reply:
    """`typed`: what was sent and is shown again."""
    found, part = draft_text.of(desk), _part(desk)
    values = shown.values(desk, found, typed, faults, form) | {
        "tab": "begin",
        "part": part,
        "parts": PARTS,
        "number": PARTS.index(part) + 1,
        "here": _path(desk),
        "units": inputs.units(desk.reader),
    }
    if found.values is not None:
        asked = questions.asked(found.values, part)
        sent = None if typed is None else typed.given
        values["fields"] = questions.views(asked, WrittenChoices(found.values, desk.reader), sent)
    return desk.page("studio/questions.html", values, status=status)
