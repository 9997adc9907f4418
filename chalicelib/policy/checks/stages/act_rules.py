"""The rules of individual acts of the language, and options that have an effect on some acts only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.facts import STRUCK, Fact
from chalicelib.policy.language.model import PolicyDocument, Severity
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import CATEGORY, EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime.limit import NO_LIMIT


def faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    rules = _RULES.get(name, _NO_RULES)
    yield from rules.faults(path, act, document)
    yield from _option_faults(path, name, act, document)
    for part in ("within", "most", "most_total"):
        if getattr(act, part) is not None:
            yield from clocks.limit_faults((*path, part), getattr(act, part))
    yield from _assignment_faults(path, act, document)
    yield from _unit_faults(path, act, document)
    yield from _redefinition_faults(path, name, act, document)
    yield from _struck_faults(path, name, act, document)


def corrected(name: str, document: PolicyDocument) -> frozenset[str]:
    """The categories, for an act that can correct them."""
    return frozenset(document.intake.categories if _RULES.get(name, _NO_RULES).corrects else ())


def _option_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """Options without effect: an author who wrote one expects something that would not happen."""
    rules = _RULES.get(name, _NO_RULES)
    roles = [selector.role for selector in act.by]
    if act.all and (len(roles) < 2 or len(set(roles)) < len(roles)):
        yield Fault((*path, "all"), "all-of-one")
    if act.within is not None and not rules.within:
        yield _no_effect(path, name, "within", [each for each, row in _RULES.items() if row.within])
    if act.most is not None and rules.states_time is None:
        yield _no_effect(path, name, "most", [each for each, row in _RULES.items() if row.states_time])
    elif act.most is not None and rules.states_time and not rules.states_time(act, document):
        yield Fault((*path, "most"), "most-of-nothing")
    yield from _total_faults(path, name, act, document)
    if act.names and not (rules.names_people and _PERSON in (*act.needs, *act.takes)):
        yield _no_effect(path, name, "names", [each for each, row in _RULES.items() if row.names_people])
    if act.undoes:
        yield from undefined_names((*path, "undoes"), act.undoes, _awaited(document), "undoes-nothing")
    if act.late and rules.changes_clock is None:
        yield _no_effect(path, name, "late", [each for each, row in _RULES.items() if row.changes_clock])
    elif act.late and rules.changes_clock and not rules.changes_clock(act, document):
        yield Fault((*path, "late"), "never-late", of=name)


def _total_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    if act.most_total is None:
        return
    begins_run = _RULES.get(name, _NO_RULES).begins_run
    if begins_run is None:
        yield _no_effect(path, name, "most_total", [each for each, row in _RULES.items() if row.begins_run])
    elif not begins_run(act, document):
        yield Fault((*path, "most_total"), "total-of-nothing", name=name)
    if act.most_total == str(NO_LIMIT):
        yield Fault((*path, "most_total"), "total-without-end")


def _awaited(document: PolicyDocument) -> set[str]:
    """The events of acts that an act comes after."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    return {event for act in acts for event in act.after} & set(EVENT_OF_ACT.values())


def _no_effect(path: Path, name: str, option: str, known: list[str]) -> Fault:
    return Fault((*path, option), "no-effect", name=option, of=name, known=known)


def _assignment_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A field that names people is a text in the document. Acts read it as a list of people."""
    for role, name in act.assigned_fields.items():
        fact = document.fields.get(name) or document.intake.facts.get(name)
        if name not in (*act.needs, *act.takes):
            continue
        if name in _NOT_PEOPLE or (fact is not None and not _can_name_people(fact)):
            yield Fault((*path, "assigns", role), "names-no-people", name=name)


def _unit_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A field that names a unit is a text in the document. Acts read it as one of the organisation's units."""
    name, given = act.sets_unit, (*act.needs, *act.takes)
    if name is None:
        return
    if document.intake.unit == "none":
        yield Fault((*path, "sets_unit"), "sets-unit-without-units")
    if name not in given:
        yield from undefined_names((*path, "sets_unit"), [name], given, "no-field-of-act")
        return
    fact = document.fields.get(name)
    if fact is None or name in _NOT_PEOPLE or name in act.assigned_fields.values() or not _is_plain(fact):
        yield Fault((*path, "sets_unit"), "names-no-unit", name=name)
    elif fact.holder is not None:
        yield Fault(("fields", name, "holder"), "cannot-be-private", name=name)


def _can_name_people(fact: Fact) -> bool:
    kind = fact_kinds.of(fact.kind)
    return (kind.is_free_text or kind.names_people) and not fact.choices


_PERSON = "person"
_NOT_PEOPLE = frozenset({"clock", "conditions", "demand", "ground", "item", "kinds", "severity", "sign", "until"})


_PARTIES = frozenset({"complainant", "respondent"})


def _redefinition_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A field of the policy that takes the place of one that the act reads itself."""
    for field, fits in _RULES.get(name, _NO_RULES).reads.items():
        fact = document.fields.get(field)
        if fact is not None and field in (*act.needs, *act.takes) and not fits(fact):
            yield Fault(path, "redefined", name=field, of=name, known=fact.kind)


def _struck_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """Only a classification strikes out signs, and only where the policy protects against a lower class."""
    severity = document.severity if _RULES.get(name, _NO_RULES).corrects else None
    lowers = severity is not None and severity.lowering is not None
    for part in ("needs", "takes"):
        if not lowers and STRUCK in getattr(act, part) and STRUCK not in document.fields:
            yield Fault((*path, part), "struck-without-lowering")


def _only_of_respondent(act: Act) -> bool:
    return "of" not in (*act.needs, *act.takes)


def _reaches_respondent(document: PolicyDocument) -> bool:
    """A respondent is a unit of the organisation, or somebody whose particulars are on record."""
    return document.intake.unit != "none" or any(
        (fact.holder or key.partition(".")[0]) == "respondent" for key, fact in document.intake.facts.items()
    )


def _no_faults(_path: Path, _act: Act, _document: PolicyDocument) -> Iterator[Fault]:
    return iter(())


def _refusal_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    if not document.intake.refusals:
        yield Fault(path, "refuse-without-grounds")
    if "ground" not in act.needs:
        yield Fault((*path, "needs"), "refuse-needs-ground")


def _classification_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    own, given = document.fields.get(CATEGORY), {*act.needs, *act.takes}
    by_class = "severity" in act.needs and document.severity is not None
    by_category = "severity" not in given and not document.intake.categories.keys().isdisjoint(act.needs)
    if not (by_class or by_category):
        yield Fault((*path, "needs"), "classify-needs-severity")
    elif by_class and document.severity and _needs_sign(document.severity) and "sign" not in given:
        yield Fault((*path, "takes"), "classify-takes-sign")
    if own is not None and CATEGORY in given and given & document.intake.categories.keys():
        yield Fault(path, "redefined", name=CATEGORY, of="classify", known=own.kind)


def _needs_sign(severity: Severity) -> bool:
    return any(severity.signs.get(name) for name in severity.needs_sign)


def _recusal_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A field of the policy that is called `person` would take the place of the person who is excluded."""
    yield from undefined_names((*path, "names"), act.names, {one.role for one in act.by}, "no-role")
    for part in ("needs", "takes"):
        if _PERSON in getattr(act, part) and _PERSON in document.fields:
            yield Fault((*path, part), "names-no-people", name=_PERSON)


def _demand_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    if _only_of_respondent(act) and not _reaches_respondent(document):
        yield Fault(path, "respondent-unreachable")
    if not _only_of_respondent(act) and "of" in document.fields:
        for name in document.fields["of"].choices.keys() - _PARTIES:
            yield Fault(("fields", "of", "choices", name), "no-party", name=name, known=sorted(_PARTIES))


def _extension_faults(path: Path, act: Act, _document: PolicyDocument) -> Iterator[Fault]:
    """An `extend` of a clock can give its new due time. One without both changes something else, by `sets` or `to`."""
    given = {*act.needs, *act.takes}
    if (act.late and "clock" not in given) or (act.most is not None and not _CLOCK_AND_TIME.issubset(given)):
        return  # reported as an option without effect
    if given & _CLOCK_AND_TIME:
        if not _CLOCK_AND_TIME.issubset(given):
            yield Fault((*path, "needs"), "extend-needs-both")
    elif not act.sets and not act.targets:
        yield Fault((*path, "needs"), "extends-nothing")


_CLOCK_AND_TIME = frozenset({"clock", "until"})


def _extends_to_time(act: Act, _document: PolicyDocument) -> bool:
    return {*act.needs, *act.takes} >= _CLOCK_AND_TIME


def _extends_clock(act: Act, _document: PolicyDocument) -> bool:
    return "clock" in (*act.needs, *act.takes)


def _promises_time(act: Act, document: PolicyDocument) -> bool:
    stated = {clock.stated for clock in document.clocks.values()} | {task.stated for task in document.tasks.values()}
    return bool({*act.needs, *act.takes} & stated)


def _promise_starts_clock(_act: Act, document: PolicyDocument) -> bool:
    return any(one.event == EVENT_OF_ACT["promise"] for clock in document.clocks.values() for one in clock.start)


def _promise_changes_clock(_act: Act, document: PolicyDocument) -> bool:
    return any(
        trigger.event == EVENT_OF_ACT["promise"]
        for clock in document.clocks.values()
        for trigger in (*clock.start, *clock.until)
    )


class _ActRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one act."""

    faults: Callable[[Path, Act, PolicyDocument], Iterator[Fault]] = _no_faults
    within: bool = False
    """True if `within` has an effect."""
    states_time: Callable[[Act, PolicyDocument], bool] | None = None
    """Whether the act gives a time that `most` can limit. None if `most` has no effect."""
    changes_clock: Callable[[Act, PolicyDocument], bool] | None = None
    """Whether the act can move, end or restart a running clock. None if `late` has no effect."""
    begins_run: Callable[[Act, PolicyDocument], bool] | None = None
    """Whether the act can begin a run of a clock. None if `most_total` has no effect."""
    corrects: bool = False
    """True if it can correct categories, and strike out signs."""
    names_people: bool = False
    """True if `names` has an effect."""
    reads: Mapping[str, Callable[[Fact], bool]] = msgspec.field(default_factory=dict)
    """The built-in fields that the act reads, and whether a policy's own field can take their place."""


def _is_time(fact: Fact) -> bool:
    return fact_kinds.of(fact.kind).is_time and not fact.choices


def _is_plain(fact: Fact) -> bool:
    return fact_kinds.of(fact.kind).is_free_text and not fact.choices


_NO_RULES = _ActRules()
_RULES = {
    "refuse": _ActRules(faults=_refusal_faults),
    "classify": _ActRules(faults=_classification_faults, corrects=True),
    "demand_evidence": _ActRules(faults=_demand_faults, within=True, reads={"until": _is_time}),
    "recuse": _ActRules(faults=_recusal_faults, names_people=True),
    "extend": _ActRules(
        faults=_extension_faults,
        states_time=_extends_to_time,
        changes_clock=_extends_clock,
        begins_run=_extends_clock,
        reads={"clock": _is_plain, "until": _is_time},
    ),
    "promise": _ActRules(
        states_time=_promises_time, changes_clock=_promise_changes_clock, begins_run=_promise_starts_clock
    ),
}
