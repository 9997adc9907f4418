"""What the pages of a filing show: a question, all answers, the receipt, and why it cannot go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from chalicelib.features.evidence.pages import listing
from chalicelib.features.filing.drafts import FilingAnswers
from chalicelib.features.filing.form import CHECK, FilingForm
from chalicelib.features.filing.pages.filed_before import FiledBefore
from chalicelib.features.filing.pages.following import following
from chalicelib.kit.instants import to_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import from_wall_clock
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, InputFault
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import page
from chalicelib.web.pages.times import day_text, time_text, zone_name


class AskedStep(msgspec.Struct, frozen=True):
    """`path`: of its page and form. `seen`: as `FilingAnswers.seen`.

    `told`: `changed` by another tab, or `policy` for a new version.
    """

    step: str
    path: str
    seen: str
    faults: Sequence[InputFault] = ()
    told: str = ""


class AnsweredLine(msgspec.Struct, frozen=True):
    """A line of the answers to check. `step`: the page on which the answer is changed; empty if it is the only one."""

    label: str
    text: str
    step: str


def question_page(
    tenant_page: TenantPage, form: FilingForm, asked: AskedStep, before: FiledBefore | None = None
) -> Reply:
    """`before`: what this device has just filed about the same."""
    question = next((one for one in form.questions if one.id == asked.step), None)
    values: dict[str, Any] = {
        "tenant_page": tenant_page,
        "question": question,
        "answers": form.answers,
        "asked": asked,
        "number": form.steps.index(asked.step) + 1,
        "count": len(form.steps),
        "faults": asked.faults,
        "fault_of": {fault.name: fault.text for fault in asked.faults},
        "lines": answered_lines(form) if question is None else [],
        "zone": zone_name(form.policy.calendar, form.reader),
        "again": f"/t/{tenant_page.org.id}/file",
    }
    if asked.step == CHECK:
        values["evidence"], values["accepts"] = listing.for_filing(form.policy, form.reader)
        values |= {"words": listing.words(form.reader), "evidence_path": _draft_path(asked), "before": before}
    template = "filing/check.html" if asked.step == CHECK else "filing/question.html"
    status = 409 if asked.told == "changed" else 422 if asked.faults else 200
    return page(template, form.reader, values, status=status)


def _draft_path(asked: AskedStep) -> str:
    """Of the draft: under it the device keeps the files that were chosen before there is a complaint."""
    return asked.path.rpartition("/")[0]


def too_long(form: FilingForm, step: str) -> InputFault:
    """The answers are more than a draft can keep."""
    return InputFault(next(iter(form.names(step)), ""), form.reader.text("file.too_long"))


def answered_lines(form: FilingForm) -> list[AnsweredLine]:
    empty = form.reader.text("file.empty")
    return [
        AnsweredLine(
            _label(one, question.title),
            answer_text(form.policy.calendar, one, form.answers, form.reader) or empty,
            question.id if one in question.asked else "",
        )
        for question in form.all_pages
        for one in question.inputs
    ]


def _moment(calendar: Calendar, one: Input, text: str, reader: Reader) -> str:
    """A day or a time as the reader's language writes it; what is none stays as it was typed."""
    try:
        if one.type == "date":
            return day_text(reader, date.fromisoformat(text))
        if one.type == "datetime-local":
            instant = from_wall_clock(calendar.zone, datetime.fromisoformat(text))
            return time_text(calendar, reader, to_text(instant))
    except (ValueError, OverflowError):
        return text
    return text


def _label(one: Input, title: str) -> str:
    """Channel and unit are labelled by the page's question."""
    return title if one.name in ("channel", "unit") else one.label


def answer_text(calendar: Calendar, one: Input, answers: Answers, reader: Reader) -> str:
    """The answer to an input in words; empty without one."""
    if not one.options:
        return _moment(calendar, one, answers.one(one.name), reader)
    labels = {option.value: option.label for option in one.options}
    named = answers.all(one.name) or ([""] if "" in labels else [])
    return reader.text("file.listed").join(labels.get(value, value) for value in named)


def filed_page(call: Call, tenant_page: TenantPage, content: FilingAnswers, asked: AskedStep) -> Reply:
    """The receipt is in the fragment of the QR code's address, which browsers do not send to servers."""
    filed, reader = content.filed or {}, reader_of(call)
    page_of_case = f"{call.wiring.address}/t/{tenant_page.org.id}/case/{filed['number']}"
    values = {
        "tenant_page": tenant_page,
        "asked": asked,
        "filed": filed,
        "content": content,
        "at": time_text(tenant_page.policy.calendar, reader, content.at),
        "page_of_case": page_of_case,
        "code": code_of(urlsplit(page_of_case)._replace(fragment=filed["receipt"]).geturl()),
        "follows": following(call, content, reader),
        "words": listing.words(reader),
        "evidence_path": _draft_path(asked),
    }
    return page("filing/filed.html", reader, values, upload=call.wiring.objects.upload_origin())


def already_filed_page(tenant_page: TenantPage, reader: Reader, path: str) -> Reply:
    """`path`: of the page with the receipt, which can be shown again for some time."""
    return page("filing/already.html", reader, {"tenant_page": tenant_page, "path": path}, status=409)


def begun_page(tenant_page: TenantPage, reader: Reader, path: str) -> Reply:
    """Asks whether the draft of this device is the person's own. `path`: of its first page."""
    return page("filing/begun.html", reader, {"tenant_page": tenant_page, "path": path})


def lost_page(tenant_page: TenantPage, reader: Reader) -> Reply:
    """The draft is over, or the browser keeps no cookies."""
    return page("filing/lost_draft.html", reader, {"tenant_page": tenant_page}, status=404)


def closed_page(tenant_page: TenantPage, reader: Reader, why: str) -> Reply:
    """`why`: the name of a text."""
    return page("filing/closed.html", reader, {"tenant_page": tenant_page, "why": why})


def code_of(text: str) -> str:
    """The QR code as a `data:` address of an SVG image. Level M: 15 % of it may be damaged (ISO/IEC 18004)."""
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2, dark="black", light="white")
