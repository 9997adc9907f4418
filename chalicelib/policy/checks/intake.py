"""Checks the intake: channels, facts, refusals, evidence, limitation, routing, and the order of severity classes."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.references import condition_faults, notification_faults, undefined_names
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path

MAX_MEGABYTES = 5 * 1024
"""The largest object that Amazon S3 copies in one request (`CopyObject`: 5 GB)."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    intake = document.intake
    if not intake.channels:
        yield Fault(("intake", "channels"), "no-channels")
    yield from undefined_names(("intake", "first"), [intake.first], names.stages, "no-stage")
    yield from undefined_names(("intake", "subject"), intake.subject, intake.facts, "no-field")
    yield from _subjects(intake)
    yield from undefined_names(("intake", "phone"), [intake.phone] if intake.phone else [], intake.facts, "no-field")
    yield from undefined_names(("intake", "email"), intake.email, intake.facts, "no-field")
    for key, fact in intake.facts.items():
        yield from _fact(("intake", "facts", key), key, fact, intake, names)
    for key, ground in intake.refusals.items():
        path: Path = ("intake", "refusals", key)
        yield from condition_faults((*path, "when"), ground.when, names)
        yield from undefined_names((*path, "needs"), ground.needs, names.fields, "no-field")
    yield from _evidence(intake)
    yield from _times(intake)
    for index, route in enumerate(intake.routing):
        path = ("intake", "routing", index)
        yield from undefined_names((*path, "role"), [route.role], names.roles, "no-role")
        yield from condition_faults((*path, "when"), route.when, names)
    yield from notification_faults(("intake", "tells"), intake.tells, names)
    if document.severity is not None and not document.severity.classes:
        yield Fault(("severity", "classes"), "no-classes")
    elif document.severity is not None and sorted(document.severity.order) != sorted(document.severity.classes):
        yield Fault(("severity", "order"), "class-order", known=document.severity.classes)


def _subjects(intake: Intake) -> Iterator[Fault]:
    """The subject is indexed and visible to people who may not know the complainant, so it must not be an identity."""
    for index, name in enumerate(intake.subject):
        fact = intake.facts.get(name)
        if fact and (fact.holder or name.partition(".")[0]) == "complainant":
            yield Fault(("intake", "subject", index), "subject-identity", name=name)


def _evidence(intake: Intake) -> Iterator[Fault]:
    for key, kind in intake.evidence.items():
        path: Path = ("intake", "evidence", key)
        yield from undefined_names((*path, "types"), kind.types, FILE_TYPES, "no-file-type")
        if kind.megabytes is not None and not 1 <= kind.megabytes <= MAX_MEGABYTES:
            yield Fault((*path, "megabytes"), "no-file-size", most=MAX_MEGABYTES)


def _times(intake: Intake) -> Iterator[Fault]:
    if intake.limitation is not None:
        yield from clocks.limit_faults(("intake", "limitation", "within"), intake.limitation.within)
        times = clocks.public_times(intake.facts)
        yield from undefined_names(
            ("intake", "limitation", "latest"), intake.limitation.latest, times, "no-public-time"
        )
    if intake.evidence_within is not None:
        yield from clocks.limit_faults(("intake", "evidence_within"), intake.evidence_within)
    if intake.evidence_kept is not None:
        yield from clocks.limit_faults(("intake", "evidence_kept"), intake.evidence_kept)


def _fact(path: Path, key: str, fact: Fact, intake: Intake, names: DefinedNames) -> Iterator[Fault]:
    if fact.most < 1:
        yield Fault((*path, "most"), "no-length", most=fact.most)
    if isinstance(fact.required, list) and intake.channels:
        yield from undefined_names((*path, "required"), fact.required, intake.channels, "no-channel")
    if fact_kinds.of(fact.kind).values != "choices":
        return
    if not fact.choices:
        yield Fault((*path, "choices"), "no-choices")
        return
    for name, choice in fact.choices.items():
        yield from condition_faults((*path, "choices", name, "when"), choice.when, names)
    for channel in intake.channels:
        required = fact.required is True or (isinstance(fact.required, list) and channel in fact.required)
        if required and not any(channel in choice.when.get("channel", (channel,)) for choice in fact.choices.values()):
            yield Fault((*path, "required"), "cannot-give", name=key, channel=channel)
