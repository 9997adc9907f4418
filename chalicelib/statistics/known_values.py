"""The values that dimensions can have: those of the policies, and the organisation's units.

A question that names another one would be answered with nothing, which reads as a zero. Only dimensions whose values
are all in a policy, in the organisation or in a fixed list are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from chalicelib.kit.problem import Text
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics.dimensions import AGES, CATEGORY, OLDEST, OTHER
from chalicelib.statistics.question import Question, QuestionFault, dimensions_of
from chalicelib.tenants.organisation import Organisation

MOST_NAMED = 50
"""Values that a fault names."""
_Values = Callable[[PolicyDocument], Iterable[str]]
_IN_POLICY: Mapping[str, _Values] = {
    "channel": lambda policy: policy.intake.channels,
    "severity": lambda policy: () if policy.severity is None else policy.severity.classes,
    "clock": lambda policy: (*policy.clocks, *policy.tasks),
    "ground": lambda policy: policy.intake.refusals,
    "task": lambda policy: policy.tasks,
}
_FIXED: Mapping[str, tuple[str, ...]] = {
    "age": (*(name for _, name in AGES), OLDEST),
    "duty": ("office", "complainant", "respondent", "service"),
    "run_state": ("running", "paused", "missed"),
}


def names_some(question: Question) -> bool:
    """Whether there is anything to check."""
    return any(map(_is_checked, question.filters)) or any(name.startswith(CATEGORY) for name in question.by)


def faults(question: Question, org: Organisation, documents: Iterable[PolicyDocument]) -> list[QuestionFault]:
    """What no policy and no unit has. `documents`: the policy in force first, then the others, read when needed."""
    kinds = {name for name in (*question.by, *question.filters) if name.startswith(CATEGORY)}
    named = ((name, value) for name, values in question.filters.items() for value in values - {"", OTHER})
    missing = {(name, value) for name, value in named if _is_checked(name) and value not in _always(name, org)}
    following = iter(documents)
    document = present = next(following)
    while True:
        kinds = {name for name in kinds if name.removeprefix(CATEGORY) not in document.intake.categories}
        missing = {(name, value) for name, value in missing if value not in _of_policy(name, document)}
        later = next(following, None) if kinds or missing else None
        if later is None:
            return [*_unknown_kinds(question, kinds, present), *_unknown(missing, kinds, org, present)]
        document = later


def _is_checked(name: str) -> bool:
    return name == "unit" or name in _IN_POLICY or name in _FIXED or name.startswith(CATEGORY)


def _always(name: str, org: Organisation) -> Iterable[str]:
    return {*org.units, "*"} if name == "unit" else _FIXED.get(name, ())


def _of_policy(name: str, document: PolicyDocument) -> Iterable[str]:
    if name.startswith(CATEGORY):
        return document.intake.categories.get(name.removeprefix(CATEGORY), {})
    return _IN_POLICY[name](document) if name in _IN_POLICY else ()


def _unknown_kinds(question: Question, kinds: set[str], present: PolicyDocument) -> Iterator[QuestionFault]:
    for part, names in (("by", question.by), ("filters", question.filters)):
        known = ", ".join(dimensions_of(part, question.asked, tuple(present.intake.categories)))
        for name in sorted(kinds.intersection(names)):
            text = Text(
                "is no dimension of {measures}; known are: {known}", measures=", ".join(question.measures), known=known
            )
            yield QuestionFault(part, name, text)


def _unknown(
    missing: set[tuple[str, str]], kinds: set[str], org: Organisation, present: PolicyDocument
) -> Iterator[QuestionFault]:
    for name, value in sorted(missing):
        if name not in kinds:
            known = sorted({*_always(name, org), *_of_policy(name, present)})[:MOST_NAMED]
            text = Text("{value} is no value of it; known are: {known}", value=value, known=", ".join(known))
            yield QuestionFault("filters", name, text)
