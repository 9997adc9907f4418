"""Checking a document: every name that is used must exist, every limit must read, every stage must have a way on.

All faults are found at once, each with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chalicelib.policy import check_clocks, check_examples, check_fields, check_tasks, compiled
from chalicelib.policy.check_names import condition, unknown
from chalicelib.policy.faults import Fault, Path, PolicyFault
from chalicelib.policy.model import Act, Document, Stage, Tell
from chalicelib.policy.names import Names
from chalicelib.policy.vocabulary import ACTS_OF_THE_LANGUAGE, EVENT_OF_ACT, EVENTS, RESERVED_ACTORS
from chalicelib.policy.worktime import Calendar, CalendarFault


def check(raw: Mapping[str, Any]) -> Document:
    """The document in its full form. Raises `PolicyFault` with everything that is wrong with it."""
    document = compiled.parse(raw)
    faults = list(_faults(document))
    if faults:
        raise PolicyFault(faults)
    return document


def _faults(document: Document) -> Iterator[Fault]:
    names = Names.of(document)
    yield from _calendar(document)
    yield from _people(document, names)
    yield from _intake(document, names)
    for name, stage in document.stages.items():
        yield from _stage(("stages", name), stage, document, names)
    yield from check_clocks.faults(document, names)
    yield from check_tasks.faults(document, names)
    yield from check_fields.faults(document)
    yield from check_examples.faults(document)


def _calendar(document: Document) -> Iterator[Fault]:
    try:
        Calendar.parse(document.calendar)
    except CalendarFault as fault:
        for path, message in fault.faults:
            yield Fault(("calendar", *path), message)


def _people(document: Document, names: Names) -> Iterator[Fault]:
    for role in document.people:
        if role in RESERVED_ACTORS:
            yield Fault(("people", role), "this name is reserved by the language")
    for index, tier in enumerate(document.tiers):
        path: Path = ("tiers", index)
        if not tier.roles:
            yield Fault((*path, "roles"), "a tier needs somebody on it")
        yield from unknown((*path, "roles"), tier.roles, names.roles, "role")
        if tier.within is not None:
            yield from check_clocks.limit((*path, "within"), tier.within)


def _intake(document: Document, names: Names) -> Iterator[Fault]:
    intake = document.intake
    if not intake.channels:
        yield Fault(("intake", "channels"), "a procedure needs at least one channel")
    yield from unknown(("intake", "first"), [intake.first], names.stages, "stage")
    for key, fact in intake.facts.items():
        path: Path = ("intake", "facts", key)
        if fact.kind == "choice" and not fact.choices:
            yield Fault((*path, "choices"), "a choice needs its choices")
        if isinstance(fact.required, list):
            yield from unknown((*path, "required"), fact.required, intake.channels, "channel")
    for key, ground in intake.refusals.items():
        path = ("intake", "refusals", key)
        yield from condition((*path, "when"), ground.when, names)
        yield from unknown((*path, "needs"), ground.needs, names.fields, "field")
    if intake.limitation is not None:
        yield from check_clocks.limit(("intake", "limitation", "within"), intake.limitation.within)
        times = check_clocks.public_times(intake.facts)
        yield from unknown(
            ("intake", "limitation", "latest"), intake.limitation.latest, times, "public time among the facts"
        )
    if intake.evidence_within is not None:
        yield from check_clocks.limit(("intake", "evidence_within"), intake.evidence_within)
    for index, route in enumerate(intake.routing):
        path = ("intake", "routing", index)
        yield from unknown((*path, "role"), [route.role], names.roles, "role")
        yield from condition((*path, "when"), route.when, names)
    yield from _tells(("intake", "tells"), intake.tells, names)


def _stage(path: Path, stage: Stage, document: Document, names: Names) -> Iterator[Fault]:
    for name, act in stage.acts.items():
        if name not in EVENT_OF_ACT or name in ACTS_OF_THE_LANGUAGE:
            yield Fault((*path, "acts", name), "the language has no such act")
        else:
            yield from _act((*path, "acts", name), name, act, document, names)
    onward = {act.to for act in stage.acts.values() if act.to is not None}
    if stage.acts and not onward - {path[-1]}:
        yield Fault(path, "no act leads out of this stage; a stage without acts is an end")


def _act(path: Path, name: str, act: Act, document: Document, names: Names) -> Iterator[Fault]:
    if not act.by:
        yield Fault((*path, "by"), "nobody may do this act")
    yield from unknown((*path, "by"), [doer.role for doer in act.by], names.doers, "role")
    if act.to is not None:
        yield from unknown((*path, "to"), [act.to], names.stages, "stage")
    yield from unknown((*path, "after"), act.after, EVENTS, "event")
    yield from unknown((*path, "assigns"), act.assigns, names.assignable, "role")
    yield from unknown((*path, "assigns"), act.assigns.values(), [*act.needs, *act.takes], "field of this act")
    yield from condition((*path, "when"), act.when, names)
    yield from _tells((*path, "tells"), act.tells, names)
    if act.approval is not None:
        yield from unknown((*path, "approval", "by"), act.approval.by, names.roles, "role")
        yield from condition((*path, "approval", "when"), act.approval.when, names)
    yield from _rules_of(path, name, act, document)


def _rules_of(path: Path, name: str, act: Act, document: Document) -> Iterator[Fault]:
    """What single acts of the language need."""
    if name == "refuse" and not document.intake.refusals:
        yield Fault(path, "a refusal needs grounds; name them under intake.refusals")
    if name == "classify" and (
        "severity" not in act.needs or document.severity is None or not document.severity.classes
    ):
        yield Fault((*path, "needs"), "to classify needs `severity`, and classes to choose from")
    if act.all and name != "sign":
        yield Fault((*path, "all"), "only `sign` can be an act that every role of `by` must do")
    for part in ("within", "most"):
        if getattr(act, part) is not None:
            yield from check_clocks.limit((*path, part), getattr(act, part))
    taken = [value.removeprefix("field.") for value in act.sets.values() if value.startswith("field.")]
    yield from unknown((*path, "sets"), taken, [*act.needs, *act.takes], "field of this act")
    if name == "refuse" and "ground" not in act.needs:
        yield Fault((*path, "needs"), "to refuse needs `ground`")


def _tells(path: Path, tells: Iterable[Tell], names: Names) -> Iterator[Fault]:
    for index, tell in enumerate(tells):
        known = {*names.doers, "assigned", "owner"}
        plain = [to for to in tell.to if not to.startswith("field.")]
        chosen = [to.removeprefix("field.") for to in tell.to if to.startswith("field.")]
        yield from unknown((*path, index, "to"), plain, known, "role")
        yield from unknown((*path, index, "to"), chosen, names.fields, "field")
        yield from condition((*path, index, "when"), tell.when, names)
        if tell.wording is not None:
            yield from unknown((*path, index, "wording"), [tell.wording], names.wordings, "wording")
        if tell.due is not None:
            yield from unknown((*path, index, "due"), [tell.due], names.clocks, "clock")
