"""The pages on which a complaint is filed, and the one after it: number, receipt, QR code and promised times.

Only the last page of the form writes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.complaints.applying import contact
from chalicelib.features.filing import brake, file_complaint
from chalicelib.features.filing.form import CHECK, FilingForm
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.deadlines import shown
from chalicelib.web.pages.inputs import Input, InputFault
from chalicelib.web.pages.organisation import TenantPage, tenant_page_of
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form
from chalicelib.web.pages.times import zone_name
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class AnsweredLine(msgspec.Struct, frozen=True):
    """A line of the answers to check. `step`: the page on which the answer is changed."""

    label: str
    text: str
    step: str


def question_page(
    tenant_page: TenantPage, form: FilingForm, step: str, faults: Sequence[InputFault], hidden: Mapping[str, str]
) -> Reply:
    """The page with the id `step`. `hidden`: the form's own values, besides the answers."""
    asked = form.questions
    ids = [*(one.id for one in asked), CHECK]
    question = next((one for one in asked if one.id == step), None)
    shown = {one.name for one in question.inputs} if question else set()
    values = {
        "tenant_page": tenant_page,
        "question": question,
        "answers": form.answers,
        "step": step,
        "number": ids.index(step) + 1,
        "count": len(ids),
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
        "hidden": [*hidden.items(), ("step", step)],
        "kept": [(name, value) for name, value in form.answers.kept() if name not in shown],
        "lines": _lines(form) if question is None else [],
        "zone": zone_name(form.policy.calendar, form.reader),
    }
    template = "filing/check.html" if question is None else "filing/question.html"
    return page(template, form.reader, values, status=422 if faults else 200)


def _lines(form: FilingForm) -> list[AnsweredLine]:
    empty = form.reader.text("file.empty")
    return [
        AnsweredLine(_label(form, one, question.title), _text(form.answers, one) or empty, question.id)
        for question in form.questions
        for one in question.inputs
    ]


def _label(form: FilingForm, one: Input, title: str) -> str:
    """Channel and unit are labelled by the page's question."""
    return form.reader.text(title) if one.name in ("channel", "unit") else one.label


def _text(answers: Answers, one: Input) -> str:
    given = answers.all(one.name)
    if not one.options:
        return answers.one(one.name).replace("T", " ") if one.type == "datetime-local" else answers.one(one.name)
    labels = {option.value: option.label for option in one.options}
    named = given or ([""] if "" in labels else [])
    return "、".join(labels.get(value, value) for value in named)


_FILE = "/t/{tenant}/file"


def register(api: Api) -> None:
    @get_page(api, _FILE, "The first question of a filing")
    def get_filing_page(call: Call) -> Reply:
        return _answer(call, "", "")

    @post_form(api, _FILE, "The next question of a filing, or the answers to check", own_only=False, reads=True)
    def post_filing_page(call: Call) -> Reply:
        given = Answers(call.body)
        return _answer(call, given.one("step"), given.one("go"))

    @post_form(api, _FILE + "/send", "File the complaint", own_only=False)
    def post_filing(call: Call) -> Reply:
        return _file(call)


def _form(call: Call, tenant_page: TenantPage) -> FilingForm:
    given = Answers(call.body or {})
    return FilingForm(
        policy=tenant_page.policy, answers=given, units=tenant_page.org.units, reader=reader_of(call), now=call.now
    )


def _answer(call: Call, step: str, go: str) -> Reply:
    tenant_page = tenant_page_of(call)
    form = _form(call, tenant_page)
    why = tenant_page.why_closed
    if why is not None:
        return closed_page(tenant_page, form.reader, why)
    after = form.page_after(step, go)
    if after == CHECK and (faulty := form.first_faulty()) is not None:
        return _show(call, tenant_page, form, faulty, form.faults(faulty))
    return _show(call, tenant_page, form, after, form.faults(after) if go == "next" and after == step else [])


def _file(call: Call) -> Reply:
    tenant_page = tenant_page_of(call)
    form = _form(call, tenant_page)
    faulty = form.first_faulty()
    if faulty is not None:
        return _show(call, tenant_page, form, faulty, form.faults(faulty))
    if not _passes(call, form.answers):
        return _show(call, tenant_page, form, CHECK, [InputFault("send", form.reader.text("file.too_fast"))])
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
        return already_filed_page(tenant_page, form.reader)
    return filed_page(tenant_page, form.reader, filed.body, call.wiring.address, unreachable=_is_unreachable(form))


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


def _show(call: Call, tenant_page: TenantPage, form: FilingForm, step: str, faults: list[InputFault]) -> Reply:
    started = brake.renewed(call.wiring.secrets, form.answers.one("started"), call.wiring.real_clock())
    key = form.answers.one("key") or str(uuid.uuid4())
    return question_page(tenant_page, form, step, faults, {"started": started, "key": key})


def _passes(call: Call, answers: Answers) -> bool:
    started, trap = answers.one("started"), answers.one("website")
    return brake.passes(call.wiring.secrets, started, trap, call.wiring.real_clock())


def _is_unreachable(form: FilingForm) -> bool:
    """Whether the filing gives no way to reach the complainant, and the policy asks for one."""
    return bool(form.policy.reach) and not contact.ways(form.policy.document, form.complaint().filing.facts, 1)


def filed_page(
    tenant_page: TenantPage, reader: Reader, filed: dict[str, Any], address: str, *, unreachable: bool
) -> Reply:
    """`filed`: a `FiledComplaint` as JSON. `address`: the public address of the service.

    The receipt is in the fragment of the QR code's address, which browsers do not send to servers.
    """
    path = f"/t/{tenant_page.org.id}/case/{filed['number']}"
    values = {
        "tenant_page": tenant_page,
        "filed": filed,
        "path": path,
        "code": _code(urlsplit(address + path)._replace(fragment=filed["receipt"]).geturl()),
        "deadlines": shown(filed["deadlines"], tenant_page.policy.calendar, reader),
        "unreachable": unreachable,
    }
    return page("filing/filed.html", reader, values)


def already_filed_page(tenant_page: TenantPage, reader: Reader) -> Reply:
    return page("filing/already.html", reader, {"tenant_page": tenant_page}, status=409)


def closed_page(tenant_page: TenantPage, reader: Reader, why: str) -> Reply:
    """`why`: the name of a text."""
    return page("filing/closed.html", reader, {"tenant_page": tenant_page, "why": why})


def _code(text: str) -> str:
    """The QR code as a `data:` address of an SVG image. Level M: 15 % of it may be damaged (ISO/IEC 18004)."""
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2, dark="black", light="white")
