"""Checks the intake: channels, facts, refusals, evidence, limitation, routing, and the order of severity classes."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.intake import limitation
from chalicelib.policy.checks.references import condition_faults, notification_faults, undefined_names
from chalicelib.policy.checks.stages.stages import approval_faults
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.facts import SIGN, STRUCK
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.policy.language.intake import Intake, Repeats
from chalicelib.policy.language.model import Lowering, PolicyDocument, Severity
from chalicelib.policy.language.parts import TIME
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_NOT_STAFF = frozenset({"complainant", "respondent", TIME})
MAX_MEGABYTES = 5 * 1024
"""The largest object that Amazon S3 copies in one request (`CopyObject`: 5 GB)."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    intake = document.intake
    if not intake.channels:
        yield Fault(("intake", "channels"), "no-channels")
    for channel, roles in intake.filed_by.items():
        path: Path = ("intake", "filed_by", channel)
        yield from undefined_names(path, [channel], intake.channels, "no-channel")
        yield from undefined_names(path, roles, names.roles, "no-role")
    yield from undefined_names(("intake", "first"), [intake.first], names.stages, "no-first-stage")
    yield from undefined_names(("intake", "subject"), intake.subject, intake.facts, "no-field")
    yield from _subjects(intake)
    yield from undefined_names(("intake", "phone"), [intake.phone] if intake.phone else [], intake.facts, "no-field")
    yield from undefined_names(("intake", "email"), intake.email, intake.facts, "no-field")
    yield from _category_faults(intake)
    yield from _staff_category_faults(document)
    yield from _web_faults(intake)
    yield from _received_faults(intake, document)
    if intake.repeats is not None:
        yield from _repeat_faults(("intake", "repeats"), intake.repeats, intake)
    for key, ground in intake.refusals.items():
        path = ("intake", "refusals", key)
        yield from condition_faults((*path, "when"), ground.when, names)
        yield from undefined_names((*path, "needs"), ground.needs, names.fields, "no-field")
    yield from _evidence(intake)
    if intake.limitation is not None:
        yield from limitation.faults(("intake", "limitation"), intake.limitation, document, names)
    yield from _times(intake)
    for index, route in enumerate(intake.routing):
        path = ("intake", "routing", index)
        yield from undefined_names((*path, "role"), [route.role], names.roles, "no-role")
        yield from condition_faults((*path, "when"), route.when, names)
    begins = {"stage": frozenset({intake.first} & names.stages)}
    yield from notification_faults(("intake", "tells"), intake.tells, names, {**begins, **intake.email_values()})
    if document.severity is not None:
        yield from _severity_faults(document.severity)
        if document.severity.lowering is not None:
            yield from _lowering_faults(document.severity.lowering, document, names)


def _severity_faults(severity: Severity) -> Iterator[Fault]:
    path: Path = ("severity",)
    signed = [name for name, signs in severity.signs.items() if signs]
    if not severity.classes:
        yield Fault((*path, "classes"), "no-classes")
        return
    if sorted(severity.order) != sorted(severity.classes):
        yield Fault((*path, "order"), "class-order", known=severity.classes)
    yield from undefined_names((*path, "needs_sign"), severity.needs_sign, signed, "no-class")
    for name in severity.signs:
        yield from undefined_names((*path, "signs", name), [name], severity.classes, "no-class")


def _lowering_faults(lowering: Lowering, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """The signs on record are public, and the act gives those that no longer hold under the language's own name."""
    path: Path = ("severity", "lowering")
    yield from undefined_names((*path, "needs"), lowering.needs, names.givable, "no-field")
    if not lowering.needs and lowering.approval is None:
        yield Fault(path, "lowering-needs-nothing")
    if lowering.approval is not None:
        yield from approval_faults((*path, "approval"), lowering.approval, names, {})
    if not any("severity" in act.needs and STRUCK in (*act.needs, *act.takes) for act in document.acts):
        yield Fault(path, "lowering-without-act")
    if STRUCK in document.fields:
        kind = document.fields[STRUCK].kind
        yield Fault(("fields", STRUCK), "redefined", name=STRUCK, of="classify", known=kind)
    if (sign := document.fields.get(SIGN)) is not None and sign.holder is not None:
        yield Fault(("fields", SIGN, "holder"), "cannot-be-private", name=SIGN)


def _repeat_faults(path: Path, repeats: Repeats, intake: Intake) -> Iterator[Fault]:
    """Each part of `same` compares a fact that the intake names, and the time ends."""
    if not repeats.same:
        yield Fault((*path, "same"), "repeats-of-nothing", known=["subject", "complainant"])
    if "subject" in repeats.same and not intake.subject:
        yield Fault((*path, "same"), "repeats-without-fact", name="subject", known=["subject"])
    if "complainant" in repeats.same and not (intake.phone or intake.email):
        yield Fault((*path, "same"), "repeats-without-fact", name="complainant", known=["phone", "email"])
    wrong = list(clocks.limit_faults((*path, "within"), repeats.within))
    yield from wrong
    if not wrong and parse_limit(repeats.within).kind == "none":
        yield Fault((*path, "within"), "repeats-for-ever")


def _subjects(intake: Intake) -> Iterator[Fault]:
    """The subject is indexed and visible to people who may not know the complainant, so it must not be an identity."""
    for index, name in enumerate(intake.subject):
        fact = intake.facts.get(name)
        if fact and (fact.holder or name.partition(".")[0]) == "complainant":
            yield Fault(("intake", "subject", index), "subject-identity", name=name)


def _category_faults(intake: Intake) -> Iterator[Fault]:
    for name in intake.category_names:
        if name not in intake.categories:
            yield Fault(("intake", "category_names", name), "no-category", name=name, known=sorted(intake.categories))
    for index, name in enumerate(intake.required):
        if name not in intake.categories:
            yield Fault(("intake", "required", index), "no-category", name=name, known=sorted(intake.categories))
        elif not intake.categories[name]:
            yield Fault(("intake", "required", index), "category-without-choices", name=name)


def _staff_category_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Only staff choose them, so no filing must, and some act of staff leads on."""
    intake, path = document.intake, ("intake", "chosen_by_staff")
    for index, name in enumerate(intake.chosen_by_staff):
        if name not in intake.categories:
            yield Fault((*path, index), "no-category", name=name, known=sorted(intake.categories))
        elif not intake.categories[name]:
            yield Fault((*path, index), "category-without-choices", name=name)
        elif name in intake.required:
            yield Fault((*path, index), "required-and-chosen-by-staff", name=name)
    if intake.chosen_by_staff and not any(_leads_on(stage, document) for stage in document.stages):
        yield Fault(path, "never-chosen-by-staff")


def _leads_on(stage: str, document: PolicyDocument) -> bool:
    acts = document.stages[stage].acts.values()
    return any(act.stages_after(stage) - {stage} and {one.role for one in act.by} - _NOT_STAFF for act in acts)


def _web_faults(intake: Intake) -> Iterator[Fault]:
    """The pages file on this channel, so the public may."""
    if intake.web is None:
        return
    yield from undefined_names(("intake", "web"), [intake.web], intake.channels, "no-channel")
    if intake.web in intake.filed_by:
        yield Fault(("intake", "web"), "web-of-staff", name=intake.web)


def _received_faults(intake: Intake, document: PolicyDocument) -> Iterator[Fault]:
    if intake.received is None:
        return
    path: Path = ("intake", "received")
    wrong = list(clocks.limit_faults((*path, "within"), intake.received.within))
    yield from wrong
    if not wrong and parse_limit(intake.received.within).kind == "none":
        yield Fault((*path, "within"), "received-any-time")
    yield from undefined_names((*path, "needs"), intake.received.needs, document.fields, "no-field")


def _evidence(intake: Intake) -> Iterator[Fault]:
    for key, kind in intake.evidence.items():
        path: Path = ("intake", "evidence", key)
        yield from undefined_names((*path, "types"), kind.types, FILE_TYPES, "no-file-type")
        if kind.megabytes is not None and not 1 <= kind.megabytes <= MAX_MEGABYTES:
            yield Fault((*path, "megabytes"), "no-file-size", most=MAX_MEGABYTES)


def _times(intake: Intake) -> Iterator[Fault]:
    if intake.evidence_within is not None:
        yield from clocks.limit_faults(("intake", "evidence_within"), intake.evidence_within)
    if intake.evidence_kept is not None:
        yield from clocks.limit_faults(("intake", "evidence_kept"), intake.evidence_kept)
