"""Registration of a complaint: checks the filing against the policy and adds the first events (P9.5, P6.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.acting import demands, rules
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.consequences import Telling
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import NO_HASH, Actor, EventFields, Occurrence, Secrets
from chalicelib.complaints.fields import CheckedFields, FieldContext, FieldSpec, pointer
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import ORDINALS, holds
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.policy.language.model import EDITION
from chalicelib.policy.language.values.fact_kinds import FieldValue

SUBJECT = "subject"
"""The private field for the subject of the complaint, which a filing gives in addition to the facts."""


class Filing(msgspec.Struct, frozen=True):
    """A complaint as it is filed. `category` is a single value, or a value for each dimension."""

    channel: str
    facts: Mapping[str, Any] = msgspec.field(default_factory=dict)
    severity: str | None = None
    category: str | Mapping[str, str] | None = None
    subject: str | None = None
    """The subject, such as an order or plate number. It is private; look-ups use a keyed hash."""
    unit: str | None = None
    language: str | None = None
    """The language for messages to the complainant."""
    filed_by: str = "complainant"
    """The complainant, or the role in which a member files."""
    repeat: str = ORDINALS[0]
    """Which complaint about the same matter it is."""
    earlier: Sequence[str] = ()
    """The numbers of the earlier complaints about it."""
    reached: str | None = None
    """In previews: `no` if messages do not reach the complainant, and otherwise `yes`."""


class Arrival(msgspec.Struct, frozen=True):
    """The checked time at which a complaint arrived earlier, and the fields that such a filing gives."""

    at: Instant
    given: CheckedFields

    def event_fields(self) -> EventFields:
        """The time of arrival and the fields that belong to it."""
        given = self.given.event_fields()
        return {"received_at": to_text(self.at), **({"received": given} if given else {})}


class CheckedFiling(msgspec.Struct, frozen=True, kw_only=True):
    """A filing that the policy accepts. The check comes before the complaint gets a number."""

    filed: Filing
    severity: str | None
    """The lowest class if the filing named none."""
    category: dict[str, str]
    given: CheckedFields
    arrival: Arrival | None = None
    """For a complaint that arrived earlier."""
    for_staff: list[str] = []
    """What only staff say of it and have not said yet."""

    @property
    def all_values(self) -> dict[str, FieldValue]:
        """All given values, including the private ones. These must not enter an event."""
        private = {key: value for values in self.given.private.values() for key, value in values.items()}
        return {**self.given.public, **private}


def check(
    policy: Policy,
    filing: Filing,
    now: Instant,
    *,
    complete: bool = True,
    arrival: Arrival | None = None,
    by_staff: bool | None = None,
) -> CheckedFiling:
    """Raises `Problem("invalid")` with every faulty place. Without `complete`, a filing may omit facts (previews).

    `by_staff`: whether staff file it. None if that is unknown: then it is theirs if it says what only they say.
    """
    from chalicelib.complaints import categories, of_staff  # requests that only read need neither

    policy, for_staff = of_staff.as_asked(policy, filing.facts, filing.category, by_staff)
    intake, classes = policy.document.intake, policy.classes
    places = list(_plain_faults(policy, filing, complete))
    category, wrong = categories.chosen(intake, filing.category)
    places.extend(wrong)
    severity = filing.severity or (classes[0] if classes else None)
    lacking = [] if isinstance(filing.category, str) and wrong else intake.required  # the one value is at fault then
    places.extend(Place(pointer("category", name), "is required") for name in lacking if name not in category)
    given, wrong = _facts(policy, filing, now, complete, arrival)
    if given is not None:
        case = _case(policy, filing, given, category, severity)
        wrong += _missing_in_case(policy, given, case) if complete else []
        wrong += _impossible_in_case(policy, filing, now, case, complete)
    if places or wrong or given is None:
        from chalicelib.complaints.acting import unmet  # only for refusals

        refused = Problem("invalid", "The complaint cannot be registered as it is.", places=[*places, *wrong])
        raise unmet.in_words(refused, policy.document)
    if filing.subject is not None:
        given.private.setdefault("content", {})[SUBJECT] = filing.subject
    return CheckedFiling(
        filed=filing, severity=severity, category=category, given=given, arrival=arrival, for_staff=for_staff
    )


def _plain_faults(policy: Policy, filing: Filing, complete: bool) -> Iterator[Place]:
    """Of the channel, the severity class and the unit."""
    intake, classes = policy.document.intake, policy.classes
    if filing.channel not in intake.channels:
        yield Place("/channel", Text("must be one of: {known}", known=", ".join(intake.channels)))
    if filing.severity is not None and filing.severity not in classes:
        known = Text("must be one of: {known}", known=", ".join(classes))
        yield Place("/severity", known if classes else "has no classes here")
    if complete and intake.unit == "required" and filing.unit is None:
        yield Place("/unit", "is required")
    if intake.unit == "none" and filing.unit is not None:
        yield Place("/unit", "is not used by this procedure")


def _facts(
    policy: Policy, filing: Filing, now: Instant, complete: bool, arrival: Arrival | None
) -> tuple[CheckedFields | None, list[Place]]:
    from chalicelib.complaints.applying import contact  # as in `check`

    known = policy.document.intake.facts.items()
    specs = [replace(spec, required=spec.required and complete) for spec in _specs(policy, known, filing.channel)]
    if arrival is not None:  # what was wanted in the future when it came may be past now
        specs = [replace(spec, now=arrival.at) if spec.fact.tense == "future" else spec for spec in specs]
    try:
        given = fields.check(specs, filing.facts, now=now, since=None, root="facts")
        why = "must be a telephone number or an e-mail address"
        wrong = contact.unusable(policy.document, given.private.get(contact.COMPLAINANT, {}))
        return given, [Place(pointer("facts", name), why) for name in wrong]
    except Problem as problem:
        return None, list(problem.places)


def _specs(policy: Policy, facts: Iterable[tuple[str, Fact]], channel: str) -> Iterator[FieldSpec]:
    for key, fact in facts:
        required = fact.required is True or (isinstance(fact.required, list) and channel in fact.required)
        yield FieldSpec(key, fact.kind, required, tuple(fact.choices), fact, policy.calendar.zone)


def _case(
    policy: Policy, filing: Filing, given: CheckedFields, category: dict[str, str], severity: str | None
) -> dict[str, str]:
    """The values that conditions compare, before the complaint has flags."""
    return situation(
        policy,
        Complaint(
            number="",
            head=NO_HASH,
            policy=policy.version,
            calendar=policy.calendar.edition,
            channel=filing.channel,
            stage=policy.document.intake.first,
            severity=severity,
            category=category,
            filed_by=filing.filed_by,
            repeat=ORDINALS.index(filing.repeat) + 1,
            unit=filing.unit,
            facts=given.public,
        ),
    )


def _missing_in_case(policy: Policy, given: CheckedFields, case: FieldContext) -> list[Place]:
    """The facts that a filing like this one must give and does not."""
    named = {*given.public, *(key for private in given.private.values() for key in private)}
    return [
        Place(pointer("facts", name), "is required")
        for name, fact in policy.document.intake.facts.items()
        if isinstance(fact.required, RequiredWhen) and holds(fact.required.when, case)
        if name not in named
    ]


def _impossible_in_case(
    policy: Policy, filing: Filing, now: Instant, case: FieldContext, complete: bool
) -> list[Place]:
    """The given choices that a filing like this one cannot have.

    Without `complete`, what the filing leaves out decides nothing.
    """
    intake = policy.document.intake
    free = frozenset() if complete else {*intake.facts, *intake.categories} - case.keys()
    found: list[Place] = []
    for spec in _specs(policy, intake.facts.items(), filing.channel):
        value = filing.facts.get(spec.name)
        if value is None or not any(one.when for one in spec.fact.choices.values()):
            continue
        bound = replace(spec, choices=fields.allowed_choices(spec.fact, case, free))
        try:
            fields.check([bound], {spec.name: value}, now=now, since=None, root="facts")
        except Problem as problem:
            from chalicelib.complaints.acting import unmet  # only for this refusal

            found.extend(unmet.explained(problem, policy.document, filing.facts, case, free).places)
    return found


def register(policy: Policy, accepted: CheckedFiling, *, number: str, receipt: str, actor: Actor, now: Instant) -> Flow:
    """Returns a flow with the events of a filing. `receipt` is the keyed hash of the receipt.

    Raises `Problem("invalid")` if a limit would end after 2099.
    """
    empty = Complaint(number=number, head=NO_HASH, policy=policy.version, calendar=policy.calendar.edition)
    flow = Flow(policy, empty)
    open_case(flow, accepted, receipt=receipt, actor=actor, now=now)
    rules.refuse_beyond(None, flow.complaint)
    return flow


def open_case(flow: Flow, accepted: CheckedFiling, *, receipt: str, actor: Actor, now: Instant) -> None:
    """Adds the event `registered` and its consequences."""
    from chalicelib.complaints.applying import contact  # no other request needs it at a start

    policy, filed = flow.policy, accepted.filed
    event_fields: EventFields = {"channel": filed.channel, "category": accepted.category, "receipt": receipt}
    event_fields["given"] = sorted(key for values in accepted.given.private.values() for key in values)
    named = {"unit": filed.unit, "severity": filed.severity, "language": filed.language}
    said = {"facts": accepted.given.public or None, "for_staff": accepted.for_staff or None, **named}
    event_fields |= {name: value for name, value in said.items() if value is not None}
    if policy.repeats is not None:
        from chalicelib.complaints import repeats  # few policies count them

        event_fields.update(repeats.event_fields(filed.repeat, filed.earlier))
    if accepted.arrival is not None:
        event_fields.update(accepted.arrival.event_fields())
    about = flow.add(
        "registered",
        Occurrence(now, actor, act="register"),
        event_fields,
        secrets=_private_values(accepted),
        stage=policy.document.intake.first,
        severity=accepted.severity,
        flags=_flags(policy, accepted, now if accepted.arrival is None else accepted.arrival.at),
        edition=EDITION,
        overseers=list(policy.overseers),
        signs=_signs(policy, accepted),
        undisclosed=policy.discloses_late,
        respondent=_names_respondent(policy, accepted),
        contact=contact.of_filing(policy.document, accepted.given.private, filed.reached) or None,
    )
    known = contact.known(policy.document, accepted.given.private)
    tells, asks = demands.at_filing(flow, now, known)
    then = [*asks, *consequences.open_tasks(flow, "registered", event_fields, now)]
    telling = Telling(about, now, {}, "registered", {**situation(policy, flow.complaint), **known})
    consequences.apply_tells(flow, tells, telling, then)


def _signs(policy: Policy, accepted: CheckedFiling) -> dict[str, list[str]]:
    if policy.document.severity is None or not policy.document.severity.signs:
        return {}
    from chalicelib.complaints.applying import lowering  # few policies have signs

    return lowering.signs_of_filing(policy, accepted.given.public)


def _names_respondent(policy: Policy, accepted: CheckedFiling) -> bool:
    """True if the filing tells who the respondent is."""
    facts = policy.document.intake.facts
    theirs = {name: fact for name, fact in facts.items() if fields.class_of(name, fact) == "respondent"}
    given = {*accepted.given.public, *accepted.given.private.get("respondent", {})}
    always = any(fact.is_always_given for fact in theirs.values())  # previews may omit it
    return always or not given.isdisjoint(theirs)


def _private_values(accepted: CheckedFiling) -> Secrets:
    then = accepted.given.private
    first = {} if accepted.arrival is None else accepted.arrival.given.private
    return {holder: {**first.get(holder, {}), **then.get(holder, {})} for holder in {**first, **then}}


def _flags(policy: Policy, accepted: CheckedFiling, now: Instant) -> dict[str, str]:
    if policy.document.intake.limitation is None:
        return {}
    from chalicelib.complaints.deadlines import limitation  # few policies have one

    return limitation.flags(policy, policy.document.intake.limitation, accepted.given.public, now)
