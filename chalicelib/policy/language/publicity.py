"""Publicity and supervision: what the organisation publishes, and who outside the office watches over it."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.deadlines import InspectionSchedule, Task
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.stages import Approval, NotificationRule

Audience = Literal["public", "users"]
"""`users`: only people who have signed in."""
Period = Literal["month", "quarter", "year"]


class Objection(LanguagePart, frozen=True, kw_only=True):
    """A party's right to object before a notice is published."""

    by: Literal["complainant", "respondent"]
    within: str


class Notices(LanguagePart, frozen=True, kw_only=True):
    """Notices about single cases."""

    when: Condition = {}
    """The cases, by conditions and by the public choices of acts."""
    on: list[Trigger]
    delay: str | None = None
    """A limit text: the time from the event to publication."""
    approval: Approval | None = None
    consent: Literal["complainant", "none"] = "complainant"
    objection: Objection | None = None
    shows: list[str]
    """`category`, public choices, `<event>_on` for the week of an event, and texts of acts."""
    audience: Audience = "public"


class Results(LanguagePart, frozen=True, kw_only=True):
    """The results of cases, without their parties (P1.5)."""

    on: list[Trigger]
    shows: list[str]
    audience: Audience = "public"


class Figures(LanguagePart, frozen=True, kw_only=True):
    """Figures over all cases of a period."""

    every: Period
    shows: list[Literal["received", "met", "missed"]]
    audience: Audience = "public"


class Publicity(LanguagePart, frozen=True, kw_only=True):
    """What the organisation publishes. A part that is left out publishes nothing."""

    notices: Notices | None = None
    results: Results | None = None
    figures: Figures | None = None

    @property
    def has_register(self) -> bool:
        """Whether there are notices or results that the public can read."""
        return any(part is not None and part.audience == "public" for part in (self.notices, self.results))


class Inspection(LanguagePart, frozen=True, kw_only=True):
    """A task of the organisation after the end of each period: to assess the inspection document of the period."""

    every: Period
    due: str
    """A limit text, counted from the end of the period."""
    role: str
    tells: list[str] = []
    """Roles, or `owner`, that are told of the document and of the assessment."""

    def schedule(self) -> InspectionSchedule:
        return InspectionSchedule(day=1, due=self.due, every=self.every)

    def task(self) -> Task:
        """The task that this stands for."""
        told = [NotificationRule(to=[*self.tells])] if self.tells else []
        return Task(
            name=_LABEL, role=self.role, quarterly=self.schedule(), of="organisation", needs=[ASSESSMENT], tells=told
        )


_LABEL = Label(zh="对投诉管理制度的执行情况进行检查和评估", en="Inspect and assess how the complaint procedure is kept")
INSPECTION = "inspection"
"""The name of the task."""
ASSESSMENT = "assessment"
"""The field that doing it needs. A policy can define a field of this name itself."""
ASSESSMENT_FACT = Fact(name=Label(zh="检查评估意见", en="Assessment"), holder="internal")


class Supervision(LanguagePart, frozen=True, kw_only=True):
    """The supervisors: people outside the office."""

    by: list[str]
    within: str | None = None
    """A limit text: how long they may leave a report alone before it goes to the owners."""
    remind: str | None = None
    """A limit text, from the same start: when they are reminded."""
    inspection: Inspection | None = None
