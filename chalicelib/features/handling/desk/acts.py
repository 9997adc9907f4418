"""The form of an act at the desk. What is typed is kept as a draft, and the browser goes on to a page of its own that
says what the act would do (`check`). So back, forward and reload never send anything.

The form carries the version of the complaint that it was made from. If the complaint has changed, the page keeps what
was typed, says who changed what, and goes on from the new version.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.features.handling import drafts
from chalicelib.features.handling.desk import act_page
from chalicelib.features.handling.desk.act_page import ACT, BEHALF, OpenedAct
from chalicelib.features.handling.drafts import ActDraft
from chalicelib.features.text_blocks.pages import in_form
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import ToldQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class DeskActQuery(ToldQuery, frozen=True, kw_only=True):
    """`proposal` and `task`: which of several the reader came to decide on or to do. `to`: the complaint to link to.
    `draft`: what they typed."""

    on_behalf_of: Literal["complainant"] | None = None
    proposal: str | None = None
    task: str | None = None
    to: str | None = None
    draft: str | None = None

    @property
    def chosen(self) -> Answers:
        given = {"fact.proposal": self.proposal, "fact.task": self.task, "fact.to": self.to}
        return Answers({name: [value] for name, value in given.items() if value})


def register(api: Api) -> None:
    @desk_page(api, ACT, "The form of an act", query=DeskActQuery)
    def get_desk_act(call: Call) -> Reply:
        return _again(call, call.query.draft) if call.query.draft else _new(call)

    @desk_form(api, ACT, "Keep what was typed for an act, and go on to what it would do")
    def post_desk_act(call: Call) -> Reply:
        given = Answers(call.body)
        case = act_page.open_case(call)
        page = case.act(given.one(BEHALF) or None, given)
        if page is None:
            return act_page.gone(case, given)
        return _insert(page) if given.one("go") == "insert" else _keep(page)


def _new(call: Call) -> Reply:
    page = act_page.open_case(call).act(call.query.on_behalf_of, Answers({}))
    if page is None:
        return act_page.to_case(call, "changed")
    return _form(replace(page, given=call.query.chosen) if page.form.open else page)


def _again(call: Call, id_: str) -> Reply:
    """The form with what was typed before."""
    case = act_page.open_case(call, [act_page.drawer_of(call).key])
    draft = act_page.drafted(case, id_)
    if draft is None:
        return act_page.to_case(call, "no_draft")
    given = act_page.given_of(draft)
    page = case.act(draft.behalf, given)
    return act_page.gone(case, given) if page is None else _form(page)


def _form(page: OpenedAct) -> Reply:
    fails = page.form.fails
    if page.form.open or fails is msgspec.UNSET:
        return act_page.shown(page)
    return act_page.shown(page, why=page.desk.reader.label(fails.text), status=409)


def _insert(page: OpenedAct) -> Reply:
    """The form again, with the text block and with what was typed."""
    found = in_form.insert(page.texts)
    page = replace(page, given=found.given)
    draft = _draft(page)
    return _unkept(page, draft) or act_page.to_form(page.call, draft.id, told=found.told)


def _keep(page: OpenedAct) -> Reply:
    draft = _draft(page)
    if refused := _unkept(page, draft):
        return refused
    return (
        act_page.to_case(page.call, "kept")
        if page.given.one("go") == "keep"
        else act_page.to_check(page.call, draft.id)
    )


def _draft(page: OpenedAct) -> ActDraft:
    call, given = page.call, page.given
    return ActDraft(
        id=given.one("draft") if drafts.is_id(given.one("draft")) else str(uuid.uuid4()),
        key=str(uuid.uuid4()),
        act=page.form.act,
        behalf=page.behalf,
        version=page.version,
        given={name: values for name, values in given.given.items() if _is_typed(name) and any(values)},
        at=call.now,
        until=call.wiring.real_clock() + drafts.LASTS,
    )


def _is_typed(name: str) -> bool:
    return name.startswith("fact.") or name == in_form.USED


def _unkept(page: OpenedAct, draft: ActDraft) -> Reply | None:
    """Keeps the draft. The form if it is too large."""
    if draft.is_too_large:
        fault = InputFault(next(iter(draft.given)), page.desk.reader.text("desk_act.too_long"))
        return act_page.shown(page, faults=[fault], status=422)
    drafts.keep(page.call.wiring, act_page.drawer_of(page.call), draft)
    return None
