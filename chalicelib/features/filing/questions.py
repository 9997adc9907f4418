"""The questions of a filing: one group of inputs for each page, only those that channel and category ask for.

A page says who will read the answers, which follows from the policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chalicelib.complaints.fields import class_of
from chalicelib.complaints.rights.confidentiality import IDENTITY, TO_RESPONDENT, respondents_read, rules_of
from chalicelib.features.filing.readers import role_labels
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import Fact, RequiredWhen, is_public
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.worktime import parse_limit
from chalicelib.tenants.organisation import Unit
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, Option, of_fact, options, sole_value
from chalicelib.web.pages.organisation import open_channels
from chalicelib.web.pages.reader import Reader

INPUTS_A_PAGE = 6
"""Inputs of one page. More facts make another page."""
_FIRST = ("name", "salutation", "sex", "phone", "contact", "email", "address")
GROUPS = {"content": "file.facts", "respondent": "file.respondent", "complainant": "file.complainant"}
"""The titles of the groups of facts, in order. Internal facts are asked with the content."""


class QuestionPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of inputs. `id`: stable while the answers before it stay. `title`: the question.

    `notes`: who reads the answers. `hint`: the note that no reader may miss; empty without one.
    """

    id: str
    title: str
    inputs: list[Input]
    notes: list[str] = []
    hint: str = ""

    @property
    def asked(self) -> list[Input]:
        """Without those that have only one answer."""
        return [one for one in self.inputs if sole_value(one) is None]

    def has(self, pointer: str) -> bool:
        """Whether a fault at this place of the filing belongs to the page."""
        return any(pointer == one.pointer or pointer.startswith(one.pointer + "/") for one in self.inputs)


def questions(policy: Policy, answers: Answers, units: Mapping[str, Unit], reader: Reader) -> list[QuestionPage]:
    """All questions, given the answers so far: a channel or category can ask for more facts."""
    pages = [
        *_channel(policy, reader),
        *_categories(policy, reader),
        *unit_question(policy, units, reader),
        *_facts(policy, answers, reader),
    ]
    return told_apart(pages, reader)


def told_apart(pages: list[QuestionPage], reader: Reader) -> list[QuestionPage]:
    """Inputs with one label: each also says the question of its page and, if the page has several, its number."""
    count = Counter(one.label for page in pages for one in page.inputs)
    if len(count) == count.total():
        return pages
    return [msgspec.structs.replace(page, inputs=list(_named(page, count, reader))) for page in pages]


def _named(page: QuestionPage, count: Mapping[str, int], reader: Reader) -> Iterator[Input]:
    here, numbers = Counter(one.label for one in page.inputs), Counter[str]()
    for one in page.inputs:
        label = one.label
        numbers[label] += 1
        named = label if count[label] == here[label] else reader.text("file.label_of", label=label, title=page.title)
        if here[label] > 1:
            named = reader.text("file.label_number", label=named, number=numbers[label])
        yield msgspec.structs.replace(one, label=named)


def _channel(policy: Policy, reader: Reader) -> Iterator[QuestionPage]:
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
        yield QuestionPage(id="channel", title=reader.text("file.channel"), inputs=[found])


def _categories(policy: Policy, reader: Reader) -> Iterator[QuestionPage]:
    """One page: to a complainant, several categories are one question."""
    intake = policy.document.intake
    asked = [name for name in intake.categories if name not in intake.chosen_by_staff]
    inputs = sorted((category_input(intake, name, reader) for name in asked), key=lambda one: not one.required)
    if inputs:
        yield QuestionPage(id="category", title=reader.text("file.category"), inputs=inputs)


def category_input(intake: Intake, name: str, reader: Reader) -> Input:
    required, found = name in intake.required, options(intake.categories[name], reader)
    label = intake.category_names.get(name)
    return Input(
        name=f"category.{name}",
        pointer=f"/category/{name}",
        label=reader.text("file.category_label") if label is None else reader.label(label.to_json()),
        kind="one",
        required=required,
        options=found if required else [*found, Option("", reader.text("file.none"))],
    )


def unit_question(policy: Policy, units: Mapping[str, Unit], reader: Reader) -> Iterator[QuestionPage]:
    asked = policy.document.intake.unit
    if asked == "none" or not units:
        return
    found = [Option(name, unit.name or name) for name, unit in units.items()]
    if asked == "optional":
        found.append(Option("", reader.text("file.no_unit")))
    label = reader.text("file.unit_label")
    one = Input(name="unit", pointer="/unit", label=label, kind="one", required=asked == "required", options=found)
    yield QuestionPage(id="unit", title=reader.text("file.unit"), inputs=[one])


def _facts(policy: Policy, answers: Answers, reader: Reader) -> Iterator[QuestionPage]:
    intake = policy.document.intake
    short = {*intake.subject, *intake.email, *([] if intake.phone is None else [intake.phone])}
    groups: dict[str, list[Input]] = {group: [] for group in GROUPS}
    for key, fact in intake.facts.items():
        asked = _is_asked(policy, fact, answers)
        if asked is not None and fact_kinds.of(fact.kind).input is not None:
            holder = class_of(key, fact)
            group = holder if holder in groups else "content"
            groups[group].append(of_fact(key, fact, asked, reader, key in short))
    lines = printed(policy)
    for group, unordered in groups.items():
        found = sorted(unordered, key=lambda one: position(one, lines))
        pages = [found[first : first + INPUTS_A_PAGE] for first in range(0, len(found), INPUTS_A_PAGE)]
        for number, inputs in enumerate(pages, 1):
            notes = disclosure_notes(policy, group, found, reader)
            yield QuestionPage(
                id=f"{group}-{number}",
                title=_title(group, number, len(pages), reader),
                inputs=inputs,
                notes=notes,
                hint=_hint(policy, group, found, reader),
            )


def _title(group: str, number: int, count: int, reader: Reader) -> str:
    title = reader.text(GROUPS[group])
    return title if count == 1 else reader.text("file.part", title=title, number=number, count=count)


def position(one: Input, printed: Sequence[str]) -> tuple[bool, int, int, bool]:
    """Required inputs first, people's names before their contacts; then as the forms print them; accounts before lines.

    A published policy keeps no order of its facts, but that of the lines of its forms.
    """
    name = one.name.removeprefix("fact.")
    last = name.rpartition(".")[2]
    named = _FIRST.index(last) if last in _FIRST else len(_FIRST)
    return not one.required, named, printed.index(name) if name in printed else len(printed), one.kind != "area"


def printed(policy: Policy) -> list[str]:
    """What the printed forms show, in their order."""
    forms = policy.document.forms.values()
    return [line.shows for form in forms for section in form.sections for line in section.lines]


def _is_asked(policy: Policy, fact: Fact, answers: Answers) -> bool | None:
    """Whether the fact is required; None if this filing need not be asked for it, as for what only staff say."""
    if fact.given_by == "staff":
        return None
    if isinstance(fact.required, RequiredWhen):
        return True if holds(fact.required.when, answers.case(policy)) else None
    if isinstance(fact.required, list):
        return True if answers.channel(policy) in fact.required else None
    return fact.required


def disclosure_notes(policy: Policy, group: str, inputs: Sequence[Input], reader: Reader) -> list[str]:
    """The notes of a page with the facts of one confidentiality class."""
    if group == IDENTITY:
        notes = [*_of_identity(policy, inputs, reader), *_kept(policy, reader)]
        return [*notes, *_unmasked(policy, rules_of(policy).complainant, reader)]
    read = [reader.text("file.other_party_reads")] if respondents_read(policy) else []
    return [*read, *_unmasked(policy, rules_of(policy).content, reader)]


def _hint(policy: Policy, group: str, inputs: Sequence[Input], reader: Reader) -> str:
    """That the other party reads the page, or that the complainant can stay anonymous."""
    if group == IDENTITY:
        return "" if any(one.required for one in inputs) else reader.text("file.anonymous")
    return reader.text("file.other_party") if respondents_read(policy) else ""


def _of_identity(policy: Policy, inputs: Sequence[Input], reader: Reader) -> Iterator[str]:
    rule = rules_of(policy).complainant
    names = role_labels(policy, rule, reader) + ([reader.text("role.owner")] if rule is None else [])
    yield reader.text("file.who_reads", roles=reader.text("file.listed").join(names))
    if not respondents_read(policy):
        return
    seen = [one.label for one in inputs if _is_seen(policy, one)]
    if seen:
        yield reader.text("file.other_party_sees", labels=reader.text("file.listed").join(seen))
    else:
        yield reader.text("file.not_other_party")


def _kept(policy: Policy, reader: Reader) -> Iterator[str]:
    if policy.document.retention is not None:
        from chalicelib.policy.worktime import explaining  # few requests draw this page

        kept = parse_limit(policy.document.retention.closed)
        yield reader.text("file.kept", time=explaining.limit_text(kept, reader.language))


def _unmasked(policy: Policy, rule: Sequence[RoleSelector] | None, reader: Reader) -> Iterator[str]:
    """Each role of the policy can be granted for a unit, also for the one that the complaint is about."""
    people = policy.document.people
    names = role_labels(policy, rule if rule is None else [one for one in rule if one.role in people], reader)
    if names and _takes_unit(policy):
        yield reader.text("file.unit_reads", roles=reader.text("file.listed").join(names))


def _takes_unit(policy: Policy) -> bool:
    return policy.document.intake.unit != "none"


def _is_seen(policy: Policy, one: Input) -> bool:
    """Whether the respondent reads the value: it is public, or of a class that respondents read."""
    name = one.name.partition(".")[2]
    fact = policy.document.intake.facts[name]
    return is_public(fact.kind, fact) or class_of(name, fact) in TO_RESPONDENT
