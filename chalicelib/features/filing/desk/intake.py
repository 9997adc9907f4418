"""The inputs of the intake at the desk: all that staff can say of a complaint in their filing, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.filing import SUBJECT
from chalicelib.features.filing.questions import (
    GROUPS,
    QuestionPage,
    category_input,
    position,
    printed,
    told_apart,
    unit_question,
)
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.policy.language.values import fact_kinds
from chalicelib.tenants.organisation import Organisation
from chalicelib.web.pages.inputs import Input, Option, of_fact, options
from chalicelib.web.pages.reader import Reader

RECEIVED = "received"
LONGEST_SUBJECT = 100
"""Characters, as of `NewComplaint.subject`."""
_INTERNAL = "internal"
_ROWS = 3
"""Lines of a text before it grows."""


class StaffIntake:
    """The sections of the form. `channels`: those on which the member files."""

    def __init__(self, policy: Policy, org: Organisation, channels: list[str], reader: Reader) -> None:
        self.policy = policy
        self._org, self._channels, self._reader = org, channels, reader

    @cached_property
    def sections(self) -> list[QuestionPage]:
        """Each with a title: first what a caller is asked first. The time of receipt is in `received`."""
        facts = self._facts()
        groups = {
            "channel": [self._channel()],
            **{name: facts[name] for name in ("complainant", "content", "respondent")},
            "kind": list(self._matter()),
            _INTERNAL: facts[_INTERNAL],
            "answering": [self._language()],
        }
        sections = [QuestionPage(id=name, title=self._title(name), inputs=inputs) for name, inputs in groups.items()]
        return told_apart([one for one in sections if one.inputs], self._reader)

    @cached_property
    def received(self) -> list[Input]:
        """The time of receipt, and what the policy asks of a filing that comes later; empty if it allows none."""
        rules = self.policy.document.intake.received
        if rules is None:
            return []
        label = self._reader.text("desk_file.received")
        at = Input(name=RECEIVED, pointer="/received/at", label=label, kind="line", required=True, most=0)
        at = replace(at, type="datetime-local")
        return [at, *(self._received_field(name) for name in rules.needs)]

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """All, by their place in a filing, in the order of the page."""
        first, *others = self.sections
        return {one.pointer: one for one in (*first.inputs, *self.received, *(i for s in others for i in s.inputs))}

    @cached_property
    def hints(self) -> dict[str, str]:
        """By the name of an input: in which case the filing needs it."""
        facts = self.policy.document.intake.facts.items()
        found = {f"fact.{name}": self._needed(fact) for name, fact in facts}
        return {name: text for name, text in found.items() if text}

    @property
    def looked_up(self) -> list[str]:
        """The names of the inputs by which earlier complaints are found."""
        intake = self.policy.document.intake
        facts = [*intake.subject, *intake.email, *([] if intake.phone is None else [intake.phone])]
        names = {SUBJECT, *(f"fact.{name}" for name in facts)}
        return [one.name for one in self.inputs.values() if one.name in names]

    def _title(self, section: str) -> str:
        return self._reader.text(f"desk_file.section.{section}")

    def _channel(self) -> Input:
        known = self.policy.document.intake.channels
        offered = options({name: known[name] for name in self._channels}, self._reader)
        label = self._reader.text("file.channel_label")
        return Input(name="channel", pointer="/channel", label=label, kind="one", required=True, options=offered)

    def _language(self) -> Input:
        offered = [Option(name, self._reader.text(f"desk_file.language.{name}")) for name in ("zh", "en")]
        label = self._reader.text("desk_file.language")
        return Input(name="language", pointer="/language", label=label, kind="one", required=True, options=offered)

    def _matter(self) -> Iterator[Input]:
        """What it is about, in the words of the policy; how severe it is; where."""
        intake = self.policy.document.intake
        asked = replace(intake, required=[*intake.required, *intake.chosen_by_staff])
        found = (category_input(asked, name, self._reader) for name in intake.categories)
        yield from sorted(found, key=lambda one: not one.required)
        yield from self._severity()
        for question in unit_question(self.policy, self._org.units, self._reader):
            yield from question.inputs
        if not intake.subject:
            label = self._reader.text("desk_file.subject")
            most = LONGEST_SUBJECT
            yield Input(name=SUBJECT, pointer="/subject", label=label, kind="line", required=False, most=most, size=24)

    def _severity(self) -> Iterator[Input]:
        severity = self.policy.document.severity
        if severity is not None:
            offered = options({name: severity.classes[name] for name in self.policy.classes}, self._reader)
            later = Option("", self._reader.text("desk_file.lowest", name=offered[0].label))
            label = self._reader.text("desk_file.severity")
            yield Input(
                name="severity", pointer="/severity", label=label, kind="one", required=False, options=[later, *offered]
            )

    def _facts(self) -> dict[str, list[Input]]:
        intake = self.policy.document.intake
        short = {*intake.subject, *intake.email, *([] if intake.phone is None else [intake.phone])}
        groups: dict[str, list[Input]] = {group: [] for group in (*GROUPS, _INTERNAL)}
        for key, fact in intake.facts.items():
            if fact_kinds.of(fact.kind).input is not None:
                holder = _INTERNAL if fact.given_by == "staff" else class_of(key, fact)
                one = of_fact(key, fact, fact.required is True, self._reader, key in short)
                groups[holder if holder in groups else "content"].append(_at_the_desk(one))
        lines = printed(self.policy)
        return {name: sorted(found, key=lambda one: position(one, lines)) for name, found in groups.items()}

    def _received_field(self, name: str) -> Input:
        spec = fields.policy_spec(self.policy, name, True, {})
        found = of_fact(name, spec.fact, True, self._reader, False, root="received/fields")
        labels = self.policy.document.intake.categories.get(name)
        if labels and not found.options:
            found = replace(found, kind="one", options=options(labels, self._reader))
        return replace(found, name=f"{RECEIVED}.{name}", rows=2, autocomplete="off")

    def _needed(self, fact: Fact) -> str:
        condition: Condition = {}
        if isinstance(fact.required, RequiredWhen):
            condition = fact.required.when
        elif isinstance(fact.required, list):
            condition = {"channel": fact.required}
        said = [self._case(name, values) for name, values in condition.items()]
        joined = self._reader.text("file.listed").join(said)
        return self._reader.text("desk_act.needed_with", case=joined) if said else ""

    def _case(self, name: str, values: list[str]) -> str:
        names = {name, f"category.{name}", f"fact.{name}"}
        asked = next((one for one in self.inputs.values() if one.name in names), None)
        known = _yes_no(self._reader) | ({} if asked is None else {one.value: one.label for one in asked.options})
        texts = self._reader.text("desk_act.or").join(known.get(value, value) for value in values)
        return self._reader.text("desk_act.is", field=name if asked is None else asked.label, value=texts)


def _yes_no(reader: Reader) -> dict[str, str]:
    return {"yes": reader.text("common.yes"), "no": reader.text("common.no"), "none": reader.text("file.empty")}


def _at_the_desk(one: Input) -> Input:
    """A choice with one value, such as an apology, is a box that staff tick: it never answers itself.

    The browser must offer neither what was entered for other people nor the details of the member.
    """
    kind = "several" if one.kind == "one" and len(one.options) == 1 else one.kind
    return replace(one, kind=kind, autocomplete="off", rows=min(one.rows, _ROWS))
