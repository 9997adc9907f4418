"""A policy made ready for use: parsed once per process and version, then only read."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.model import Ageing, Clock, PolicyDocument
from chalicelib.policy.worktime import Calendar, Limit, parse_limit, parse_warn

AGAIN = "5 working days"
"""How often the top tier's alarm is repeated where the policy does not say: it never falls silent."""


class CompiledRule(msgspec.Struct, frozen=True):
    when: Condition
    limit: Limit


class CompiledClock(msgspec.Struct, frozen=True):
    """A clock with its limits and warnings parsed. `rules` is empty where the due time is stated by the event."""

    name: str
    clock: Clock
    rules: tuple[CompiledRule, ...]
    warns: tuple[str, ...]


class CompiledAgeing(msgspec.Struct, frozen=True):
    ageing: Ageing
    limit: Limit


class Policy(msgspec.Struct, frozen=True):
    """What the core is handed: the document, its version and everything in it that had to be parsed."""

    document: PolicyDocument
    version: str
    calendar: Calendar
    clocks: Mapping[str, CompiledClock]
    tiers: tuple[Limit | None, ...]
    """Each tier's own limit, or None where the missed clock's runs again."""
    again: Limit | None
    """How often the top tier's alarm is repeated; None where there are no tiers."""
    ageing: tuple[CompiledAgeing, ...]
    limitation: Limit | None
    intervals: Mapping[str, Limit]
    """How long after its last opening a recurring task is opened again."""

    @property
    def classes(self) -> list[str]:
        """Severity classes from the lowest; empty where the policy has none."""
        severity = self.document.severity
        return [] if severity is None else severity.order or list(severity.classes)


def compile_policy(document: PolicyDocument, version: str) -> Policy:
    """Parse the limits of a document that `check.check` has passed; ValueError or CalendarFault where it has not."""
    document_clocks = {**document.clocks, **_task_clocks(document)}
    return Policy(
        document=document,
        version=version,
        calendar=Calendar.parse(document.calendar),
        clocks={name: _compile_clock(name, clock) for name, clock in document_clocks.items()},
        tiers=tuple(parse_limit(tier.within) if tier.within else None for tier in document.tiers),
        again=parse_limit(document.tiers[-1].again or AGAIN) if document.tiers else None,
        ageing=tuple(
            CompiledAgeing(age, parse_limit(age.after))
            for age in (document.severity.ageing if document.severity else [])
        ),
        limitation=parse_limit(document.intake.limitation.within) if document.intake.limitation else None,
        intervals={name: parse_limit(task.every) for name, task in document.tasks.items() if task.every},
    )


def _compile_clock(name: str, clock: Clock) -> CompiledClock:
    return CompiledClock(
        name=name,
        clock=clock,
        rules=tuple(CompiledRule(rule.when, parse_limit(rule.limit)) for rule in clock.within),
        warns=tuple(str(parse_warn(text)) for text in clock.warn),
    )


def _task_clocks(document: PolicyDocument) -> dict[str, Clock]:
    """A task's limit, or its stated due time, opens a clock of the task's name (design §5)."""
    return {
        name: msgspec.convert(
            {
                "name": msgspec.to_builtins(task.name),
                "start": [{"event": "task_opened", "fields": {"task": [name]}}],
                "until": [{"event": "task_done", "fields": {"task": [name]}}],
                **({"within": [{"limit": task.within}]} if task.within else {"stated": "until"}),
                "missed": "escalate" if document.tiers else "record",
                "survives": ["closed"],
                "clause": task.clause,
            },
            Clock,
        )
        for name, task in document.tasks.items()
        if task.within or task.stated or task.monthly
    }
