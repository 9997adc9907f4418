"""Draws a question, or the answers to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chalicelib.features.filing.form import CHECK, FilingForm
from chalicelib.web.call import Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.faults import Fault
from chalicelib.web.pages.inputs import Input
from chalicelib.web.pages.organisation import Host
from chalicelib.web.pages.rendering import page
from chalicelib.web.pages.times import zone_name


class AnsweredLine(msgspec.Struct, frozen=True):
    """A line of the answers to check. `step`: the page on which the answer is changed."""

    label: str
    text: str
    step: str


def question_page(host: Host, form: FilingForm, step: str, faults: Sequence[Fault], hidden: Mapping[str, str]) -> Reply:
    """The page with the id `step`. `hidden`: the form's own values, besides the answers."""
    asked = form.questions
    ids = [*(one.id for one in asked), CHECK]
    question = next((one for one in asked if one.id == step), None)
    shown = {one.name for one in question.inputs} if question else set()
    values = {
        "host": host,
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
    """The only input of a page is labelled by the page's question."""
    return one.label if one.name.startswith("fact.") else form.reader.text(title)


def _text(answers: Answers, one: Input) -> str:
    given = answers.all(one.name)
    if not one.options:
        return answers.one(one.name).replace("T", " ") if one.type == "datetime-local" else answers.one(one.name)
    labels = {option.value: option.label for option in one.options}
    named = given or ([""] if "" in labels else [])
    return "、".join(labels.get(value, value) for value in named)
