"""The words of a procedure inside sentences: roles, events, limits, conditions, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import CLOCK_PREFIX, FILED_BY, Trigger
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import ABOVE, PARENT, ActorSelector, Label, PeopleSelector, RoleSelector
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENT_TERMS
from chalicelib.policy.language.wording import condition_words
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES
from chalicelib.policy.worktime import Limit, parse_limit
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.warning import parse_warning
from chalicelib.web.pages.reader import Reader

_FIELD = "field."
_ASSIGNED, _ROUTED = "assigned", "routed"
_NOT_SET, _GIVEN = "none", "given"
"""A condition's value for what is not set; the field of events that names the fields of their act."""


class ProcedureWords(NamedTuple):
    policy: Policy
    reader: Reader

    @property
    def document(self) -> PolicyDocument:
        return self.policy.document

    def say(self, name: str, /, **values: object) -> str:
        """A text of the studio."""
        return self.reader.text(f"studio.{name}", **values)

    def label(self, label: Label | None, default: str = "") -> str:
        return default if label is None else self.reader.label(label.to_json(), default)

    def listed(self, parts: Iterable[str]) -> str:
        return self.say("comma").join(parts)

    def either(self, parts: Sequence[str]) -> str:
        """One of them is enough."""
        *first, last = parts
        return self.say("or", first=self.listed(first), last=last) if first else last

    def sentence(self, parts: Iterable[str]) -> str:
        """Parts that follow each other in one sentence."""
        return self.say("semicolon").join(part for part in parts if part)

    def stage(self, name: str) -> str:
        known = self.document.stages.get(name)
        return self.label(None if known is None else known.name, name)

    def field(self, name: str) -> str:
        definition, built_in = self.document.definition(name), BUILT_IN_FIELDS.get(name)
        label = None if definition is None else definition.name
        if name in self.document.intake.categories:
            label = label or self.document.intake.category_names.get(name) or BUILT_IN_VALUES["category"]
        return self.label(label or (None if built_in is None else built_in.label), name)

    def deadline(self, name: str) -> str:
        known = self.policy.clocks.get(name)
        return self.label(None if known is None else known.clock.name, name)

    def act(self, name: str) -> str:
        """By its event, as the record and the history name it."""
        return self.event(EVENT_OF_ACT.get(name, name))

    def event(self, type_: str) -> str:
        return self.label(event_label(self.document, type_))

    def happening(self, type_: str) -> str:
        """The event as a noun, such as `acceptance`."""
        own = self.reader.of_code("studio.happening.", type_)
        return own if self.reader.language == "en" and own != type_ else self.event(type_)

    def role(self, name: str) -> str:
        if name.startswith(_FIELD):
            return self.say("people_of_field", field=self.field(name.removeprefix(_FIELD)))
        if name.startswith(ABOVE):
            return self.say("people_above", role=self.role(name.removeprefix(ABOVE)))
        known = self.document.people.get(name)
        if known is not None:
            return self._inside(self.label(known))
        return self.reader.of_code("studio.role.", name)

    def _inside(self, role: str) -> str:
        """In a sentence. English names of roles begin with a capital letter, abbreviations go on with one."""
        if self.reader.language != "en":
            return role
        small = role[:1].lower() + role[1:] if role[1:2].islower() else role
        return small if small.startswith("the ") else self.say("the_role", role=small)

    def person(self, one: str | RoleSelector | PeopleSelector) -> str:
        """Of a role, with what narrows it."""
        if isinstance(one, str):
            return self.role(one)
        said = self.role(one.role)
        if one.of != "any":
            said = self.say("of_parent" if one.of == PARENT else f"of_{one.of}", role=said)
        return said + "".join(self._narrowed(one))

    def _narrowed(self, one: RoleSelector | PeopleSelector) -> Iterator[str]:
        if not isinstance(one, PeopleSelector | ActorSelector):
            return
        if one.excluded:
            yield self.say("not_who", events=self.either([self.doing(event) for event in one.excluded]))
        if one.same is not None:
            yield self.say("same_who", events=self.doing(one.same))

    def doing(self, type_: str) -> str:
        """What a person did by causing the event, also a role that they had."""
        known = EVENT_TERMS.get(type_)
        return self.event(type_) if known is not None else self.role(type_.removeprefix("assigned."))

    def people(self, those: Iterable[str | RoleSelector | PeopleSelector]) -> str:
        return self.listed(dict.fromkeys(self.person(one) for one in those))

    def limit(self, limit: Limit | str) -> str:
        limit = parse_limit(limit) if isinstance(limit, str) else limit
        return self.say("no_limit") if limit.kind == "none" else wording(self.reader.language).limit(limit)

    def warning(self, text: str) -> str:
        rule = parse_warning(text)
        if rule.before is None:
            return self.say("share", percent=rule.percent)
        return self.say("before", limit=self.limit(rule.before))

    def trigger(self, one: Trigger) -> str:
        tasks = [self.deadline(name) for name in one.fields.get("task", ())]
        if tasks and one.event in ("task_opened", "task_done"):
            return self.say(one.event, tasks=self.either(tasks))
        said = self.happening(one.event)
        more = [part for name, values in one.fields.items() if (part := self._event_field(name, values))]
        return self.say("with", said=said, more=self.listed(more)) if more else said

    def _event_field(self, name: str, values: Sequence[str]) -> str:
        if name == _GIVEN:
            return self.say("given", fields=self.either([*map(self.field, values)]))
        own = [self.reader.of_code("studio.event_field.", f"{name}.{value}") for value in values]
        known = [said for said, value in zip(own, values, strict=True) if said != f"{name}.{value}"]
        return self.either(known) if len(known) == len(values) else self._condition(name, values)

    def condition(self, when: Mapping[str, Sequence[str]]) -> str:
        """In a sentence; empty without a condition. The stage comes first, as a published policy has no order."""
        names = sorted(when, key=lambda name: name != "stage")
        return self.say("and").join(part for name in names if (part := self._condition(name, when[name])))

    def any_condition(self, those: Sequence[Mapping[str, Sequence[str]]]) -> str:
        said = [one for when in those if (one := self.condition(when))]
        return self.either(said) if said else ""

    def _condition(self, name: str, values: Sequence[str]) -> str:
        known = condition_words.said_values if self._speaks_for_itself(name, values) else condition_words.named
        said = known(self.document, name, values)
        return self.label(said) if said is not None else self._flag(name, values)

    def _speaks_for_itself(self, name: str, values: Sequence[str]) -> bool:
        """Choices need no name in front of them, but answers, numbers and states do."""
        if name.startswith(CLOCK_PREFIX) or name == FILED_BY or _NOT_SET in values:
            return False
        definition = self.document.definition(name)
        return definition is None or bool(definition.choices)

    def _flag(self, name: str, values: Sequence[str]) -> str:
        """A flag that acts set has no name of its own: it says what has happened."""
        events = condition_words.setting_events(self.document, name, [one for one in values if one != _NOT_SET])
        if events and _NOT_SET not in values:
            said = self.either([self.label(one) for one in events])
            if self._always_sets(name, values):
                return self.say("has_happened", events=said)
            return self.say("has_set", events=said, flag=name, values=self.either(values))
        setting = condition_words.setting_events(self.document, name, self._others(name, values))
        if setting and not events:
            return self.say("has_not_happened", events=self.either([self.label(one) for one in setting]))
        return self.say("flag", flag=name, values=self.either(values))

    def _others(self, name: str, values: Sequence[str]) -> set[str]:
        return {act.sets[name] for act in self.document.acts if name in act.sets} - set(values)

    def _always_sets(self, name: str, values: Sequence[str]) -> bool:
        """Whether each act of these names sets the flag so: then its event says all."""
        items = [item for stage in self.document.stages.values() for item in stage.acts.items()]
        setting = {key for key, act in items if act.sets.get(name) in values}
        return all(act.sets.get(name) in values for key, act in items if key in setting)
