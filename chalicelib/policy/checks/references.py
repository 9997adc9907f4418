"""Checks shared by the others: names, conditions, triggers and notification rules must refer to what exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.notifications import NotificationRule
from chalicelib.policy.language.vocabulary import EVENTS
from chalicelib.policy.reading.faults import Fault, Path

PASSIVE_EVENTS = frozenset({"warned", "missed"})
"""Events that only record the progress of a clock. They start and stop no clock and open no task."""


def undefined_names(
    path: Path, used: Iterable[str], known: Collection[str], kind: str, of: str = ""
) -> Iterator[Fault]:
    """A fault of this kind for each used name that is not known."""
    for name in used:
        if name not in known:
            yield Fault(path, kind, name=name, known=sorted(known), of=of)


def condition_faults(
    path: Path, condition: Condition, names: DefinedNames, extra: Mapping[str, Collection[str]] | None = None
) -> Iterator[Fault]:
    """A condition may use only known names and their possible values, so that its cases can be enumerated.

    `extra` holds further names with their values.
    """
    for name, values in condition.items():
        known = names.values.get(name) if extra is None or name not in extra else extra[name]
        if known is None:
            yield Fault((*path, name), "no-condition", name=name, known=sorted([*names.values, *(extra or {})]))
        elif known:  # if there are no values, the fault is reported where they are defined
            used = (value for value in values if value != "none")
            yield from undefined_names((*path, name), used, known, "no-value", of=name)


def trigger_faults(path: Path, triggers: Iterable[Trigger], possible: set[str], names: DefinedNames) -> Iterator[Fault]:
    """A trigger's event must be possible under the policy, and its fields must be able to have the values."""
    for index, trigger in enumerate(triggers):
        if trigger.event not in EVENTS:
            yield Fault((*path, index), "no-event", name=trigger.event, known=sorted(possible - PASSIVE_EVENTS))
        elif trigger.event in PASSIVE_EVENTS:
            yield Fault((*path, index), "silent-event", name=trigger.event)
        elif trigger.event not in possible:
            yield Fault((*path, index), "cannot-happen", name=trigger.event, known=sorted(possible - PASSIVE_EVENTS))
        else:
            yield from _trigger_field_faults((*path, index), trigger, names)


def _trigger_field_faults(path: Path, trigger: Trigger, names: DefinedNames) -> Iterator[Fault]:
    """Only fields with a finite set of values can be checked."""
    for name, values in trigger.fields.items():
        known = names.choices.get(name)
        if known:
            used = (value for value in values if value != "none")
            yield from undefined_names((*path, "fields", name), used, known, "no-value", of=name)


def notification_faults(path: Path, rules: Iterable[NotificationRule], names: DefinedNames) -> Iterator[Fault]:
    """The recipients, fields, wording and clock of a notification must exist."""
    recipients = {*names.actors, "assigned", "owner"}
    for index, rule in enumerate(rules):
        plain = [to for to in rule.to if not to.startswith("field.")]
        from_fields = [to.removeprefix("field.") for to in rule.to if to.startswith("field.")]
        yield from undefined_names((*path, index, "to"), plain, recipients, "no-role")
        yield from undefined_names((*path, index, "to"), from_fields, names.fields, "no-field")
        yield from condition_faults((*path, index, "when"), rule.when, names)
        yield from undefined_names((*path, index, "encloses"), rule.encloses, names.fields, "no-field")
        if rule.wording is not None:
            yield from undefined_names((*path, index, "wording"), [rule.wording], names.wordings, "no-wording")
        if rule.due is not None:
            yield from undefined_names((*path, index, "due"), [rule.due], names.clocks, "no-clock")
