"""The form of a text block, what is wrong with it, and the page that shows it."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from msgspec.structs import replace

from chalicelib.features.text_blocks import filling
from chalicelib.features.text_blocks.block import BlockRow
from chalicelib.features.text_blocks.filling import TextPart
from chalicelib.features.text_blocks.pages.blocks import fits
from chalicelib.features.text_blocks.queries import TextBlockCaller, TextBlockVersionView
from chalicelib.features.text_blocks.wanted import MAX_NAME, MAX_TEXT, WriteTextBlock, placeholders
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people import queries as people
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.inputs import Input, InputFault, Option, faults_at, in_order, options
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.times import time_text

_ROWS = 10


class FormOfBlock(NamedTuple):
    """`row`: None for a new block. `versions`: the newest, the present one first."""

    call: Call
    desk: Desk
    caller: TextBlockCaller
    row: BlockRow | None
    versions: list[TextBlockVersionView]

    @property
    def labels(self) -> CaseLabels:
        return labels_of(self.desk)


class ShownVersion(NamedTuple):
    version: int
    at: str
    by: str
    name: str


def document(given: Answers) -> dict[str, Any]:
    """What was typed, as the API takes it. Browsers send line breaks as CR LF."""
    texts = {name: given.one(name).replace("\r\n", "\n") for name in ("name", "language", "text")}
    return {**texts, "categories": given.all("categories"), "stages": given.all("stages")}


def refused(form: FormOfBlock, given: Answers, problem: Problem) -> Reply:
    """The form as it was typed, with what is wrong. Raises other problems again."""
    if problem.kind == "stale":
        return shown(form, given, stale=True, status=412)
    if problem.kind == "idempotency-key-reused":
        fault = InputFault("name", form.desk.reader.text("text_blocks.sent_before"))
        return shown(form, given, faults=[fault], status=409)
    if problem.kind == "limit-reached":
        fault = InputFault("name", languages.say(problem.text, form.desk.reader.language))
        return shown(form, given, faults=[fault], status=409)
    asked = _inputs(form)
    found = faults_at(asked, problem.places, given, form.desk.reader)
    if not found:
        raise problem
    return shown(form, given, faults=in_order(found, asked), status=422)


def shown(
    form: FormOfBlock,
    given: Answers | None = None,
    *,
    faults: list[InputFault] | None = None,
    preview: WriteTextBlock | None = None,
    stale: bool = False,
    status: int = 200,
) -> Reply:
    """`preview`: what was typed, to be looked at. `stale`: another person has written a version meanwhile, whose text
    the page shows beside what was typed."""
    reader, policy, read = form.desk.reader, form.desk.member.policy, _read(form)
    values = {
        "row": form.row,
        "fits": "" if form.row is None else fits(form.row, form.labels),
        "version": read,
        "text": [] if read is None else filling.parts(policy, read.text, read.language),
        "preview": _preview(form, preview),
        "versions": _versions(form),
        "writes": form.caller.writes is not None,
        "inputs": _inputs(form),
        "answers": _answers(form) if given is None else given,
        "placeholders": [(one, filling.label(policy, one, reader.language)) for one in placeholders(policy.document)],
        "faults": faults or [],
        "fault_of": {fault.name: fault.text for fault in faults or []},
        "stale": stale,
        "key": str(uuid.uuid4()) if given is None or stale or faults else given.one("key"),
        "told": getattr(form.call.query, "told", None),
    }
    return form.desk.page("text_blocks/block.html", values, status=status)


def _read(form: FormOfBlock) -> TextBlockVersionView | None:
    """The version that the page shows: the present one, unless its address names another."""
    wanted = getattr(form.call.query, "version", None)
    named = [one for one in form.versions if str(one.version) == wanted]
    return next(iter([*named, *form.versions]), None)


def _preview(form: FormOfBlock, wanted: WriteTextBlock | None) -> list[TextPart]:
    return [] if wanted is None else filling.parts(form.desk.member.policy, wanted.text, wanted.language)


def _versions(form: FormOfBlock) -> list[ShownVersion]:
    subs = sorted({one.by for one in form.versions} | ({form.row.by} if form.row else set()))
    found = people.people_by_sub(form.call.wiring.store, tenant_of(form.call), subs) if subs else ()
    calendar, reader = form.desk.member.policy.calendar, form.desk.reader
    names = {one.sub: one.name for one in found if one.name}  # no mail address: the page can be an error
    unnamed = reader.text("text_blocks.unnamed")
    return [
        ShownVersion(one.version, time_text(calendar, reader, one.at), names.get(one.by, unnamed), one.name)
        for one in form.versions
    ]


def _answers(form: FormOfBlock) -> Answers:
    """The present version in the form."""
    if not form.versions:
        return Answers({"language": [form.desk.member.org.language]})
    now = form.versions[0]
    return Answers(
        {
            "name": [now.name],
            "language": [now.language],
            "text": [now.text],
            "categories": now.categories,
            "stages": now.stages,
        }
    )


def _inputs(form: FormOfBlock) -> list[Input]:
    reader, intake, labels = form.desk.reader, form.desk.member.policy.document.intake, form.labels

    def one(name: str, kind: str, **further: Any) -> Input:
        label = reader.text(f"text_blocks.{name}")
        return Input(name=name, pointer=f"/{name}", label=label, kind=kind, required=True, **further)

    language = [Option(code, reader.text(f"text_blocks.language.{code}")) for code in ("zh", "en")]
    categories = [option for values in intake.categories.values() for option in options(values, reader)]
    stages = [Option(name, labels.stage(name)) for name in form.desk.member.policy.document.stages]
    several = [one("categories", "several", options=categories), one("stages", "several", options=stages)]
    return [
        one("name", "line", most=MAX_NAME),
        one("language", "one", options=language),
        replace(one("text", "area", most=MAX_TEXT), rows=_ROWS),
        *(each for each in several if each.options),
    ]
