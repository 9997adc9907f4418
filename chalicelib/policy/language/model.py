"""The policy language's full form: what a document is once its short forms have been written out (`normal`).

Structs only. What the parts mean together is checked in `check`, and worked out once in `compiled`.
"""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language.doers import Confidentiality, Doer
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.points import Points
from chalicelib.policy.language.trigger import Condition, Trigger


class Tier(LanguagePart, frozen=True, kw_only=True):
    """Who stands on this tier of the escalation ladder, and how long it has (P2.2)."""

    roles: list[str]
    within: str | None = None
    """A limit text, not `none`; without one the missed clock's own limit runs again."""
    again: str | None = None
    """On the top tier: how often the alarm is repeated while nothing happens; by default every 5 working days."""


class Choice(Label, frozen=True, kw_only=True):
    """One value of a choice; with `when` only in the cases that it names (P2.5)."""

    when: Condition = {}


class Fact(LanguagePart, frozen=True, kw_only=True):
    """Something that a complaint says. Text is private, and `email`, where its complainant gets mail (design §5)."""

    name: Label | None = None
    kind: Literal["text", "choice", "choices", "time", "number", "flag", "email"] = "text"
    required: list[str] | bool = False
    """True, or the channels on which it is required."""
    choices: dict[str, Choice] = {}
    holder: Literal["complainant", "respondent", "content", "internal"] | None = None
    """Which class of private value it is; by default its key's first word, else `content`."""
    most: int = 4000
    """Longest text, in characters; of people: how many."""
    tense: Literal["past", "future", "any"] = "any"
    """Of a time: when it must lie, seen from the act."""


class Ticked(LanguagePart, frozen=True, kw_only=True):
    """An acceptance condition that screening ticks or leaves (P9.2)."""

    name: Label
    source: Literal["screening", "categories", "limitation"] = "screening"
    may_fail: bool = False
    """True where the condition is recorded but acceptance is possible without it."""


class Ground(LanguagePart, frozen=True, kw_only=True):
    """A ground for refusal (P9.3)."""

    name: Label
    when: Condition = {}
    needs: list[str] = []


class Limitation(LanguagePart, frozen=True, kw_only=True):
    """A complaint must come within this time from the latest of the named times (P9.4)."""

    within: str
    latest: list[str]


class EvidenceKind(LanguagePart, frozen=True, kw_only=True):
    """A kind of evidence that the policy names (P5.2)."""

    name: Label
    required: bool = False
    types: list[str] = []
    """Media types that it may have; by default all that the language takes (`file_types`)."""
    megabytes: int | None = None
    """How large a file may be, where that is less than the service and the plan take."""
    shown_to: list[Literal["respondent", "public"]] = []
    """Who besides the complainant and the organisation sees it: without an image's metadata, under a neutral name."""


class Tell(LanguagePart, frozen=True, kw_only=True):
    """Somebody is told: a role's people, `assigned`, or `complainant`."""

    to: list[str]
    wording: str | None = None
    due: str | None = None
    """The clock whose due time the wording's `{due}` says; by default the earliest."""
    when: Condition = {}
    encloses: list[str] = []
    """Fields of the event whose words a mail to the complainant holds: a written reply (P7.8)."""


class Route(LanguagePart, frozen=True, kw_only=True):
    role: str
    when: Condition = {}


class Intake(LanguagePart, frozen=True, kw_only=True):
    """How complaints come in."""

    channels: dict[str, Label]
    facts: dict[str, Fact] = {}
    subject: list[str] = []
    """Facts that say what the complaint is about (an order, a plate number): its history goes by them (P2.6)."""
    phone: str | None = None
    """The fact whose phone number makes a customer known again (P2.6); `email`: those whose address does. One fact may
    be both, where people give either."""
    email: list[str] = []
    categories: dict[str, dict[str, Label]] = {}
    conditions: dict[str, Ticked] = {}
    refusals: dict[str, Ground] = {}
    limitation: Limitation | None = None
    evidence: dict[str, EvidenceKind] = {}
    evidence_within: str | None = None
    """How long the complainant has for the evidence that is asked for at filing (P1.2); without it nothing is asked."""
    evidence_kept: str | None = None
    """How long a sealed file is kept before it is erased; without it, for good. A limit text."""
    tells: list[Tell] = []
    first: str = "registered"
    """The stage in which a complaint begins."""
    unit: Literal["none", "optional", "required"] = "none"
    """Whether a complaint concerns one of the tenant's units (a management office, a department)."""
    routing: list[Route] = []
    """Which role a case goes to, by its nature and severity: the first that holds (P8.4). `routed` names it in `by`,
    `tells` and `assigns`."""


class Ageing(LanguagePart, frozen=True, kw_only=True):
    """A complaint that has not seen one of `until` after this time is in class `to` by itself (P6.2)."""

    after: str
    start: str = "registered"
    until: list[str]
    to: str


class Severity(LanguagePart, frozen=True, kw_only=True):
    """Classes from the lowest to the highest, and the signs that put a complaint in one (P6.2)."""

    classes: dict[str, Label]
    order: list[str] = []
    """The classes again, lowest first: a published document is canonical JSON, whose maps have no order of their own.
    Where it is not given, it is that of writing."""
    signs: dict[str, dict[str, Label]] = {}
    ageing: list[Ageing] = []


class Approval(LanguagePart, frozen=True, kw_only=True):
    """The act only proposes; one of these roles approves or rejects (P7.8)."""

    by: list[str]
    when: Condition = {}


class Act(LanguagePart, frozen=True, kw_only=True):
    """What may be done in a stage."""

    by: list[Doer]
    to: str | None = None
    needs: list[str] = []
    takes: list[str] = []
    after: list[str] = []
    """Event types that must have happened before."""
    when: Condition = {}
    tells: list[Tell] = []
    approval: Approval | None = None
    sets: dict[str, str] = {}
    """Flags that the act sets, as text: `{reachable: "no"}`; `field.x` takes the value of field `x`."""
    assigns: dict[str, str] = {}
    """Role to the field that names its people: `{officer: officers}`."""
    all: bool = False
    """Every role of `by` must do it before it leads on (P3.4: an agreement that two sign)."""
    within: str | None = None
    """Of `demand_evidence`: how long the demanded party has; silence is then on record (P1.4)."""
    most: str | None = None
    """Of `extend`: how far the due time may move at most, from where it was."""
    clause: str | None = None


class Stage(LanguagePart, frozen=True, kw_only=True):
    """A stage of the procedure. One without acts is an end."""

    name: Label | None = None
    guidance: list[Label] = []
    acts: dict[str, Act] = {}
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    """Which list of the staff's queue shows it."""


class Rule(LanguagePart, frozen=True, kw_only=True):
    """A limit for the cases that the condition names."""

    limit: str
    when: Condition = {}


class Clock(LanguagePart, frozen=True, kw_only=True):
    """A deadline: from which event, until which, within what (design §3, §4)."""

    name: Label | None = None
    start: list[Trigger]
    until: list[Trigger]
    when: Condition = {}
    within: list[Rule] = []
    stated: str | None = None
    """Instead of limits: the field or fact of the starting event that states the due time (P7.1)."""
    warn: list[str] = []
    missed: Literal["escalate", "record"] = "escalate"
    paused_in: list[str] = []
    survives: list[str] = []
    clause: str | None = None


class Monthly(LanguagePart, frozen=True, kw_only=True):
    """Opened on a day of each month for a case that was in one of the stages before the month began (P3.9)."""

    day: int
    due_day: int
    """Due at the end of this day of the month, unmoved by holidays."""
    stages: list[str]


class Task(LanguagePart, frozen=True, kw_only=True):
    """Something that is owed: opened by an event (P7.2), again and again (P4.7), by the calendar (P3.9), or of a unit
    when its points reach a threshold (P7.3)."""

    name: Label
    on: list[Trigger] = []
    when: list[Condition] = []
    """Any of these, or always."""
    role: str
    within: str | None = None
    stated: str | None = None
    """Instead of `within`: the field of the opening event that states the due time."""
    approval: list[str] = []
    """These roles approve before it is opened (P3.7)."""
    every: str | None = None
    """Opened again this long after the last time (P4.7), until one of `until` has happened."""
    until: list[str] = []
    monthly: Monthly | None = None
    needs: list[str] = []
    takes: list[str] = []
    clause: str | None = None


class Sample(LanguagePart, frozen=True, kw_only=True):
    """A complaint that files as it is: an invented one, for trying the policy out."""

    channel: str
    facts: dict[str, Any] = {}
    severity: str | None = None
    category: dict[str, str] | None = None


class Amendment(LanguagePart, frozen=True, kw_only=True):
    """Whom the next version's draft must be opened to for comments before it can be published (P4.10)."""

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
    """Roles that may put a complaint under a legal hold and lift it. The organisation's owners always may."""
    sample: Sample | None = None
    examples: list[Example] = []
