"""Conditions of a policy in words, such as 投诉类别：重大投诉.

A flag without a name has a meaning only inside the policy, so it is left out. So is a long list of stages: it says no
more than that the complaint is not over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.pages.reader import Reader
from chalicelib.pages.texts import TEXTS
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.parts import Label

_STAGES_NAMED = 2
_NO = frozenset({"no", "none"})


def conditions(policy: Policy, when: Condition, reader: Reader) -> str:
    """For every complaint: a text that says so. The stage comes first; a published policy has no order of its keys."""
    names = sorted(when, key=lambda name: name != "stage")
    parts = [part for name in names if (part := _part(policy, name, when[name], reader))]
    if parts:
        return ("；" if reader.language == "zh" else "; ").join(parts)
    return reader.text("org.some_cases" if when else "org.all_cases")


def _part(policy: Policy, name: str, values: Sequence[str], reader: Reader) -> str:
    """Empty for a condition that is left out."""
    if name == "stage" and len(values) > _STAGES_NAMED:
        return ""
    words = list(dict.fromkeys(_words(policy, name, values, reader)))
    return ("、" if reader.language == "zh" else " or ").join(words)


def _words(policy: Policy, name: str, values: Sequence[str], reader: Reader) -> Iterator[str]:
    labels = _labels(policy, name)
    for value in values:
        if value in labels:
            yield reader.label(labels[value].to_json(), value)
        elif (text := f"condition.{name}.{value}") in TEXTS:
            yield reader.text(text)
        elif named := _name(policy, name, reader):
            answer = "no" if value in _NO else value
            yield reader.text("condition.flag", name=named, value=_answer(answer, reader))


def _answer(value: str, reader: Reader) -> str:
    return reader.text(f"common.{value}") if value in ("yes", "no") else value


def _name(policy: Policy, name: str, reader: Reader) -> str:
    definition = policy.document.definition(name)
    return "" if definition is None or definition.name is None else reader.label(definition.name.to_json(), name)


def _labels(policy: Policy, name: str) -> Mapping[str, Label]:
    document = policy.document
    definition = document.definition(name)
    known: dict[str, Mapping[str, Label]] = {
        **document.intake.categories,
        **({} if definition is None else {name: definition.choices}),
        "channel": document.intake.channels,
        "severity": {} if document.severity is None else document.severity.classes,
        "ground": {key: one.name for key, one in document.intake.refusals.items()},
        "stage": {key: one.name for key, one in document.stages.items() if one.name is not None},
    }
    return known.get(name, {})
