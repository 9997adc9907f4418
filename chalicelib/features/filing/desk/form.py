"""What was entered at the desk: as the body of `POST /v1/t/{tenant}/complaints`, its faults, and its text to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.complaints import filing
from chalicelib.complaints.fields import policy_spec
from chalicelib.complaints.filing import SUBJECT
from chalicelib.features.filing import file_complaint
from chalicelib.features.filing.desk.intake import LONGEST_SUBJECT, RECEIVED, StaffIntake
from chalicelib.features.filing.file_complaint import FileComplaint, NewComplaint, ReceivedEarlier
from chalicelib.features.filing.pages.shown import answer_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.language.conditions import ORDINALS
from chalicelib.web import languages
from chalicelib.web.pages import answers
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault, fault_of, input_at
from chalicelib.web.pages.reader import Reader
from chalicelib.wiring import Wiring

NO_INPUT = "intake"
"""The name of faults that belong to no input, and the id of the form."""


class IntakeCheck(NamedTuple):
    """`places`: each fault of the filing. `repeat`: which complaint about the matter it would be."""

    places: list[Place]
    repeat: str


class EnteredLine(NamedTuple):
    label: str
    text: str


class IntakeForm(msgspec.Struct, frozen=True):
    """`given`: what was entered, by the names of the inputs."""

    intake: StaffIntake
    given: Answers
    reader: Reader

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The answers to inputs of the form, in its order. Other values of a request are left out."""
        return [
            (one.name, value) for one in self.intake.inputs.values() for value in self.given.given.get(one.name, [])
        ]

    @property
    def has_received(self) -> bool:
        """Whether something was entered about an earlier receipt."""
        return any(self.given.one(one.name) for one in self.intake.received)

    @property
    def complaint(self) -> NewComplaint:
        policy, given = self.intake.policy, self.given
        return NewComplaint(
            channel=given.one("channel") or "-",
            facts=given.facts(policy),
            category=given.categories(policy) or None,
            severity=given.one("severity") or None,
            subject=given.one(SUBJECT) or None,
            unit=given.one("unit") or None,
            language="en" if given.one("language") == "en" else "zh",
            received=self._received if self.has_received else None,
        )

    @property
    def values(self) -> dict[str, Any]:
        """By which earlier complaints are found."""
        filed = self.complaint
        return filed.facts if filed.subject is None else {**filed.facts, SUBJECT: filed.subject}

    @property
    def _received(self) -> ReceivedEarlier:
        policy = self.intake.policy
        at = answers.read("time", self.given.all(RECEIVED), policy.calendar.zone)
        rules = policy.document.intake.received
        needed = [] if rules is None else rules.needs
        found = {name: self._received_field(name) for name in needed}
        return ReceivedEarlier(at=at, fields={name: value for name, value in found.items() if value not in ("", [])})

    def _received_field(self, name: str) -> Any:
        policy = self.intake.policy
        kind = policy_spec(policy, name, True, {}).kind
        return answers.read(kind, self.given.all(f"{RECEIVED}.{name}"), policy.calendar.zone)

    @property
    def too_long(self) -> list[Place]:
        """What the body of a request cannot hold."""
        if len(self.given.one(SUBJECT)) <= LONGEST_SUBJECT:
            return []
        return [Place(f"/{SUBJECT}", Text("must be at most {most} characters", most=LONGEST_SUBJECT))]

    def entered(self) -> list[EnteredLine]:
        """Label and text of each answer."""
        calendar = self.intake.policy.calendar
        inputs = [one for one in self.intake.inputs.values() if one.name in self.given.given]
        lines = [EnteredLine(one.label, answer_text(calendar, one, self.given, self.reader)) for one in inputs]
        return [one for one in lines if one.text]

    def faults(self, places: Sequence[Place]) -> list[InputFault]:
        """One of each input, in the order of the page. Those without an input come last."""
        inputs = self.intake.inputs
        at_inputs: dict[str, InputFault] = {}
        others: list[InputFault] = []
        for place in places:
            one = input_at(inputs, place)
            if one is None:
                text = self.reader.text("desk_file.other_fault", place=place.pointer, detail=self._said(place))
                others.append(InputFault(NO_INPUT, text))
            elif one.name not in at_inputs:
                is_empty = not self.given.all(one.name)
                at_inputs[one.name] = fault_of(
                    one, place, self.reader, is_empty=is_empty, text=self.given.one(one.name)
                )
        return [*(at_inputs[one.name] for one in inputs.values() if one.name in at_inputs), *others]

    def _said(self, place: Place) -> str:
        return languages.say(place.text, self.reader.language)


def check(wiring: Wiring, command: FileComplaint, member: Member) -> IntakeCheck:
    """All that `file_complaint` would refuse, not only what it comes to first."""
    found: list[Place] = []
    filed, policy, arrival = command.filing, member.policy, None
    with _kept(found):
        file_complaint.check_unit(member.org, filed.unit)
    with _kept(found):
        policy, arrival = file_complaint.governing(wiring, command, member.org)
    with _kept(found):
        actor = file_complaint.actor_for(policy, member.asker, filed.channel)
        filed = file_complaint.with_repeat(wiring, command, policy, actor)
    with _kept(found):
        filing.check(policy, filed, command.now, arrival=arrival, by_staff=True)
    return IntakeCheck(found, "" if filed.repeat == ORDINALS[0] else filed.repeat)


@contextmanager
def _kept(found: list[Place]) -> Iterator[None]:
    """Keeps the faulty places of a refusal, and goes on."""
    try:
        yield
    except Problem as problem:
        if problem.kind != "invalid":
            raise
        found.extend(problem.places)
