"""The names that a policy defines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Names(NamedTuple):
    roles: tuple[str, ...]
    stages: tuple[str, ...]
    wordings: tuple[str, ...]
    fields: tuple[str, ...]
    classes: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    """The choices of a field or category, by its name."""

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Names:
        intake, fields = document["intake"], document.get("fields", {})
        choices = {
            name: tuple(one["choices"])
            for name, one in {**intake.get("facts", {}), **fields}.items()
            if "choices" in one
        }
        choices |= {name: tuple(values) for name, values in intake.get("categories", {}).items()}
        choices["channel"] = tuple(intake["channels"])
        classes = tuple(document.get("severity", {}).get("classes", ()))
        return cls(
            roles=tuple(document["people"]),
            stages=tuple(document["stages"]),
            wordings=tuple(document.get("wording", {})),
            fields=(*fields, *intake.get("facts", {})),
            classes=classes,
            choices={**choices, "severity": classes},
        )
