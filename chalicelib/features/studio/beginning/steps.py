"""The desk's page of what is left between the draft and its publication. An owner takes over there what the examples
show now, when a changed limit has moved their due times."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.beginning import renewing
from chalicelib.features.studio.forms import draft_text, saving, shown
from chalicelib.features.studio.forms.draft_text import DraftText
from chalicelib.features.studio.forms.saving import FormChange
from chalicelib.features.studio.pages.overview import DRAFT
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.features.studio.text import findings
from chalicelib.features.studio.trying import told
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

STEPS = f"{DRAFT}/steps"
_EXAMPLES = "examples"


def register(api: Api) -> None:
    @desk_page(api, STEPS, "The steps from the draft to its publication", query=ToldQuery, weight=10)
    def get_desk_draft_steps(call: Call) -> Reply:
        desk = draft_desk.owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk)) or kept_forms.NONE
        return _page(desk, kept.faults)

    @desk_form(api, STEPS, "Take over what the examples of the draft show now", weight=10)
    def post_desk_draft_steps(call: Call) -> Reply:
        desk, given = draft_desk.owner_desk(call), Answers(call.body)
        found = draft_text.of(desk)
        policy = _compiled(desk, found)
        if policy is None or given.one("version") != found.etag:
            return _refused(desk, given, _stale, 412)
        return _renew(desk, given, found, policy)


def _path(desk: Desk) -> str:
    return STEPS.format(tenant=desk.member.org.id)


def _compiled(desk: Desk, found: DraftText) -> Policy | None:
    """None if the draft has faults, apart from those of its examples."""
    try:
        body = desk.call.wiring.policies.read(found.text).body
    except Problem:
        return None
    return compile_policy(msgspec.json.decode(body, type=PolicyDocument), "draft")


def _renew(desk: Desk, given: Answers, found: DraftText, policy: Policy) -> Reply:
    edits = list(renewing.edits(found.values, policy))
    if edits:
        try:
            change = FormChange(found.text, found.etag, edits)
            faults = saving.save(desk.call.wiring, owner_form(desk.call, given), change)
        except PolicyFault as fault:
            return _refused(desk, given, partial(shown.not_edited, fault, _EXAMPLES), 422)
        except Problem as problem:
            if problem.kind not in saving.CHANGED_MEANWHILE:
                raise
            return _refused(draft_desk.owner_desk(desk.call), given, _stale, 412)
        assert not faults, "a policy has no fault because of what an example expects"
    return see_other(desk.reader.link(_path(desk), told="renewed"))


_stale = saying([CodedFault(_EXAMPLES, "studio.steps.stale")])


def _refused(desk: Desk, given: Answers, say: kept_forms.Saying, status: int) -> Reply:
    kept = kept_forms.again(desk.call, _path(desk), given, say)
    return kept or _page(desk, say(desk.reader), status=status)


def _page(desk: Desk, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    found = draft_text.of(desk)
    policy = _compiled(desk, found)
    listed = findings.of_text(desk.call.wiring, member_request(desk.call), found.text, desk.reader.language)
    values: dict[str, Any] = {
        "tab": "begin",
        "faults": faults,
        "faulty": [one for one in listed if not one.hint],
        "hints": [one for one in listed if one.hint],
        "examples": None if policy is None else _examples(desk, policy),
        "saved": draft_desk.saved(desk),
        "told": getattr(desk.call.query, "told", None),
        "version": found.etag,
        "key": str(uuid.uuid4()),
        "here": _path(desk),
    }
    return desk.page("studio/steps.html", values, status=status)


def _examples(desk: Desk, policy: Policy) -> list[told.ExampleLine]:
    said = told.words_of(ProcedureWords(policy, desk.reader))
    return list(told.examples(said, renewing.tried(policy)))
