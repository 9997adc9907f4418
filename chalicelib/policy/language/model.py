"""The policy language's full form: a document after its short forms have been expanded (`reading.short_forms`).

Structs only. `checks` verifies that the parts are consistent; `compiled` parses the limits once.
"""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.parts import Confidentiality, Label, LanguagePart, RoleSelector
from chalicelib.policy.language.points import Points
from chalicelib.policy.language.vocabulary import DocumentKind


class Tier(LanguagePart, frozen=True, kw_only=True):
    """The roles on one tier of the escalation ladder, and the time before the next tier (P2.2)."""

    roles: list[str]
    within: str | None = None
    """A limit text, not `none`: the time from the escalation to this tier until the next miss. By default the missed
    clock's own limit runs again. Without effect on the first tier, where the clock's own limit applies."""
    again: str | None = None
    """Top tier only: how often the alarm repeats while nothing happens. By default every 5 working days."""


class Choice(Label, frozen=True, kw_only=True):
    """One value of a choice. With `when`, the value is allowed only where the condition holds (P2.5)."""

    when: Condition = {}


class Fact(LanguagePart, frozen=True, kw_only=True):
    """A fact of a complaint or a field of an act. `fact_kinds` says which kinds are private.

    An `email` fact of the complainant is the address that notifications go to.
    """

    name: Label | None = None
    kind: DocumentKind = "text"
    required: list[str] | bool = False
    """True if always required, or the channels that require it."""
    choices: dict[str, Choice] = {}
    holder: Literal["complainant", "respondent", "content", "internal"] | None = None
    """The confidentiality class. By default the first word of the key, otherwise `content`."""
    most: int = 4000
    """The maximum length of a text in characters; for a field that names people, the maximum number of people."""
    tense: Literal["past", "future", "any"] = "any"
    """For kind `time`: where the time must lie, relative to the act."""


class AcceptanceCondition(LanguagePart, frozen=True, kw_only=True):
    """A condition for accepting a complaint; screening marks each one as met or not met (P9.2)."""

    name: Label
    source: Literal["screening", "categories", "limitation"] = "screening"
    may_fail: bool = False
    """True if the result is recorded but a complaint may be accepted even when the condition is not met."""


class RefusalGround(LanguagePart, frozen=True, kw_only=True):
    """A ground for refusal (P9.3)."""

    name: Label
    when: Condition = {}
    needs: list[str] = []


class Limitation(LanguagePart, frozen=True, kw_only=True):
    """The limitation period: a complaint must be filed within this time after the latest of the named times (P9.4)."""

    within: str
    latest: list[str]


class EvidenceKind(LanguagePart, frozen=True, kw_only=True):
    """A kind of evidence defined by the policy (P5.2)."""

    name: Label
    required: bool = False
    types: list[str] = []
    """The allowed media types. By default every type in `file_types`."""
    megabytes: int | None = None
    """The maximum file size, if lower than the limits of the service and the plan."""
    shown_to: list[Literal["respondent", "public"]] = []
    """Who sees the file in addition to the complainant and the organisation. They get it under a neutral name, and
    images without metadata."""


class NotificationRule(LanguagePart, frozen=True, kw_only=True):
    """Sends a notification to the people of a role, to `assigned`, or to the `complainant`."""

    to: list[str]
    wording: str | None = None
    due: str | None = None
    """The clock that supplies the `{due}` placeholder of the wording. By default the clock that is due first."""
    when: Condition = {}
    encloses: list[str] = []
    """Fields of the event whose text is included in the e-mail to the complainant, as a written reply (P7.8)."""


class RoutingRule(LanguagePart, frozen=True, kw_only=True):
    """Routes the complaints that match the condition to a role (P8.4)."""

    role: str
    when: Condition = {}


class Intake(LanguagePart, frozen=True, kw_only=True):
    """How complaints come in."""

    channels: dict[str, Label]
    facts: dict[str, Fact] = {}
    subject: list[str] = []
    """Facts that identify the subject of the complaint, such as an order or a plate number. Earlier complaints with the
    same values form its history (P2.6)."""
    phone: str | None = None
    """The fact that holds the customer's phone number, by which earlier complaints are found (P2.6)."""
    email: list[str] = []
    """The facts that hold the customer's e-mail address, used in the same way. One fact may be both `phone` and
    `email` if customers may enter either."""
    categories: dict[str, dict[str, Label]] = {}
    conditions: dict[str, AcceptanceCondition] = {}
    refusals: dict[str, RefusalGround] = {}
    limitation: Limitation | None = None
    evidence: dict[str, EvidenceKind] = {}
    evidence_within: str | None = None
    """The time limit for the evidence requested at filing (P1.2). By default no evidence is requested at filing."""
    evidence_kept: str | None = None
    """A limit text: how long a sealed file is kept before it is erased. By default files are kept permanently."""
    tells: list[NotificationRule] = []
    first: str = "registered"
    """The stage in which a complaint begins."""
    unit: Literal["none", "optional", "required"] = "none"
    """Whether a complaint names one of the tenant's units, such as a management office or a department."""
    routing: list[RoutingRule] = []
    """The first rule whose condition holds selects the role for a complaint (P8.4). `routed` refers to that role in
    `by`, `tells` and `assigns`."""


class Ageing(LanguagePart, frozen=True, kw_only=True):
    """Moves a complaint to severity class `to` when `after` has passed without any `until` event (P6.2)."""

    after: str
    start: str = "registered"
    until: list[str]
    to: str


class Severity(LanguagePart, frozen=True, kw_only=True):
    """Severity classes from the lowest to the highest, and the signs of each severity class (P6.2)."""

    classes: dict[str, Label]
    order: list[str] = []
    """The severity classes, lowest first. By default the order in which `classes` is written. A published document
    needs the list because its canonical JSON sorts the keys of maps."""
    signs: dict[str, dict[str, Label]] = {}
    ageing: list[Ageing] = []


class Approval(LanguagePart, frozen=True, kw_only=True):
    """The act becomes a proposal that one of these roles approves or rejects (P7.8)."""

    by: list[str]
    when: Condition = {}


class Act(LanguagePart, frozen=True, kw_only=True):
    """An act that a stage allows."""

    by: list[RoleSelector]
    to: str | None = None
    needs: list[str] = []
    takes: list[str] = []
    after: list[str] = []
    """Event types that must have happened before."""
    when: Condition = {}
    tells: list[NotificationRule] = []
    approval: Approval | None = None
    sets: dict[str, str] = {}
    """Flags that the act sets, as text: `{reachable: "no"}`. `field.x` takes the value of field `x`."""
    assigns: dict[str, str] = {}
    """Maps a role to the field that lists its people: `{officer: officers}`."""
    all: bool = False
    """True if every role in `by` must perform the act before the stage changes (P3.4: both parties sign)."""
    within: str | None = None
    """`demand_evidence` only: the time limit for the answer. When it passes, the missing answer is recorded (P1.4)."""
    most: str | None = None
    """`extend` only: the maximum extension, counted from the previous due time."""
    clause: str | None = None


class Stage(LanguagePart, frozen=True, kw_only=True):
    """A stage of the procedure. A stage without acts is an end."""

    name: Label | None = None
    guidance: list[Label] = []
    acts: dict[str, Act] = {}
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    """The list of the staff's queue that shows complaints in this stage."""


class LimitRule(LanguagePart, frozen=True, kw_only=True):
    """The limit for the complaints that match the condition."""

    limit: str
    when: Condition = {}


class Clock(LanguagePart, frozen=True, kw_only=True):
    """A deadline: the events that start and stop it, and its time limits."""

    name: Label | None = None
    start: list[Trigger]
    until: list[Trigger]
    when: Condition = {}
    within: list[LimitRule] = []
    stated: str | None = None
    """Instead of `within`: the field or fact of the starting event that holds the due time (P7.1)."""
    warn: list[str] = []
    missed: Literal["escalate", "record"] = "escalate"
    paused_in: list[str] = []
    survives: list[str] = []
    clause: str | None = None


class MonthlySchedule(LanguagePart, frozen=True, kw_only=True):
    """Opens a task on a day of each month for complaints that were in one of the stages before the month (P3.9)."""

    day: int
    due_day: int
    """The task is due at the end of this day of the month; holidays do not move it."""
    stages: list[str]


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
    monthly: MonthlySchedule | None = None
    needs: list[str] = []
    takes: list[str] = []
    clause: str | None = None


class SampleComplaint(LanguagePart, frozen=True, kw_only=True):
    """An invented complaint for trying out the policy. It can be filed without changes."""

    channel: str
    facts: dict[str, Any] = {}
    severity: str | None = None
    category: dict[str, str] | None = None


class Amendment(LanguagePart, frozen=True, kw_only=True):
    """The groups that must be able to comment on a draft before the next version can be published (P4.10)."""

    comments: list[Literal["departments", "complainants"]] = []


class PolicyDocument(LanguagePart, frozen=True, kw_only=True):
    """A policy: one organisation's complaint procedure."""

    language: Literal[1]
    name: Label
    calendar: dict[str, Any]
    people: dict[str, Label]
    tiers: list[Tier] = []
    intake: Intake
    severity: Severity | None = None
    fields: dict[str, Fact] = {}
    stages: dict[str, Stage]
    clocks: dict[str, Clock] = {}
    tasks: dict[str, Task] = {}
    points: Points | None = None
    wording: dict[str, Label] = {}
    confidentiality: Confidentiality | None = None
    amendment: Amendment | None = None
    holds: list[str] = []
    """Roles that may place and lift a legal hold on a complaint. The organisation's owners always may."""
    sample: SampleComplaint | None = None
    examples: list[Example] = []
