"""The pages of one filing: which question comes next, its faults, and the check of all answers before the filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints import filing
from chalicelib.complaints.applying import contact
from chalicelib.features.filing.file_complaint import NewComplaint
from chalicelib.features.filing.questions import QuestionPage, questions
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.compiled import Policy
from chalicelib.tenants.organisation import Unit
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault, fault_of, input_at, sole_value, too_long
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader

CHECK = "check"
"""The id of the last page, which shows all answers."""


class FilingForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one organisation, with the answers so far."""

    policy: Policy
    answers: Answers
    units: Mapping[str, Unit]
    reader: Reader
    now: Instant

    @classmethod
    def of(
        cls, tenant_page: TenantPage, given: Mapping[str, Sequence[str]], reader: Reader, now: Instant
    ) -> FilingForm:
        """`given`: the answers of the person. A question with one answer has it."""
        policy, units = tenant_page.policy, tenant_page.org.units
        pages = questions(policy, Answers(given), units, reader)
        sole = {one.name: [value] for page in pages for one in page.inputs if (value := sole_value(one)) is not None}
        return cls(policy=policy, answers=Answers({**given, **sole}), units=units, reader=reader, now=now)

    @property
    def all_pages(self) -> list[QuestionPage]:
        return questions(self.policy, self.answers, self.units, self.reader)

    @property
    def questions(self) -> list[QuestionPage]:
        """The pages with a question."""
        return [page for page in self.all_pages if page.asked]

    @property
    def steps(self) -> list[str]:
        """The ids of all pages in order, the last one with all answers."""
        return [*(one.id for one in self.questions), CHECK]

    def names(self, step: str) -> list[str]:
        """The inputs of one page."""
        return [one.name for question in self.questions if question.id == step for one in question.asked]

    @property
    def all_names(self) -> list[str]:
        """The inputs of a filing that the policy knows, whether they are asked for now or not."""
        intake = self.policy.document.intake
        return ["channel", "unit", *map("category.{}".format, intake.categories), *map("fact.{}".format, intake.facts)]

    @property
    def mail(self) -> str | None:
        """The complainant's mail address."""
        return contact.address(self.policy.document, self.complaint().filing.facts or {})

    def page_after(self, step: str, go: str) -> str:
        """The id of the page to show after `step`. `go`: `next`, `back`, or `to:<id>`. An unknown step is the first."""
        ids = self.steps
        if go.startswith("to:"):
            return go.removeprefix("to:") if go.removeprefix("to:") in ids else ids[0]
        if step not in ids:
            return ids[0]
        if go == "next" and self.faults(step):
            return step
        moved = ids.index(step) + {"next": 1, "back": -1}.get(go, 0)
        return ids[min(max(moved, 0), len(ids) - 1)]

    def faults(self, step: str) -> list[InputFault]:
        """The faults of the answers on one page, or of all pages, in the order of the inputs."""
        asked = [one for one in self.questions if step in (one.id, CHECK)]
        inputs = {one.pointer: one for question in asked for one in question.inputs}
        found = [(one, place) for place in self._places() if (one := input_at(inputs, place))]
        named = [fault_of(one, place, self.reader, is_empty=not self.answers.all(one.name)) for one, place in found]
        long = [too_long(one, self.answers.one(one.name), self.reader) for one in inputs.values()]
        faults = {one.name: one for one in (*named, *long) if one is not None}
        return [faults[one.name] for one in inputs.values() if one.name in faults]

    def first_faulty(self) -> str | None:
        """The id of the first page with a fault."""
        return next((one.id for one in self.questions if self.faults(one.id)), None)

    def complaint(self) -> NewComplaint:
        """The request of `POST /v1/t/{tenant}/complaints` that the answers make."""
        return NewComplaint(
            channel=self.answers.channel(self.policy) or "-",
            facts=self._asked_facts(),
            category=self.answers.categories(self.policy) or None,
            unit=self.answers.one("unit") or None,
            language="zh" if self.reader.language == "zh" else "en",
        )

    def _asked_facts(self) -> dict[str, Any]:
        """Without answers to questions that a later change of channel or category has removed."""
        asked = {one.name.removeprefix("fact.") for question in self.all_pages for one in question.inputs}
        return {key: value for key, value in self.answers.facts(self.policy).items() if key in asked}

    def _places(self) -> Sequence[Place]:
        try:
            filing.check(self.policy, self.complaint().filing, self.now, by_staff=False)
        except Problem as problem:
            return problem.places
        return ()
