"""The questions of a filing: one group of inputs for each page, only those that channel and category ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.complaints.fields import class_of
from chalicelib.features.filing import disclosure
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.tenants.organisation import Unit
from chalicelib.web.pages.answers import Answers, open_channels
from chalicelib.web.pages.inputs import Input, Option, of_fact, options
from chalicelib.web.pages.reader import Reader

INPUTS_A_PAGE = 6
"""Inputs of one page. More facts make another page."""
_FIRST = ("name", "salutation", "sex", "phone", "contact", "email", "address")
_GROUPS = {"content": "file.facts", "respondent": "file.respondent", "complainant": "file.complainant"}
"""The titles of the groups of facts, in order. Internal facts are asked with the content."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A page of inputs. `id`: stable while the answers before it stay. `title`: the name of a text. `notes`: texts."""

    id: str
    title: str
    inputs: list[Input]
    notes: list[str] = []

    def has(self, pointer: str) -> bool:
        """Whether a fault at this place of the filing belongs to the page."""
        return any(pointer == one.pointer or pointer.startswith(one.pointer + "/") for one in self.inputs)


def questions(policy: Policy, answers: Answers, units: Mapping[str, Unit], reader: Reader) -> list[Question]:
    """All questions, given the answers so far: a channel or category can ask for more facts."""
    return [
        *_channel(policy, reader),
        *_categories(policy, reader),
        *_unit(policy, units, reader),
        *_facts(policy, answers, reader),
    ]


def _channel(policy: Policy, reader: Reader) -> Iterator[Question]:
    channels = {name: policy.document.intake.channels[name] for name in open_channels(policy)}
    if len(channels) > 1:
        found = Input(
            name="channel",
            pointer="/channel",
            label=reader.text("file.channel_label"),
            kind="one",
            required=True,
            options=options(channels, reader),
        )
        yield Question(id="channel", title="file.channel", inputs=[found])


def _categories(policy: Policy, reader: Reader) -> Iterator[Question]:
    intake = policy.document.intake
    for dimension, labels in intake.categories.items():
        required = dimension in intake.required
        found = options(labels, reader)
        chosen = found if required else [*found, Option("", reader.text("file.none"))]
        one = Input(
            name=f"category.{dimension}",
            pointer=f"/category/{dimension}",
            label=reader.text("file.category_label"),
            kind="one",
            required=required,
            options=chosen,
        )
        yield Question(id=f"category-{dimension}", title="file.category", inputs=[one])


def _unit(policy: Policy, units: Mapping[str, Unit], reader: Reader) -> Iterator[Question]:
    asked = policy.document.intake.unit
    if asked == "none" or not units:
        return
    found = [Option(name, unit.name or name) for name, unit in units.items()]
    if asked == "optional":
        found.append(Option("", reader.text("file.no_unit")))
    label = reader.text("file.unit_label")
    one = Input(name="unit", pointer="/unit", label=label, kind="one", required=asked == "required", options=found)
    yield Question(id="unit", title="file.unit", inputs=[one])


def _facts(policy: Policy, answers: Answers, reader: Reader) -> Iterator[Question]:
    intake = policy.document.intake
    short = {*intake.subject, *intake.email, *([] if intake.phone is None else [intake.phone])}
    groups: dict[str, list[Input]] = {group: [] for group in _GROUPS}
    for key, fact in intake.facts.items():
        asked = _is_asked(policy, fact, answers)
        if asked is not None and fact_kinds.of(fact.kind).input is not None:
            holder = class_of(key, fact)
            group = holder if holder in groups else "content"
            groups[group].append(of_fact(key, fact, asked, reader, key in short))
    for group, unordered in groups.items():
        found = sorted(unordered, key=_position)
        pages = [found[first : first + INPUTS_A_PAGE] for first in range(0, len(found), INPUTS_A_PAGE)]
        for number, inputs in enumerate(pages, 1):
            notes = disclosure.notes(policy, group, found, reader)
            yield Question(id=f"{group}-{number}", title=_GROUPS[group], inputs=inputs, notes=notes)


def _position(one: Input) -> tuple[bool, int]:
    """Required inputs first, people's names before their contacts. A published policy keeps no order of its facts."""
    last = one.name.rpartition(".")[2]
    return not one.required, _FIRST.index(last) if last in _FIRST else len(_FIRST)


def _is_asked(policy: Policy, fact: Fact, answers: Answers) -> bool | None:
    """Whether the fact is required; None if this filing need not be asked for it."""
    if isinstance(fact.required, RequiredWhen):
        return True if holds(fact.required.when, answers.case(policy)) else None
    if isinstance(fact.required, list):
        return True if answers.channel(policy) in fact.required else None
    return fact.required
