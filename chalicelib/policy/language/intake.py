"""Intake: how complaints come in, and which of them are accepted."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.values import fact_kinds


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


class LimitationPart(LanguagePart, frozen=True, kw_only=True):
    """A limit from one fact. Without the fact, the part is left out."""

    start: str
    within: str
    calendar: str | None = None
    """By default the calendar of the limitation."""


class Limitation(LanguagePart, frozen=True, kw_only=True, rename={"later_of": "later of", "earlier_of": "earlier of"}):
    """The limitation period, in one of three ways: a complaint must be filed within this time after the latest of the
    named times (P9.4), or before the later or the earlier end of several parts."""

    within: str | None = None
    latest: list[str] = []
    later_of: list[LimitationPart] = []
    earlier_of: list[LimitationPart] = []
    calendar: str | None = None
    """A name of `calendars`, or `unit`. By default the policy's `calendar`."""

    @property
    def parts(self) -> list[LimitationPart]:
        return self.later_of or self.earlier_of

    @property
    def calendars(self) -> list[str | None]:
        return [self.calendar, *(part.calendar for part in self.parts if part.calendar is not None)]


class Received(LanguagePart, frozen=True, kw_only=True):
    """Lets staff file a complaint that arrived earlier: its clocks start at the time of receipt."""

    within: str
    """How long ago the receipt may lie; not `none`."""
    needs: list[str] = []
    """Fields that such a filing must give, such as the reason for the delay."""


class Repeats(LanguagePart, frozen=True, kw_only=True):
    """Counts the complaints about the same matter: condition `repeat`."""

    same: list[Literal["subject", "complainant"]]
    """What the earlier complaint has in common with this one; of two, both."""
    within: str
    """How long an earlier complaint counts, from its registration; not `none`."""


EVIDENCE_KINDS = ("document", "photo", "recording", "video")
"""The kinds of evidence in a policy that defines none. The record shows the kind publicly, so it is never free text."""


class EvidenceKind(LanguagePart, frozen=True, kw_only=True):
    """A kind of evidence defined by the policy (P5.2)."""

    name: Label
    required: bool = False
    types: list[str] = []
    """The allowed media types. By default every type in `file_types`."""
    megabytes: int | None = None
    """The maximum file size, if lower than the limits of the service and the plan."""
    shown_to: list[Literal["respondent", "public"]] = []
    """Who sees the file in addition to the complainant and the organisation. They get it under a neutral name and
    without metadata, or not at all (`FileType.metadata`)."""


class RoutingRule(LanguagePart, frozen=True, kw_only=True):
    """Routes the complaints that match the condition to a role (P8.4)."""

    role: str
    when: Condition = {}


class Intake(LanguagePart, frozen=True, kw_only=True):
    """How complaints come in."""

    channels: dict[str, Label]
    web: str | None = None
    """The channel of the filings of complainants on the public pages, which do not ask for it then."""
    filed_by: dict[str, list[str]] = {}
    """Channels on which only members with one of these roles file, on the complainant's behalf."""
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
    category_names: dict[str, Label] = {}
    """What pages call a category. By default, a general word."""
    required: list[str] = []
    """Categories that every filing must choose. Conditions never see `none` for them."""
    chosen_by_staff: list[str] = []
    """Categories that only staff choose, with their filing or with their first act that leads to another stage."""
    received: Received | None = None
    repeats: Repeats | None = None
    conditions: dict[str, AcceptanceCondition] = {}
    refusals: dict[str, RefusalGround] = {}
    limitation: Limitation | None = None
    evidence: dict[str, EvidenceKind] = {}
    evidence_within: str | None = None
    """The time limit for the evidence requested at filing (P1.2). By default no evidence is requested at filing."""
    evidence_kept: str | None = None
    """A limit text: how long a sealed file is kept before it is erased. By default as long as the complaint's texts."""
    tells: list[NotificationRule] = []
    first: str = "registered"
    """The stage in which a complaint begins."""
    unit: Literal["none", "optional", "required"] = "none"
    """Whether a complaint names one of the tenant's units, such as a management office or a department."""
    routing: list[RoutingRule] = []
    """The first rule whose condition holds selects the role for a complaint (P8.4). `routed` refers to that role in
    `by`, `tells` and `assigns`."""

    def asked_of_staff(self) -> dict[str, Fact]:
        """The facts that complainants are never asked for."""
        return {name: fact for name, fact in self.facts.items() if fact.given_by == "staff"}

    def email_values(self) -> dict[str, frozenset[str]]:
        """The private facts for e-mail addresses: messages about the filing can ask whether one was given (`yes`)."""
        found = {name: fact for name, fact in self.facts.items() if fact_kinds.of(fact.kind).is_email_address}
        always = {name for name, fact in found.items() if fact.is_always_given}
        return {name: frozenset({"yes"} if name in always else {"yes", "none"}) for name in found}
