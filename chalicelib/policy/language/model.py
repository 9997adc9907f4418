"""The policy language's full form: a document after its short forms have been expanded (`reading.short_forms`).

Structs only. `checks` verifies that the parts are consistent; `compiled` parses the limits once.
"""

from __future__ import annotations

from typing import Any, Literal

from chalicelib.policy.language import shown_order
from chalicelib.policy.language.conditions import FILED_BY, ORDINALS, REPEAT, Condition, Trigger
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.facts import Fact, is_public_time
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.parts import Confidentiality, Label, LanguagePart, RoleSelector, WordingText
from chalicelib.policy.language.publicity import Publicity, Supervision
from chalicelib.policy.language.stages import Act, Approval, Stage
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, FILING


class Tier(LanguagePart, frozen=True, kw_only=True):
    """The roles on one tier of the escalation ladder, and the time before the next tier (P2.2)."""

    roles: list[str] = []
    acting: bool = False
    """True if those who can end the delay are told of the tier's warnings and misses too."""
    within: str | None = None
    """A limit text, not `none`: the time from the escalation to this tier until the next miss. By default the missed
    clock's own limit runs again. Without effect on the first tier, where the clock's own limit applies."""
    calendar: str | None = None
    """A name of `calendars`, or `unit`. By default the policy's `calendar`."""
    again: str | None = None
    """Top tier only: how often the alarm repeats while nothing happens. By default every 5 working days."""


class Ageing(LanguagePart, frozen=True, kw_only=True):
    """Moves a complaint to severity class `to` when `after` has passed without any `until` event (P6.2)."""

    after: str
    start: str = "registered"
    until: list[str]
    to: str


class Lowering(LanguagePart, frozen=True, kw_only=True):
    """What `classify` needs to lower the class, or to strike signs that no longer hold (P6.2)."""

    needs: list[str] = []
    """Fields that such an act must give."""
    approval: Approval | None = None
    """The second person, in place of the act's own approval."""


class Severity(LanguagePart, frozen=True, kw_only=True):
    """Severity classes from the lowest to the highest, and the signs of each severity class (P6.2)."""

    classes: dict[str, Label]
    order: list[str] = []
    """The severity classes, lowest first. By default the order in which `classes` is written. A published document
    needs the list because its canonical JSON sorts the keys of maps."""
    signs: dict[str, dict[str, Label]] = {}
    needs_sign: list[str] = []
    """The severity classes for which `classify` must give one of their signs."""
    ageing: list[Ageing] = []
    lowering: Lowering | None = None
    """With it, no class lies below that of a sign on record. By default any member who classifies can lower it."""


WITHOUT_CLASSES = "none"
"""The key of `Points.values` in a policy without severity classes."""


class Threshold(LanguagePart, frozen=True, kw_only=True):
    """When the points in the window reach this number, the task opens for the unit."""

    reached: int
    task: str
    role: str | None = None
    """The role responsible for the task; by default the task's own role."""


class Points(LanguagePart, frozen=True, kw_only=True):
    """A complaint scores at an event that matches. The points of a unit are added up over the window."""

    per: Literal["unit"] = "unit"
    on: list[Trigger]
    when: list[Condition] = []
    """At least one must hold at the event; an empty list always holds."""
    counts: Literal["first", "latest"] = "first"
    """Which event decides. `latest`: a further event of a type in `on` replaces the complaint's points, also by 0."""
    values: dict[str, int]
    """Points by the complaint's severity class at the event."""
    window: str
    """A limit text. Points count from their event until this time has passed."""
    at: list[Threshold]
    clause: str | None = None


class SampleComplaint(LanguagePart, frozen=True, kw_only=True):
    """An invented complaint for trying out the policy. It can be filed without changes."""

    channel: str
    facts: dict[str, Any] = {}
    severity: str | None = None
    category: dict[str, str] | None = None
    unit: str | None = None
    """The id of one of the organisation's units. Without it, a filing adds a unit where the policy requires one."""


class AmendmentApproval(LanguagePart, frozen=True, kw_only=True):
    """The roles of which one, another person than the owner who asked, publishes the next version."""

    by: list[str]


class Amendment(LanguagePart, frozen=True, kw_only=True, rename={"lasting": "for"}):
    """What must happen before the next version can be published (P4.10)."""

    comments: list[Literal["departments", "complainants"]] = []
    """The groups that must be able to comment on a draft."""
    lasting: str | None = None
    """A limit text, not `none`: how long at least the revision is open to each group. In `calendar`."""
    approval: AmendmentApproval | None = None


class OutsideBody(LanguagePart, frozen=True, kw_only=True):
    """A body outside the organisation to which complainants can turn."""

    name: Label
    url: str | None = None


class Contact(LanguagePart, frozen=True, kw_only=True):
    """How the organisation is reached. Pages, printed forms and mails to complainants show it."""

    phone: str | None = None
    email: str | None = None
    address: Label | None = None
    hours: Label | None = None
    """When it is reached, in words."""
    outside: OutsideBody | None = None


class Retention(LanguagePart, frozen=True, kw_only=True):
    """How long private values and files of a complaint are kept. The version in force decides."""

    closed: str
    """A limit text, not `none`: from the complaint's end. In `calendar`."""


class FormLine(LanguagePart, frozen=True, kw_only=True):
    """A line of a printed form: what it shows of the case, under its label."""

    shows: str
    """A built-in value, a category, a fact or a field; `clock.<name>` or `event.<type>`; or `events`, a list."""
    name: Label | None = None
    """By default the label of the fact, field or clock, or of the built-in value."""
    on: list[Trigger] = []
    """The events whose values count. By default all."""
    all: bool = False
    """True for every value, each with its time and role. By default only the latest value."""


class FormSection(LanguagePart, frozen=True, kw_only=True):
    """Lines of a printed form under a common heading."""

    name: Label | None = None
    lines: list[FormLine]


class PrintedForm(LanguagePart, frozen=True, kw_only=True):
    """A document of the case that people can print, such as a work order."""

    name: Label
    by: list[RoleSelector] | None = None
    """Who may print it, among the people who may see the case. By default every member of the organisation."""
    sections: list[FormSection]


class Ledger(LanguagePart, frozen=True, kw_only=True):
    """A list of the complaints in certain stages, with what is owed for each, that roles keep and that is frozen each
    month (P3.8). All its stages have one shelf."""

    name: Label
    roles: list[str]
    """Who keeps it. What is owed is what these roles owe."""
    stages: list[str]
    shows: list[str] = []
    """What each row says of its complaint: facts of the filing, and flags in words, in this order."""


EDITION = 2
"""The edition of the language. Documents have it in their full form, and complaints at their registration.

It changes only with the meaning of documents; `EDITION` of `policy_version` rises with each word.
"""


class PolicyDocument(LanguagePart, frozen=True, kw_only=True):
    """A policy: one organisation's complaint procedure."""

    language: Literal[1]
    edition: Literal[2] | None = None
    """`EDITION`. Preparation writes it."""
    order: dict[str, list[str]] = {}
    """The order of the lists of values that canonical JSON does not keep (`shown_order`). Preparation writes it."""
    name: Label
    calendar: dict[str, Any]
    calendars: dict[str, dict[str, Any]] = {}
    """Further calendars, each complete, which clocks, tasks, tiers and the limitation can name."""
    people: dict[str, Label]
    tiers: list[Tier] = []
    intake: Intake
    severity: Severity | None = None
    fields: dict[str, Fact] = {}
    stages: dict[str, Stage]
    clocks: dict[str, Clock] = {}
    tasks: dict[str, Task] = {}
    points: Points | None = None
    publicity: Publicity | None = None
    supervision: Supervision | None = None
    wording: dict[str, WordingText] = {}
    confidentiality: Confidentiality | None = None
    amendment: Amendment | None = None
    contact: Contact | None = None
    retention: Retention | None = None
    forms: dict[str, PrintedForm] = {}
    ledgers: dict[str, Ledger] = {}
    holds: list[str] = []
    """Roles that may place and lift a legal hold on a complaint. The organisation's owners always may."""
    sample: SampleComplaint | None = None
    examples: list[Example] = []

    def __post_init__(self) -> None:
        if self.order:
            shown_order.restore(self, self.order)

    @property
    def acts(self) -> list[Act]:
        """The acts of all stages."""
        return [act for stage in self.stages.values() for act in stage.acts.values()]

    def filers(self, channel: str) -> list[str]:
        """Who can file on the channel: the complainant and all members, or the roles that alone do."""
        return self.intake.filed_by.get(channel) or ["complainant", "owner", *self.people]

    def filing_values(self) -> dict[str, frozenset[str]]:
        """The conditions that a filing decides. Where a policy takes their names for its own, they are its own values.

        `filed_by`: the complainant, or the role of the member who filed. Owners, and roles of other versions, are
        `owner`. `repeat`: which complaint about the same matter it is.
        """
        intake = self.intake
        found = {FILED_BY: frozenset(role for one in intake.channels for role in self.filers(one))}
        if intake.repeats is not None:
            found[REPEAT] = frozenset(ORDINALS)
        taken = {*intake.categories, *intake.facts, *(flag for act in self.acts for flag in act.sets)}
        return {name: values for name, values in found.items() if name not in taken}

    def definition(self, name: str) -> Fact | None:
        """The field of this name, or the fact: acts can state facts again."""
        return self.fields.get(name) or self.intake.facts.get(name)

    def definition_in(self, event: str, name: str) -> Fact | None:
        """Of a value that an event of this type gave. A filing gives facts, also where a field has the same name."""
        fact = self.intake.facts.get(name) if event == FILING else None
        return fact or self.definition(name)

    def public_time(self, name: str) -> Fact | None:
        """The field or fact of this name, if it is a time that wordings can show."""
        fact = self.definition(name)
        return fact if fact is not None and is_public_time(fact) else None

    def asked_of(self, act: str | None) -> frozenset[str]:
        """The fields that acts of this name ask for in any stage; other values of the event come from the service.

        For the act of tasks every field: an earlier version may define the task.
        """
        if act is not None and EVENT_OF_ACT.get(act) == "task_done":
            return frozenset((*self.fields, *self.intake.facts))
        listed = (stage.acts.get(act or "") for stage in self.stages.values())
        return frozenset(name for one in listed if one is not None for name in (*one.needs, *one.takes))
