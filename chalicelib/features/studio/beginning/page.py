"""The desk's page on which an owner begins a new procedure, and that of the steps from its draft to a publication."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chalicelib.features.policies import draft, draft_commands
from chalicelib.features.policies.draft_commands import SaveDraft
from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.beginning import asking, starts, steps
from chalicelib.features.studio.beginning.questions import PARTS
from chalicelib.features.studio.pages.overview import DRAFT, PROCEDURE
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import KeptQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

BEGIN, TEXT = f"{PROCEDURE}/begin", f"{DRAFT}/text"
_STALE = ("stale", "not-found")


def register(api: Api) -> None:
    asking.register(api)
    steps.register(api)

    @desk_page(api, BEGIN, "Begin a new procedure", query=KeptQuery, weight=5)
    def get_desk_procedure_begin(call: Call) -> Reply:
        desk = draft_desk.owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk)) or kept_forms.NONE
        return _page(desk, kept.answers, kept.faults)

    @desk_form(api, BEGIN, "Open a draft of a new procedure", weight=5)
    def post_desk_procedure_begin(call: Call) -> Reply:
        desk, given = draft_desk.owner_desk(call), Answers(call.body)
        if fault := _unfit(desk, given):
            return _refused(desk, given, saying([fault]), 422)
        text = starts.text_of(desk, given.one("start"))
        try:
            draft_commands.save_draft(
                call.wiring, owner_form(call, given), SaveDraft(policy=text), given.one("version") or draft.NONE_YET
            )
        except Problem as problem:
            if problem.kind not in _STALE:
                raise
            return _refused(draft_desk.owner_desk(call), given, saying([_changed()]), 412)
        return see_other(_next(desk, given.one("start")))


def _path(desk: Desk) -> str:
    return BEGIN.format(tenant=desk.member.org.id)


def _next(desk: Desk, start: str) -> str:
    """Of an empty procedure there is nothing to ask: its text is written, with the tutorial beside it."""
    tenant = desk.member.org.id
    if start == starts.EMPTY:
        return desk.reader.link(TEXT.format(tenant=tenant), told="begun", tutorial="true")
    return desk.reader.link(asking.QUESTIONS.format(tenant=tenant, part=PARTS[0].name), told="begun")


def _changed() -> CodedFault:
    return CodedFault("start", "studio.begin.stale")


def _unfit(desk: Desk, given: Answers) -> CodedFault | None:
    if not given.one("start"):
        return CodedFault("start", "studio.begin.choose")
    if draft_desk.stored(desk) is not None and not given.one("replaces"):
        return CodedFault("replaces", "studio.begin.tick")
    return None


def _refused(desk: Desk, given: Answers, say: kept_forms.Saying, status: int) -> Reply:
    kept = kept_forms.again(desk.call, _path(desk), given, say)
    return kept or _page(desk, given, say(desk.reader), status=status)


def _page(desk: Desk, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    current = draft_desk.stored(desk)
    values: dict[str, Any] = {
        "tab": "begin",
        "faults": faults,
        "typed": typed,
        "key": str(uuid.uuid4()),
        "version": draft.NONE_YET if current is None else current.draft.etag,
        "saved": draft_desk.saved(desk),
        "presets": starts.of_presets(desk.reader),
        "versions": starts.of_versions(desk),
        "empty": starts.EMPTY,
    }
    return desk.page("studio/begin.html", values, status=status)
