"""Labels of fields, and of the values that they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label


def of_values(document: PolicyDocument, steps: Sequence[str]) -> Mapping[str, Label]:
    """Of the values that the place of a request takes: its own, and the classes with their signs."""
    name, severity, intake = steps[-1] if steps else "", document.severity, document.intake
    signs = {} if severity is None else {key: one for own in severity.signs.values() for key, one in own.items()}
    evidence = {key: one.name for key, one in intake.evidence.items()}
    own: dict[str, Mapping[str, Label]] = {
        "channel": intake.channels,
        "ground": {key: one.name for key, one in intake.refusals.items()},
        "conditions": {key: one.name for key, one in intake.conditions.items()},
        "kinds": evidence,
        "kind": evidence,
        "clock": of_clocks(document),
        "category": {key: one for values in intake.categories.values() for key, one in values.items()},
        "task": {key: one.name for key, one in document.tasks.items()},
        **intake.categories,
    }
    found = next((document.definition(step) for step in steps[1:] if document.definition(step)), None)
    choices: Mapping[str, Label] = found.choices if found is not None and found.choices else own.get(name, {})
    built_in = BUILT_IN_FIELDS.get(name)
    return {
        **({} if built_in is None else built_in.labels),
        **signs,
        **({} if severity is None else severity.classes),
        **choices,
    }


def of_clocks(document: PolicyDocument) -> Mapping[str, Label]:
    """Of the clocks that have a name."""
    return {key: one.name for key, one in document.clocks.items() if one.name is not None}


def of_stage(document: PolicyDocument, name: str) -> Label:
    stage = document.stages.get(name)
    return Label(zh=name) if stage is None or stage.name is None else stage.name


def of_clock(document: PolicyDocument, name: str, *, public: bool) -> Label:
    """Of a clock or a task. `public`: as complainants read it."""
    clock = document.clocks.get(name)
    if clock is not None and clock.public_name is not None and public:
        return clock.public_name
    found = clock or document.tasks.get(name)
    return Label(zh=name) if found is None or found.name is None else found.name
