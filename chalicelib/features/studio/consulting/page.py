"""The desk's page of a consultation: an owner opens the draft, groups are told, comments are read and answered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from chalicelib.features.policies import comments, draft_commands, opening_step
from chalicelib.features.policies.changes import NOT_RULES
from chalicelib.features.policies.comments import NewAnswer, NewComment, PolicyComment
from chalicelib.features.policies.draft import GROUPS, Group
from chalicelib.features.policies.draft_commands import OpenDraft
from chalicelib.features.studio.consulting import publication, standing
from chalicelib.features.studio.consulting.standing import DraftStanding, fault_of
from chalicelib.features.studio.pages.overview import DRAFT
from chalicelib.jobs import job as jobs
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining.text import limit_text
from chalicelib.tenants.publication import policy_version
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, reader_request, sub_of
from chalicelib.web.pages import answers, kept_forms
from chalicelib.web.pages.answers import Answers, owner_form, request_of
from chalicelib.web.pages.desk import desk_form, desk_page, read_route
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

CONSULTATION = f"{DRAFT}/consultation"
_COMMENTS = 20
_CHARACTERS = 4000
"""Of a comment or an answer, as their use cases take it."""


class ConsultationQuery(ToldQuery, frozen=True, kw_only=True):
    """`cursor`: of further comments."""

    cursor: str | None = None


class OpenedGroup(NamedTuple):
    """`told`: who has got the message, in words; empty if the draft is not open to the group."""

    name: str
    required: bool
    open: bool
    since: str
    until: str
    over: bool
    told: str


class CommentLine(NamedTuple):
    id: str
    head: str
    place: str
    text: str
    answer: str
    answered: str


def register(api: Api) -> None:
    publication.register(api)
    _shown(api)
    _changing(api)


def _shown(api: Api) -> None:
    @desk_page(api, CONSULTATION, "The consultation on the draft", query=ConsultationQuery, weight=5)
    def get_desk_draft_consultation(call: Call) -> Reply:
        found = standing.standing_of(call)
        kept = kept_forms.find(call, call.query.form, _path(found)) or kept_forms.NONE
        return _page(found, kept.answers, kept.faults)


def _changing(api: Api) -> None:
    @desk_form(api, CONSULTATION, "Open the draft for comments", weight=5)
    def post_desk_draft_consultation(call: Call) -> Reply:
        given, found = Answers(call.body), standing.standing_of(call)
        try:
            asked = OpenDraft(to=[one for one in GROUPS if one in given.all("to")] or None, until=_until(found, given))
            draft_commands.open_draft(call.wiring, owner_form(call, given), asked, given.one("version"))
        except Problem as problem:
            return _refused(found, given, partial(_opening_fault, found, given, problem))
        return see_other(found.desk.reader.link(_path(found), told="opened"))

    @desk_form(api, CONSULTATION + "/comments", "Comment on the draft, as a member")
    def post_desk_draft_comment(call: Call) -> Reply:
        given, found = Answers(call.body), standing.standing_of(call)
        text = given.one("text")
        if not 0 < len(text) <= _CHARACTERS:
            return _refused(found, given, partial(_unfit, "text"))
        new = NewComment(text=text, place=f"/{part}" if (part := given.one("place")) in _parts() else "")
        request = request_of(call, given, sub_of(call), [text, new.place])
        try:
            comments.add_comment(call.wiring, reader_request(call, None, read_route(call)), new, request)
        except Problem as problem:
            return _refused(found, given, partial(_comment_fault, problem))
        return see_other(found.desk.reader.link(_path(found), told="commented"))

    @desk_form(api, CONSULTATION + "/answers", "Answer a comment on the draft")
    def post_desk_draft_answer(call: Call) -> Reply:
        given, found = Answers(call.body), standing.standing_of(call)
        text, comment = given.one("text"), given.one("comment")
        if not 0 < len(text) <= _CHARACTERS:
            return _refused(found, given, partial(_unfit, f"answer-{comment}"))
        answer = NewAnswer(draft=given.one("draft"), comment=comment, text=text)
        comments.answer_comment(call.wiring, member_request(call), answer)
        return see_other(found.desk.reader.link(_path(found), told="answered"))


def _path(found: DraftStanding) -> str:
    return CONSULTATION.format(tenant=found.desk.member.org.id)


def _until(found: DraftStanding, given: Answers) -> str | None:
    return answers.moment(given.one("until"), found.desk.member.policy.calendar.zone) or None


def _refused(found: DraftStanding, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(found.desk.call, _path(found), given, say, lasts=kept_forms.LASTS)
    return kept or _page(found, given, say(found.desk.reader), status=422)


def _unfit(name: str, reader: Reader) -> Sequence[InputFault]:
    return [InputFault(name, reader.text("studio.consult.fault.text", most=_CHARACTERS))]


def _comment_fault(problem: Problem, reader: Reader) -> Sequence[InputFault]:
    if problem.kind == "comments-closed":
        return [InputFault(standing.STATE, reader.text("studio.consult.fault.closed"))]
    return [fault_of(problem, reader)]


def _opening_fault(found: DraftStanding, given: Answers, problem: Problem, reader: Reader) -> Sequence[InputFault]:
    if problem.kind != "invalid":
        return [fault_of(problem, reader)]
    name, stated = "past", _until(found, given)
    try:
        if from_text(stated or "") > found.desk.call.now:
            name = "short"
    except ValueError:
        name = "no_time"
    least = standing.moment_text(found, reader, _least(found)) if name == "short" else ""
    return [InputFault("until", reader.text(f"studio.consult.fault.{name}", least=least))]


def _least(found: DraftStanding) -> str:
    """The earliest end of the time for comments, if the draft is opened now; empty if the version asks for none."""
    lasting = found.rules.lasting
    return "" if lasting is None else policy_version.least_end(found.in_force, lasting, found.desk.call.now)


def _parts() -> Mapping[str, str]:
    """By name: what a comment can be about, apart from parts that are no rules."""
    return {name: text for name, text in catalogue.words("policy_parts", "en").items() if name not in NOT_RULES}


def _page(found: DraftStanding, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    desk, saved, reader = found.desk, found.saved, found.desk.reader
    least, words = _least(found), catalogue.words("policy_parts", reader.language)
    values: dict[str, Any] = {
        "tab": "consultation",
        "about": standing.about(found),
        "has_draft": saved is not None,
        "told": getattr(desk.call.query, "told", None),
        "faults": faults,
        "typed": typed,
        "key": str(uuid.uuid4()),
        "least": found.date(least) if least else "",
        "lasting": limit_text(parse_limit(found.rules.lasting or ""), reader.language) if least else "",
        "places": sorted((words[name], name) for name in _parts()),
    }
    if saved is not None:
        values |= _of_draft(found)
    return desk.page("studio/consultation.html", values, status=status)


def _of_draft(found: DraftStanding) -> dict[str, Any]:
    desk, hindrances = found.desk, found.hindrances()
    assert found.saved is not None
    head = found.saved.draft
    lines, more = _comments(found, head.id)
    groups = [_group(found, one) for one in GROUPS]
    return {
        "version": head.etag,
        "draft_id": head.id,
        "revision": head.revision,
        "closed": None if head.opened or head.closed is msgspec.UNSET else head.closed,
        "faulty": len(hindrances.faults),
        "groups": groups,
        "may_comment": any(one.name == "departments" and one.open and not one.over for one in groups),
        "lines": lines,
        "later": getattr(desk.call.query, "cursor", None) is not None,
        "more": more,
    }


def _group(found: DraftStanding, name: Group) -> OpenedGroup:
    assert found.saved is not None
    head, required = found.saved.draft, name in found.rules.comments
    if name not in head.opened:
        return OpenedGroup(name, required, open=False, since="", until="", over=False, told="")
    since, lasting = head.since.get(name), found.rules.lasting
    ends = [until for until in [head.opened[name]] if until]
    if since is not None and lasting is not None and required:
        ends.append(policy_version.least_end(found.in_force, lasting, from_text(since)))
    stated = head.opened[name]
    return OpenedGroup(
        name,
        required,
        open=True,
        since="" if since is None else found.date(since),
        until=found.date(max(ends)) if ends else "",
        over=stated is not None and from_text(stated) <= found.desk.call.now,
        told=_told(found, name),
    )


def _told(found: DraftStanding, name: Group) -> str:
    assert found.saved is not None
    reader, desk = found.desk.reader, found.desk
    if name == "departments":
        return reader.text("studio.consult.told.departments")
    job = jobs.read(desk.call.wiring.store, desk.member.org.id, opening_step.job_id(found.saved.draft.etag))
    if job is None:
        return ""
    state = "done" if job.job.over else "running"
    return reader.text(f"studio.consult.told.complainants.{state}", count=job.job.done)


def _comments(found: DraftStanding, draft_id: str) -> tuple[list[CommentLine], str | None]:
    """All for an owner, by page; for another member their own."""
    call = found.desk.call
    if not found.owner:
        own = comments.own_comments(call.wiring, found.desk.member.org.id, found.desk.person.sub, draft_id)
        return _lines(found, own), None
    after = cursors.position(call, getattr(call.query, "cursor", None))
    page = comments.list_comments(call.wiring, member_request(call), draft_id, _COMMENTS, after)
    return _lines(found, page.comments), cursors.sign(call, page.after)


def _lines(found: DraftStanding, listed: Sequence[PolicyComment]) -> list[CommentLine]:
    reader = found.desk.reader
    people = found.people(
        [sub for one in listed for sub in (one.by, one.answer.by if one.answer else None) if sub is not None]
    )
    parts = catalogue.words("policy_parts", reader.language)

    def line(one: PolicyComment) -> CommentLine:
        who = reader.text("studio.consult.a_complainant") if one.by is None else people.get(one.by, "")
        head = reader.text("studio.consult.head", who=who, date=found.date(one.at), revision=one.revision)
        first, _, rest = one.place.removeprefix("/").partition("/")
        place = " / ".join(step for step in (parts.get(first, first), rest) if step)
        if one.answer is msgspec.UNSET:
            return CommentLine(one.id, head, place, one.text, "", "")
        by = people.get(one.answer.by) or reader.text("role.owner")
        answered = reader.text("studio.consult.answered", who=by, date=found.date(one.answer.at))
        return CommentLine(one.id, head, place, one.text, one.answer.text, answered)

    return [line(one) for one in listed]
