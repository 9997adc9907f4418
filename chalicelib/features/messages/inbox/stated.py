"""What an event states that a message about it repeats: outcome, party, proposed act, and the due time that it brings
about."""

from __future__ import annotations

import msgspec

from chalicelib.complaints import runs
from chalicelib.complaints.envelope import Event
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.intake import RefusalGround
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime import Calendar
from chalicelib.tenants.names import OWNER

_OUTCOME = "outcome"
_CONDITIONS = "conditions"
_PARTIES = frozenset({"complainant", "respondent"})
_ANSWERS = frozenset({"consent", "withdraw_consent", "object"})


def name_of(what: str) -> Label:
    """A name of the catalogue's section `stated`."""
    return catalogue.section("stated", dict[str, Label])[what]


def outcome(policy: Policy, event: Event) -> Label | None:
    """The name of the ground, or of the value of field `outcome`; for a decision, of its only choice.

    Events hold public values only, so nothing private is named.
    """
    if event.type == "refused":
        ground = policy.document.intake.refusals.get(event.fields.get("ground", ""))
        return None if ground is None else _with_unmet(policy.document, event, ground)
    inherited = event.fields.get(_OUTCOME)  # of the complaint that this one duplicates
    fields = inherited if isinstance(inherited, dict) else event.fields
    own = policy.document.fields.items()
    choices = {name: fact.choices for name, fact in own if fact_kinds.of(fact.kind).is_choice}
    given = [name for name in choices if isinstance(fields.get(name), str)]
    if _OUTCOME in given:
        given = [_OUTCOME]
    elif event.type != "decided" or len(given) != 1:
        return None
    return choices[given[0]].get(fields[given[0]])


def _with_unmet(document: PolicyDocument, event: Event, ground: RefusalGround) -> Label:
    """The ground's name; of one that needs the conditions, with those that are not met.

    Where a policy has only one condition, the ground says it already.
    """
    ticked = event.fields.get(_CONDITIONS)
    known = document.intake.conditions
    if _CONDITIONS not in ground.needs or not isinstance(ticked, dict) or len(known) == 1:
        return ground.name
    unmet = [known[name].name for name, met in ticked.items() if name in known and not met]
    if not unmet:
        return ground.name
    said, zh, en = name_of("not_met"), "；".join(one.zh for one in unmet), "; ".join(one.en for one in unmet)
    return Label(
        zh=said.zh.format(ground=ground.name.zh, conditions=zh), en=said.en.format(ground=ground.name.en, conditions=en)
    )


def party(event: Event, reader: str) -> Label | None:
    """The party of whom evidence is demanded, or to whom a file belongs, as the reader reads it."""
    given = event.fields.get("of") or event.fields.get("by")
    if not isinstance(given, str) or given not in _PARTIES:
        return None
    return name_of("reader" if given == reader else given)


def proposed_act(document: PolicyDocument, act: str, task: str | None = None) -> Label | None:
    """The act that waits for approval, by the name of its event; of a task that is to be opened, its name."""
    known = document.tasks.get(task or "")
    if known is not None:
        return known.name
    return event_label(document, EVENT_OF_ACT[act]) if act in EVENT_OF_ACT else None


def actor(document: PolicyDocument, event: Event) -> Label | None:
    """The role in which a member caused the event, or the party. None for what time caused."""
    given: dict[str, str] = event.actor
    return role_name(document, given.get("role") or given["kind"])


def role_name(document: PolicyDocument, role: str) -> Label | None:
    """Of a recipient. None for a role that the policy does not know."""
    if role.startswith("@"):
        return name_of("assigned")
    own = role in _PARTIES or role == OWNER
    return document.people.get(role) or (name_of(role) if own else None)


def said(document: PolicyDocument, event: Event, language: str) -> str | None:
    """The choices that the event gives, which are public; such as 满意 of a rating."""
    found = []
    for name, value in event.fields.items():
        fact = document.fields.get(name)
        if fact is not None and fact_kinds.of(fact.kind).is_choice and isinstance(value, str) and value in fact.choices:
            found.append(label_text(fact.choices[value], value, language))
    return ("、" if language == "zh" else ", ").join(found) or None


def clock_name(document: PolicyDocument, name: str, language: str, *, public: bool) -> str:
    """Of a clock or a task. `public`: as complainants read it."""
    clock = document.clocks.get(name)
    if clock is not None and clock.public_name is not None and public:
        return label_text(clock.public_name, name, language)
    found = clock or document.tasks.get(name)
    return label_text(found.name if found else None, name, language)


def label_text(label: Label | None, default: str, language: str) -> str:
    return default if label is None else getattr(label, language) or label.zh


def kinds(policy: Policy, event: Event, language: str) -> str | None:
    """The kinds of evidence that the event demands, if the policy defines kinds; and whether one of them is enough."""
    known = policy.document.intake.evidence
    names = [label_text(known[kind].name, kind, language) for kind in event.fields.get("kinds", []) if kind in known]
    if not names:
        return None
    joined = ("、" if language == "zh" else ", ").join(names)
    if event.fields.get("every") or len(names) == 1:
        return joined
    return catalogue.words("stated", language)["any_of"].format(kinds=joined)


def missing(policy: Policy, event: Event, language: str) -> str | None:
    """The kinds of evidence that were not received, if each of them was needed."""
    return kinds(policy, event, language) if event.fields.get("every") is True else None


def answer_on_notice(notice: Event, language: str) -> str | None:
    """What a member recorded for the complainant about a text for publication."""
    act = notice.fields.get("notice_act", "")
    return catalogue.words("stated", language)[act] if act in _ANSWERS else None


def publication(document: PolicyDocument, language: str) -> str:
    """The word for the policy's notices: the source has one of its own for those that only users read (P1.5, P1.7)."""
    notices = None if document.publicity is None else document.publicity.notices
    for_users = notices is not None and notices.audience == "users"
    return catalogue.words("stated", language)["announced" if for_users else "published"]


class StatedDueTime(msgspec.Struct, frozen=True):
    """A due time, and the calendar in which people read it: the clock's own."""

    at: Instant
    calendar: Calendar
    clock: str | None = None
    """The clock that is due then, if the event does not state a time for the complainant."""


def due_time(policy: Policy, event: Event) -> StatedDueTime | None:
    """The time that the event's field `until` states, or the first due time among the runs that it started or resumed.

    For `extended`, the new due time of the clock that it names.
    """
    changed = [runs.from_json(run) for run in event.result.get("clocks", [])]
    until, brought = event.fields.get("until"), runs.brought_about(event.type, event.fields, changed)
    is_named = brought is not None and event.type == "extended" and brought.clock == event.fields.get("clock")
    if isinstance(until, str) and not is_named:
        due = [run for run in changed if run.open and run.due]
        named = (policy.calendar_of(run.calendar) for run in due if _is_due_at_until(policy, run.clock))
        calendar = next(named, policy.calendar)
        return StatedDueTime(runs.stated_time(calendar, until), calendar)
    if brought is None or brought.due is None:
        return None
    return StatedDueTime(brought.due, policy.calendar_of(brought.calendar), brought.clock)


def named_time(policy: Policy, notice: Event, event: Event | None, name: str) -> Instant | None:
    """The time that the event gives in this field, or that its filing gives in this fact; a date as its 24:00.

    None without one, and if a time of `tense: future` is over when the message is written.
    """
    given = {} if event is None else {**event.fields.get("facts", {}), **event.fields}
    fact = policy.document.public_time(name)
    if fact is None or name not in given:
        return None
    at = runs.stated_time(policy.calendar, given[name])
    return None if fact.tense == "future" and at <= from_text(notice.at) else at


def _is_due_at_until(policy: Policy, clock: str) -> bool:
    return clock in policy.clocks and policy.clocks[clock].clock.stated == "until"
