"""Which events must reach the complainant, because clocks ask for it, and the task of those who then try."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.conditions import REACHED, Trigger
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.stages import TELEPHONE as BY_TELEPHONE
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT

TELEPHONE = "telephone"
"""The task that opens if no mail reached the complainant, unless the policy defines it."""
ATTEMPT = "attempt"
_WITHIN = "3 working days"
_OF_ACTS = frozenset(EVENT_OF_ACT.values())


def events(document: PolicyDocument) -> dict[str, frozenset[str]]:
    """The events of acts that must reach the complainant, each with the fields for which the clocks ask."""
    found: dict[str, set[str]] = {}
    for clock in document.clocks.values():
        stated = () if clock.stated is None else (clock.stated,)
        for trigger in asking(document, clock):
            found.setdefault(trigger.event, set()).update(trigger.fields.keys() - {REACHED}, stated)
    return {event: frozenset(names) for event, names in found.items()}


def asking(document: PolicyDocument, clock: Clock) -> Iterator[Trigger]:
    """The starts of a clock with `silence`, and the ends that ask for `reached`."""
    if clock.silence is not None:
        yield from (one for one in clock.start if one.event in _OF_ACTS)
    yield from (one for one in clock.until if asks(document, one))


def asks(document: PolicyDocument, trigger: Trigger) -> bool:
    """Whether it asks for `reached`. A policy may have a field of this name, for which it then asks."""
    own = document.definition(REACHED) is not None or trigger.event == EVENT_OF_ACT[ATTEMPT]
    return REACHED in trigger.fields and trigger.event in _OF_ACTS and not own


def telephoned(document: PolicyDocument) -> frozenset[str] | None:
    """The clocks that messages by telephone name; None if there are no such messages."""
    told = [*document.intake.tells, *(rule for act in document.acts for rule in act.tells)]
    found = list(filter(is_telephoned, told))
    return frozenset(rule.due for rule in found if rule.due is not None) if found else None


def is_telephoned(rule: NotificationRule) -> bool:
    return rule.way is not None and BY_TELEPHONE in rule.way


def task(document: PolicyDocument) -> str:
    """The task of those who then try: that of the first clock with `silence`, or else `telephone`."""
    asked = (clock.silence.asked for clock in document.clocks.values() if clock.silence is not None)
    return next(asked, TELEPHONE)


def with_task(document: PolicyDocument) -> dict[str, Task]:
    """The tasks of the document, with `telephone` if its clocks need it and it defines none."""
    if task(document) in document.tasks:
        return document.tasks
    within = None if TELEPHONE in document.clocks else _WITHIN
    name = Label(zh="电话联系投诉人", en="Telephone the complainant")
    return {**document.tasks, TELEPHONE: Task(name=name, role=_role(document), within=within)}


def _role(document: PolicyDocument) -> str:
    """The first role that can record an attempt, or else the first of the first tier, or of all."""
    by = (one.role for stage in document.stages.values() if ATTEMPT in stage.acts for one in stage.acts[ATTEMPT].by)
    first = document.tiers[0].roles if document.tiers else []
    return next((role for role in (*by, *first, *document.people) if role in document.people), "owner")
