"""Clocks and tasks: what is due, and by when."""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.stages import NotificationRule

Duty = Literal["office", "complainant", "respondent", "service"]


class LimitRule(LanguagePart, frozen=True, kw_only=True):
    """The limit for the complaints that match the condition."""

    limit: str
    when: Condition = {}


class MissedAct(LanguagePart, frozen=True, kw_only=True):
    """An act that the system performs at the due time, if the present stage offers it."""

    act: str
    fields: dict[str, Any] = {}
    """The act's fields: constants, or texts as `{zh, en}`."""

    def text_in(self, language: str, name: str, text: str) -> str:
        """The stored value of a field, of which a text in several languages has a line for each, in this language."""
        constant = self.fields.get(name)
        if not isinstance(constant, dict):
            return text
        texts = list(constant.values())
        if not texts or text not in ("\n".join(texts), "\n".join(reversed(texts))):  # forms may order their keys
            return text
        chosen: str = constant.get(language) or texts[0]
        return chosen


class Start(Trigger, frozen=True, kw_only=True):
    """An event that starts a clock. With `fact`, the registration, and the run counts from that fact."""

    fact: str | None = None


class Silence(LanguagePart, frozen=True, kw_only=True):
    """A run needs that the complainant was reached. `asked`: the task that opens if no mail reached them."""

    asked: str


class Clock(LanguagePart, frozen=True, kw_only=True):
    """A deadline: the events that start and stop it, and its time limits."""

    name: Label | None = None
    start: list[Start]
    until: list[Trigger]
    when: Condition = {}
    starts: Literal["next working day"] | None = None
    """A start outside working time counts as the opening of the next working day."""
    within: list[LimitRule] = []
    stated: str | None = None
    """Instead of `within`: the field or fact of the starting event that holds the due time (P7.1)."""
    warn: list[str] = []
    missed: Literal["escalate", "record"] | MissedAct = "escalate"
    paused_in: list[str] = []
    survives: list[str] = []
    calendar: str | None = None
    """A name of `calendars`, or `unit`. By default the policy's `calendar`."""
    follows_unit: bool = False
    """With `calendar: unit`: if the complaint gets another unit, the rest counts in that unit's calendar."""
    duty: Duty | None = None
    """Whose duty it is to end it in time. By default as in `derived.duties`."""
    public_name: Label | None = None
    """The name that complainants read. By default `name`."""
    public_actor: Label | None = None
    """Who has to act, as complainants read it. By default the roles that can end it."""
    tells_missed: Literal["complainant"] | None = None
    """Who is told, once for each run, that its due time has passed."""
    silence: Silence | None = None
    """Of a clock that waits for the complainant: it runs only if they were reached."""
    clause: str | None = None

    @property
    def fact(self) -> str | None:
        """The fact from which its runs count."""
        return next((one.fact for one in self.start if one.fact is not None), None)


class MonthlySchedule(LanguagePart, frozen=True, kw_only=True):
    """Opens a task on a day of each month for complaints that were in one of the stages before the month (P3.9)."""

    day: int
    due_day: int
    """The task is due at the end of this day of the month; holidays do not move it."""
    stages: list[str]


class QuarterlySchedule(LanguagePart, frozen=True, kw_only=True):
    """Opens a task on a day of the first month of each quarter."""

    day: int
    due: str
    """A limit text, counted from the opening."""
    stages: list[str] = []
    """For a task of complaints: only complaints in these stages. By default every stage that has acts."""


class YearlySchedule(QuarterlySchedule, frozen=True, kw_only=True):
    """Opens a task on a day of each year."""

    month: int


class InspectionSchedule(QuarterlySchedule, frozen=True, kw_only=True):
    """Opens the task of an inspection when a period has ended. No document has it: `supervision.inspection` stands for
    it."""

    every: Literal["month", "quarter", "year"]


class Task(LanguagePart, frozen=True, kw_only=True):
    """Work that a role must do.

    A task is opened by an event (P7.2), at intervals (P4.7), by the calendar (P3.9), or for a unit whose points reach a
    threshold (P7.3).
    """

    name: Label
    on: list[Trigger] = []
    when: list[Condition] = []
    """At least one must hold; an empty list always holds."""
    role: str
    within: str | None = None
    stated: str | None = None
    """Instead of `within`: the field of the opening event that holds the due time."""
    approval: list[str] = []
    """One of these roles must approve before the task is opened (P3.7)."""
    every: str | None = None
    """The interval at which the task is opened again (P4.7), until one of the `until` events has happened."""
    until: list[str] = []
    """Without `every`: the events that cancel the task's clock; `task_opened` is the next month's opening."""
    monthly: MonthlySchedule | None = None
    quarterly: QuarterlySchedule | None = None
    yearly: YearlySchedule | None = None
    of: Literal["complaint", "unit", "organisation"] = "complaint"
    """For `quarterly` and `yearly`: what the task is opened for, once in each period."""
    calendar: str | None = None
    """A name of `calendars`, or `unit`. By default the policy's `calendar`."""
    needs: list[str] = []
    takes: list[str] = []
    tells: list[NotificationRule] = []
    """Who is told when the task is done."""
    clause: str | None = None

    @property
    def scheduled(self) -> QuarterlySchedule | None:
        """The quarterly or yearly schedule."""
        return self.quarterly or self.yearly
