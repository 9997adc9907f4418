"""The values that a form offers, from the written document, and their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.complaints.rights.permits import COMPLAINANT, RESPONDENT
from chalicelib.features.studio.forms.written import ABSENT, show_label, value_at
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, event_term
from chalicelib.policy.reading.expansion import as_list
from chalicelib.policy.worktime.calendars.holidays import countries
from chalicelib.web.pages.reader import Reader

_PARTS = {"roles": "people", "stages": "stages", "calendars": "calendars", "tasks": "tasks"}
"""Parts of the document whose keys are values."""
_STAGE_PARTS = frozenset({"name", "guidance", "shelf"})
_ALWAYS_EVENTS = ("registered",)
DOES = "act "
"""Begins the value for an act that is done by itself."""
_LONGEST = 80
"""Characters of a text that a sentence quotes."""


class OfferedValue(NamedTuple):
    value: str
    label: str


class WrittenChoices(NamedTuple):
    """`document`: as it is written."""

    document: Any
    reader: Reader

    def of(self, options: Sequence[str]) -> list[OfferedValue]:
        if not isinstance(options, str):
            return [OfferedValue(value, self._word(value)) for value in options]
        if options in _PARTS:
            return [OfferedValue(name, label) for name, label in self.labels((_PARTS[options],)).items()]
        if options == "told":
            return [*self._parties(), *self.of("roles")]
        if options == "holidays":
            return [OfferedValue(code, code) for code in countries()]
        if options == "missed":
            acts = [name for name in self._acts() if name in EVENT_OF_ACT]
            does = [OfferedValue(DOES + name, self.does(name)) for name in acts]
            return [*(OfferedValue(value, self._word(value)) for value in ("escalate", "record")), *does]
        return [OfferedValue(one, self.event(one)) for one in self._events()]

    def _parties(self) -> list[OfferedValue]:
        parties = (COMPLAINANT.kind, RESPONDENT)
        return [OfferedValue(one, self.reader.text(f"studio.role.{one}")) for one in parties]

    def does(self, act: str) -> str:
        return self.reader.text("studio.does", act=self.event(EVENT_OF_ACT.get(act, act)))

    def _word(self, value: str) -> str:
        return self.reader.of_code("studio.value.", value.replace(" ", "_")).removeprefix("studio.value.")

    def event(self, name: str) -> str:
        return self.reader.label(event_term(name).label.to_json(), name)

    def _events(self) -> list[str]:
        events = (EVENT_OF_ACT[name] for name in self._acts() if name in EVENT_OF_ACT)
        return [*dict.fromkeys([*_ALWAYS_EVENTS, *events])]

    def _acts(self) -> list[str]:
        stages = value_at(self.document, ("stages",))
        acts: dict[str, None] = {}
        for stage in stages.values() if isinstance(stages, Mapping) else ():
            inner = stage.get("acts", stage) if isinstance(stage, Mapping) else {}
            if isinstance(inner, Mapping):
                acts |= dict.fromkeys(name for name in inner if name not in _STAGE_PARTS)
        return list(acts)

    def labels(self, path: tuple[str, ...]) -> dict[str, str]:
        part = value_at(self.document, path)
        if isinstance(part, list):
            return {name: name for name in part if isinstance(name, str)}
        return {str(key): self.label(item, str(key)) for key, item in part.items()} if isinstance(part, Mapping) else {}

    def label(self, item: Any, default: str) -> str:
        """What an item is called: by its name, or by its own texts. Channels can be a list of keys."""
        named = item.get("name", item) if isinstance(item, Mapping) else item
        shown = {language: values[0] for language, values in show_label(named).items() if values}
        return self.reader.label(shown, shown.get("en", default))

    def condition(self, when: Mapping[str, Any]) -> str:
        """Such as `Channel: oral, written`. Conditions on other things are shown as written."""
        said = []
        for name, values in when.items():
            labels = self._values(name)
            listed = self.reader.text("studio.comma").join(
                labels.get(str(value), self._word(str(value))) for value in as_list(values)
            )
            said.append(self.reader.text("studio.condition", name=self._condition_name(name), values=listed))
        return self.reader.text("studio.and").join(said) or self.reader.text("studio.always")

    def _condition_name(self, name: str) -> str:
        named = self.labels(("intake", "category_names")).get(name)
        fact = value_at(self.document, ("fields", name))
        fact = value_at(self.document, ("intake", "facts", name)) if fact is ABSENT else fact
        return named or (self.label(fact, name) if fact is not ABSENT else self.reader.of_code("studio.when.", name))

    def _values(self, name: str) -> dict[str, str]:
        at = {"channel": ("intake", "channels"), "severity": ("severity", "classes")}
        if name in at:
            return self.labels(at[name])
        for path in (("intake", "categories", name), ("fields", name, "choices"), ("intake", "facts", name, "choices")):
            if labels := self.labels(path):
                return labels
        return {}

    def severity(self, name: str) -> str:
        return self._values("severity").get(name, name)

    def conditions(self) -> list[Mapping[str, Any]]:
        """The conditions that a new limit of a deadline can have."""
        channels = [{"channel": name} for name in self._values("channel")]
        classes = [{"severity": name} for name in self._values("severity")]
        return [{}, *channels, *classes, {"hours": "open"}, {"hours": "closed"}]


class FieldWords(NamedTuple):
    """The words for the values of one field."""

    options: Sequence[str]
    choices: WrittenChoices

    @property
    def reader(self) -> Reader:
        return self.choices.reader

    def value(self, value: str) -> str:
        """Of one among the options, also of one that is not offered."""
        return next((one.label for one in self.choices.of(self.options) if one.value == value), value)

    def under(self, when: Mapping[str, Any], said: str) -> str:
        condition = self.choices.condition(when)
        return self.reader.text("studio.under", condition=condition, change=said) if when else said

    def joined(self, said: Sequence[str]) -> str:
        return self.reader.text("studio.semicolon").join(said)

    def listed(self, said: Sequence[str]) -> str:
        return self.reader.text("studio.comma").join(said)

    def short(self, text: str) -> str:
        line = " ".join(text.split())
        return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
