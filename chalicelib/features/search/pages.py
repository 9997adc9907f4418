"""The desk's search: a number, a telephone number, an e-mail address or words, in one box.

The box is sent as a form, so that no address and no log has the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.features.search import queries
from chalicelib.features.search.criteria import ComplaintSearch
from chalicelib.features.search.queries import SearchRequest
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.web import cursors, languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import CASE, DESK, Desk, desk_form, desk_of, read_route
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import time_text
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,30}")


class FoundRow(msgspec.Struct, frozen=True):
    number: str
    category: str
    stage: str
    registered: str


def register(api: Api) -> None:
    @desk_form(api, DESK + "/search", "Search for complaints", reads=True)
    def post_desk_search(call: Call) -> Reply:
        desk, given = desk_of(call), Answers(call.body)
        text = given.one("q")
        if keys.is_case_number(text):
            return see_other(CASE.format(tenant=tenant_of(call), number=text))
        try:
            return _found(call, desk, given, text)
        except Problem as problem:
            if problem.kind not in ("invalid", "forbidden"):
                raise
            return _shown(desk, text, wrong=_fault(problem, desk))


def _found(call: Call, desk: Desk, given: Answers, text: str) -> Reply:
    criteria = decode(_criteria(text), ComplaintSearch)
    after = cursors.position(call, given.one("cursor") or None)
    page = queries.search(
        call.wiring, tenant_of(call), SearchRequest(sub_of(call), criteria, after, read_route(call), call.now)
    )
    labels = labels_of(desk)
    rows = [
        FoundRow(
            one.number,
            labels.category(one.category),
            desk.reader.label(one.stage_name, one.stage),
            time_text(labels.policy.calendar, desk.reader, one.registered_at),
        )
        for one in page.complaints
    ]
    return _shown(desk, text, rows=rows, more=cursors.sign(call, page.after), incomplete=page.incomplete)


def _criteria(text: str) -> dict[str, str]:
    """By the form of what was entered."""
    if "@" in text:
        return {"email": text}
    return {"phone": text} if _PHONE.fullmatch(text) else {"words": text}


def _fault(problem: Problem, desk: Desk) -> str:
    """What is wrong with the words, rather than that something is."""
    said = [place.text for place in problem.places] or [problem.text]
    return languages.say(said[0], desk.reader.language)


def _shown(desk: Desk, text: str, **found: Any) -> Reply:
    values = {"rows": [], "more": None, "incomplete": False, "wrong": "", **found, "text": text}
    return desk.page("search/found.html", values, status=422 if values["wrong"] else 200)
