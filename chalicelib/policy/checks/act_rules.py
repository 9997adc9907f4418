"""The rules of individual acts of the language, and options that have an effect on some acts only."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path


def faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    if name == "refuse" and not document.intake.refusals:
        yield Fault(path, "refuse-without-grounds")
    if name == "refuse" and "ground" not in act.needs:
        yield Fault((*path, "needs"), "refuse-needs-ground")
    if name == "classify" and ("severity" not in act.needs or document.severity is None):
        yield Fault((*path, "needs"), "classify-needs-severity")
    if name == "demand_evidence" and _only_of_respondent(act) and not _reaches_respondent(document):
        yield Fault(path, "respondent-unreachable")
    yield from _option_faults(path, name, act, document)
    for part in ("within", "most"):
        if getattr(act, part) is not None:
            yield from clocks.limit_faults((*path, part), getattr(act, part))
    yield from _assignment_faults(path, act, document)


def _option_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """Options without effect: an author who wrote one expects something that would not happen."""
    if act.all and len(act.by) < 2:
        yield Fault((*path, "all"), "all-of-one")
    if act.within is not None and name != "demand_evidence":
        yield Fault((*path, "within"), "no-effect", name="within", of=name, known=["demand_evidence"])
    if act.most is not None and name not in ("extend", "promise"):
        yield Fault((*path, "most"), "no-effect", name="most", of=name, known=["extend", "promise"])
    elif act.most is not None and not _states_time(name, act, document):
        yield Fault((*path, "most"), "most-of-nothing")
    if act.late and name not in ("extend", "promise"):
        yield Fault((*path, "late"), "no-effect", name="late", of=name, known=["extend", "promise"])
    elif act.late and not _changes_clock(name, act, document):
        yield Fault((*path, "late"), "never-late", of=name)


def _states_time(name: str, act: Act, document: PolicyDocument) -> bool:
    """True if the act gives a time that `most` can limit."""
    given = {*act.needs, *act.takes}
    if name == "extend":
        return {"clock", "until"} <= given
    stated = {clock.stated for clock in document.clocks.values()} | {task.stated for task in document.tasks.values()}
    return bool(given & stated)


def _changes_clock(name: str, act: Act, document: PolicyDocument) -> bool:
    """True if the act can move, end or restart a running clock."""
    if name == "extend":
        return "clock" in (*act.needs, *act.takes)
    return any(
        trigger.event == EVENT_OF_ACT[name]
        for clock in document.clocks.values()
        for trigger in (*clock.start, *clock.until)
    )


def _assignment_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A field that names people is a text in the document. Acts read it as a list of people."""
    for role, name in act.assigned_fields.items():
        fact = document.fields.get(name)
        if name not in (*act.needs, *act.takes):
            continue
        if name in _NOT_PEOPLE or (fact is not None and (fact.kind != "text" or fact.choices)):
            yield Fault((*path, "assigns", role), "names-no-people", name=name)


_NOT_PEOPLE = frozenset({"clock", "conditions", "demand", "ground", "item", "kinds", "severity", "sign", "until"})


def _only_of_respondent(act: Act) -> bool:
    return "of" not in (*act.needs, *act.takes)


def _reaches_respondent(document: PolicyDocument) -> bool:
    """A respondent is a unit of the organisation, or somebody whose particulars are on record."""
    return document.intake.unit != "none" or any(
        (fact.holder or key.partition(".")[0]) == "respondent" for key, fact in document.intake.facts.items()
    )
