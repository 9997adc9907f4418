"""The pages on which a complaint is filed. Only the last one writes."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.features.filing import brake, file_complaint, filed_page
from chalicelib.features.filing.form import CHECK, FilingForm
from chalicelib.features.filing.question_pages import question_page
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.pages.answers import Answers, why_closed
from chalicelib.web.pages.declaring import get_page, post_form
from chalicelib.web.pages.faults import Fault
from chalicelib.web.pages.organisation import Host, host_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FILE = "/t/{tenant}/file"


def register(api: Api) -> None:
    @get_page(api, _FILE, "The first question of a filing")
    def get_filing_page(call: Call) -> Reply:
        return _answer(call, "", "")

    @post_form(api, _FILE, "The next question of a filing, or the answers to check", reads=True)
    def post_filing_page(call: Call) -> Reply:
        given = Answers(call.body)
        return _answer(call, given.one("step"), given.one("go"))

    @post_form(api, _FILE + "/send", "File the complaint")
    def post_filing(call: Call) -> Reply:
        return _file(call)


def _form(call: Call, host: Host) -> FilingForm:
    given = Answers(call.body or {})
    return FilingForm(policy=host.policy, answers=given, units=host.org.units, reader=reader_of(call), now=call.now)


def _answer(call: Call, step: str, go: str) -> Reply:
    host = host_of(call)
    form = _form(call, host)
    why = why_closed(host.policy, host.org.units)
    if why is not None:
        return filed_page.closed_page(host, form.reader, why)
    after = form.page_after(step, go)
    if after == CHECK and (faulty := form.first_faulty()) is not None:
        return _show(call, host, form, faulty, form.faults(faulty))
    return _show(call, host, form, after, form.faults(after) if go == "next" and after == step else [])


def _file(call: Call) -> Reply:
    host = host_of(call)
    form = _form(call, host)
    faulty = form.first_faulty()
    if faulty is not None:
        return _show(call, host, form, faulty, form.faults(faulty))
    if not _passes(call, form.answers):
        return _show(call, host, form, CHECK, [Fault("send", form.reader.text("file.too_fast"))])
    command = file_complaint.FileComplaint(
        tenant=tenant_of(call),
        credential=Credential(),
        filing=form.complaint().filing,
        request=_request(call, form),
        now=call.now,
        place=address_hash(call),
        source=source_hash(call, "filings"),
    )
    try:
        filed = file_complaint.file_complaint(call.wiring, command)
    except Problem as problem:
        if problem.kind != "idempotency-key-reused":
            raise
        return filed_page.already_filed_page(host, form.reader)
    return filed_page.filed_page(host, form.reader, filed.body, call.wiring.address)


def _request(call: Call, form: FilingForm) -> Request:
    """A form that is sent twice files once: its first page has a key, as programs send `Idempotency-Key`."""
    key = form.answers.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise Problem("bad-request", "The form has no key. Begin the complaint again.")
    answers = sorted(form.answers.kept())
    return Request(
        tenant=tenant_of(call),
        principal="public",
        source=call.route_id,
        key=key,
        body_hash=canonical.digest([list(one) for one in answers]),
    )


def _show(call: Call, host: Host, form: FilingForm, step: str, faults: list[Fault]) -> Reply:
    started = brake.renewed(call.wiring.secrets, form.answers.one("started"), call.wiring.real_clock())
    key = form.answers.one("key") or str(uuid.uuid4())
    return question_page(host, form, step, faults, {"started": started, "key": key})


def _passes(call: Call, answers: Answers) -> bool:
    started, trap = answers.one("started"), answers.one("website")
    return brake.passes(call.wiring.secrets, started, trap, call.wiring.real_clock())
