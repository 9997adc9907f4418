"""Names for people of the values of a table's dimension, as the policy in force and the organisation define them."""

from __future__ import annotations

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.tenants.organisation import Organisation

_FLAGS = {"yes": Label(zh="是", en="yes"), "no": Label(zh="否", en="no")}


class Labels:
    def __init__(self, document: PolicyDocument, organisation: Organisation) -> None:
        clocks = {name: clock.name for name, clock in document.clocks.items()}
        self._named: dict[str, dict[str, Label | None]] = {
            "channel": {**document.intake.channels},
            "stage": {name: stage.name for name, stage in document.stages.items()},
            "clock": {**{name: task.name for name, task in document.tasks.items()}, **clocks},
            **{f"category.{name}": {**choices} for name, choices in document.intake.categories.items()},
            "unit": {name: Label(zh=unit.name, en=unit.name) for name, unit in organisation.units.items()},
        }
        self._fields = {**document.intake.facts, **document.fields}

    def of(self, dimension: str, value: str) -> dict[str, str]:
        """The value itself where nothing names it, as after a change of the policy. Empty for an absent value."""
        found = self._answer(value) if dimension == "answer" else self._named.get(dimension, {}).get(value)
        return {"zh": value, "en": value} if found is None else {"zh": found.zh, "en": found.en or found.zh}

    def _answer(self, value: str) -> Label | None:
        """Of `<field>=<value>`."""
        name, _, chosen = value.partition("=")
        field = self._fields.get(name)
        if field is None or field.name is None:
            return None
        choice = field.choices.get(chosen)
        of_choice = _FLAGS.get(chosen, Label(zh=chosen, en=chosen)) if choice is None else choice
        return Label(
            zh=f"{field.name.zh}：{of_choice.zh}",
            en=f"{field.name.en or field.name.zh}: {of_choice.en or of_choice.zh}",
        )
