"""Filing for somebody at the desk: a form, a page to check it with the earlier complaints, and the receipt.

It is the use case of `POST /v1/t/{tenant}/complaints`. The form has a key: sent twice, it files once.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.features.filing import file_complaint
from chalicelib.features.filing.desk import earlier_rows, filed_page
from chalicelib.features.filing.desk.earlier_rows import EarlierComplaintRow
from chalicelib.features.filing.desk.form import IntakeForm, check
from chalicelib.features.filing.desk.intake import StaffIntake
from chalicelib.features.filing.file_complaint import FileComplaint, channels_for
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime import explaining, parse_limit
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.credentials import source_hash
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.times import zone_name
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

FILE = DESK + "/file"
_KEEPING = ("conflict", "quota-exceeded", "too-many-requests")
"""The problems after which the page keeps what was typed, to send it again later."""


class FoundEarlier(msgspec.Struct, frozen=True):
    earlier: list[EarlierComplaintRow]


class OpenedIntake(msgspec.Struct, frozen=True):
    """The intake as it is shown: for whom, and what was entered."""

    call: Call
    desk: Desk
    form: IntakeForm

    @property
    def key(self) -> str:
        """With which the form files once."""
        given = self.form.given.one("key")
        return given if re.fullmatch(KEY_PATTERN, given) else str(uuid.uuid4())


def may_file(member: Member) -> bool:
    """Whether the member takes down complaints: not the party complained about, and on a channel that they may use."""
    handles = any(grant.role != RESPONDENT for grant in member.asker.grants)
    return handles and bool(channels_for(member.policy, member.asker))


def register(api: Api) -> None:
    @desk_page(api, FILE, "The intake for telephone, counter and letter", menu="file", is_for=may_file)
    def get_desk_file(call: Call) -> Reply:
        opened = _opened(call, Answers({}))
        return _shown(msgspec.structs.replace(opened, form=_with_defaults(opened)))

    @desk_form(api, FILE, "Check what was entered for somebody, and file it")
    def post_desk_file(call: Call) -> Reply:
        given = Answers(call.body)
        opened = _opened(call, given)
        return _STEPS.get(given.one("go") or given.one("step"), _shown)(opened)

    @desk_form(api, FILE + "/earlier", "Earlier complaints, for a module", produces="application/json", reads=True)
    def post_desk_file_earlier(call: Call) -> Reply:
        opened = _opened(call, Answers(call.body))
        return Reply(FoundEarlier(earlier_rows.found(call, opened.desk, opened.form.values)))


def _opened(call: Call, given: Answers) -> OpenedIntake:
    desk = desk_of(call)
    member = desk.member
    if not may_file(member):
        raise Problem("forbidden", "Only members who take down complaints may file for somebody.")
    intake = StaffIntake(member.policy, member.org, channels_for(member.policy, member.asker), desk.reader)
    return OpenedIntake(call, desk, IntakeForm(intake, given, desk.reader))


def _with_defaults(opened: OpenedIntake) -> IntakeForm:
    """The only channel, the language of the organisation, and no severity yet."""
    form, member = opened.form, opened.desk.member
    channels = channels_for(member.policy, member.asker)
    chosen = {"language": [member.org.language], "channel": channels if len(channels) == 1 else [], "severity": [""]}
    return msgspec.structs.replace(form, given=Answers(chosen))


def _command(opened: OpenedIntake, request: Request | None = None) -> FileComplaint:
    call, filed = opened.call, opened.form.complaint
    return FileComplaint(
        tenant=tenant_of(call),
        credential=credential_of(call),
        filing=filed.filing,
        received=filed.received,
        request=request,
        now=call.now,
        source=source_hash(call, "filings"),
    )


def _checked(opened: OpenedIntake) -> Reply:
    call, member = opened.call, opened.desk.member
    found = check(call.wiring, _command(opened), member)
    if places := [*opened.form.too_long, *found.places]:
        return _shown(opened, faults=opened.form.faults(places), status=422)
    values = {
        "earlier": earlier_rows.found(call, opened.desk, opened.form.values),
        "repeat": found.repeat,
        "entered": opened.form.entered(),
        "kept": opened.form.kept,
        "key": opened.key,
    }
    return opened.desk.page("filing/desk_check.html", values)


def _filed(opened: OpenedIntake) -> Reply:
    call, form = opened.call, opened.form
    if form.given.one("key") != opened.key:
        return _checked(opened)  # with a key of its own
    if form.too_long:
        return _shown(opened, faults=form.faults(form.too_long), status=422)
    try:
        request = request_of(call, form.given, principal(call.caller), form.kept)
        answer = file_complaint.file_complaint(call.wiring, _command(opened, request))
    except Problem as problem:
        return _refused(opened, problem)
    return filed_page.filed_page(call, opened.desk, form, answer)


_STEPS = {"check": _checked, "file": _filed}


def _refused(opened: OpenedIntake, problem: Problem) -> Reply:
    """The form as it was sent, with what is wrong with it."""
    if problem.kind == "invalid":
        return _checked(opened)
    if problem.kind == "idempotency-key-reused":
        return _shown(opened, why=opened.desk.reader.text("desk_file.filed_already"), key=str(uuid.uuid4()), status=409)
    if problem.kind in _KEEPING:
        return _shown(opened, why=languages.say(problem.text, opened.desk.reader.language), status=409)
    raise problem


def _shown(
    opened: OpenedIntake, *, faults: list[InputFault] | None = None, why: str = "", key: str = "", status: int = 200
) -> Reply:
    """`why`: what stands against the filing as a whole."""
    desk, form, wrong = opened.desk, opened.form, faults or []
    intake = desk.member.policy.document.intake
    within = None if intake.received is None else parse_limit(intake.received.within)
    values = {
        "sections": form.intake.sections,
        "received": form.intake.received,
        "has_received": form.has_received,
        "within": "" if within is None else explaining.limit_text(within, desk.reader.language),
        "hints": form.intake.hints,
        "looked_up": " ".join(form.intake.looked_up),
        "answers": form.given,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "why": why,
        "lacks_units": intake.unit == "required" and not desk.member.org.units,
        "zone": zone_name(desk.member.policy.calendar, desk.reader),
        "key": key or opened.key,
    }
    return desk.page("filing/desk_intake.html", values, status=status)
