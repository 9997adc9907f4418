"""Renames all roles, stages, tasks, clocks and categories of a policy, wherever they occur in the document (X.5)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.policy import presets
from chalicelib.policy.reading import parsing
from tests.clauses.lens import OtherPolicy
from tests.helpers.fakes.client import Answer

Names = dict[str, str]


class Renamer:
    """Maps old names to new ones, by kind. `document`: in full form. New names sort like the old ones."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        categories = document["intake"]["categories"]
        self.roles = _fresh("role", document["people"])
        self.stages = _fresh("stage", document["stages"])
        self.clocks = _fresh("clock", [*document["clocks"], *document["tasks"]])
        self.dimensions = _fresh("dimension", categories)
        self.values = _fresh("value", {value for of_it in categories.values() for value in of_it})
        self.chosen = {
            to.removeprefix("field.")
            for stage in document["stages"].values()
            for act in stage["acts"].values()
            for tell in act["tells"]
            for to in tell["to"]
            if isinstance(to, str) and to.startswith("field.")
        } | {role.removeprefix("field.") for fact in document["fields"].values() for role in _roles(fact)}
        """Fields whose choices are roles."""

    def back(self) -> Names:
        kinds = (self.roles, self.stages, self.clocks, self.dimensions, self.values)
        return {new: old for kind in kinds for old, new in kind.items()}

    def document(self, full: Mapping[str, Any]) -> dict[str, Any]:
        intake, sample = full["intake"], full.get("sample")
        return {
            **self._conditions(full),
            "order": self._order(full.get("order", {})),
            "people": _keys(full["people"], self.roles),
            "tiers": [{**tier, "roles": _each(tier["roles"], self.roles)} for tier in full["tiers"]],
            "intake": {
                **self._conditions(intake),
                "first": self.stages[intake["first"]],
                **{key: _each(intake.get(key, ()), self.dimensions) for key in ("required", "chosen_by_staff")},
                "category_names": _keys(intake.get("category_names", {}), self.dimensions),
                "categories": {
                    self.dimensions[name]: _keys(of_it, self.values) for name, of_it in intake["categories"].items()
                },
                "filed_by": {name: _each(roles, self.roles) for name, roles in intake.get("filed_by", {}).items()},
                "tells": [self._tell(tell) for tell in intake["tells"]],
                "routing": [self._role(route) for route in intake["routing"]],
            },
            "severity": self._severity(full["severity"]),
            "fields": {name: self._field(name, fact) for name, fact in full["fields"].items()},
            "stages": {self.stages[name]: self._stage(stage) for name, stage in full["stages"].items()},
            "clocks": {self.clocks[name]: self._clock(clock) for name, clock in full["clocks"].items()},
            "tasks": {self.clocks[name]: self._task(task) for name, task in full["tasks"].items()},
            "points": full["points"] and self._points(full["points"]),
            "publicity": self._publicity(full.get("publicity")),
            "supervision": self._supervision(full.get("supervision")),
            "confidentiality": self._confidentiality(full["confidentiality"]),
            "ledgers": {
                name: {
                    **ledger,
                    "roles": _each(ledger["roles"], self.roles),
                    "stages": _each(ledger["stages"], self.stages),
                }
                for name, ledger in full.get("ledgers", {}).items()
            },
            "forms": {name: self._form(form) for name, form in full.get("forms", {}).items()},
            "sample": sample and {**sample, "category": self.category(sample.get("category"))},
            "examples": [],
        }

    def category(self, given: Any) -> Any:
        if isinstance(given, dict):
            return {self.dimensions.get(name, name): self.values.get(value, value) for name, value in given.items()}
        return self.values.get(given, given) if isinstance(given, str) else given

    def fields(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of an act from a test, under the new names."""
        return {
            self.dimensions.get(name, name): self._value(name, value) if isinstance(value, str) else value
            for name, value in given.items()
        }

    def _value(self, key: str, value: str) -> str:
        of_kind = {"stage": self.stages, "task": self.clocks, "clock": self.clocks, "filed_by": self.roles}
        of_kind |= dict.fromkeys(self.dimensions, self.values) | dict.fromkeys(self.chosen, self.roles)
        return of_kind.get(key, {}).get(value, value)

    def _condition(self, when: Mapping[str, list[str]]) -> dict[str, list[str]]:
        return {self._asked(key): [self._value(key, one) for one in of] for key, of in when.items()}

    def _asked(self, name: str) -> str:
        kind, dot, clock = name.partition(".")
        return f"clock.{self.clocks[clock]}" if (kind, dot) == ("clock", ".") else self.dimensions.get(name, name)

    def _conditions(self, part: Any) -> Any:
        """Renames in each `when` and in the fields of each trigger, at any depth."""
        if isinstance(part, list):
            return [self._conditions(one) for one in part]
        if not isinstance(part, dict):
            return part
        changed = {key: self._conditions(value) for key, value in part.items()}
        if isinstance(part.get("when"), dict):
            changed["when"] = self._condition(part["when"])
        if "event" in part and "at" not in part:
            changed["fields"] = self._condition(part["fields"])
        return changed

    def _order(self, order: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The order of lists, by place. Of the lists, those of categories and of roles have new names."""
        changed = {}
        for place, keys in order.items():
            part, _, name = place.rpartition(".")
            if part == "intake.categories":
                changed[f"{part}.{self.dimensions[name]}"] = _each(keys, self.values)
            elif place == "intake.categories":
                changed[place] = _each(keys, self.dimensions)
            else:
                changed[place] = _each(keys, self.roles) if part == "fields" and name in self.chosen else keys
        return changed

    def _severity(self, severity: Any) -> Any:
        if not (severity and severity.get("lowering")):
            return severity
        lowering = {**severity["lowering"], "approval": self._approval(severity["lowering"]["approval"])}
        return {**severity, "lowering": lowering}

    def _confidentiality(self, rules: Any) -> Any:
        if rules is None:
            return None
        seen = {part: rules[part] and [self._role(doer) for doer in rules[part]] for part in ("complainant", "content")}
        return {**rules, **seen, "auditors": _each(rules["auditors"], self.roles)}

    def _form(self, form: Mapping[str, Any]) -> dict[str, Any]:
        sections = [
            {**section, "lines": [self._line(line) for line in section["lines"]]} for section in form["sections"]
        ]
        return {**form, "by": form["by"] and [self._role(doer) for doer in form["by"]], "sections": sections}

    def _line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        shows = line["shows"]
        clock = self.clocks.get(shows.removeprefix("clock.")) if shows.startswith("clock.") else None
        return {**self._conditions(line), "shows": f"clock.{clock}" if clock else self.dimensions.get(shows, shows)}

    def _role(self, part: Mapping[str, Any]) -> dict[str, Any]:
        return {**self._conditions(part), "role": self.roles.get(part["role"], part["role"])}

    def _tell(self, tell: Mapping[str, Any]) -> dict[str, Any]:
        due = tell["due"]
        to = [self._role(one) if isinstance(one, dict) else self.roles.get(one, one) for one in tell["to"]]
        return {**self._conditions(tell), "to": to, "due": due and self.clocks[due]}

    def _field(self, name: str, fact: Mapping[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = self._conditions(fact)
        if _roles(fact):
            changed["role"] = _each(_roles(fact), self.roles)
        return {**changed, "choices": _keys(changed["choices"], self.roles)} if name in self.chosen else changed

    def _stage(self, stage: Mapping[str, Any]) -> dict[str, Any]:
        return {**stage, "acts": {name: self._act(act) for name, act in stage["acts"].items()}}

    def _act(self, act: Mapping[str, Any]) -> dict[str, Any]:
        changed = self._conditions(act)
        if act["approval"]:
            changed["approval"] = self._approval(act["approval"])
        return {
            **changed,
            "by": [self._role(doer) for doer in act["by"]],
            "needs": _each(act["needs"], self.dimensions),
            "takes": _each(act["takes"], self.dimensions),
            "to": self._targets(act["to"]),
            "tells": [self._tell(tell) for tell in act["tells"]],
            "assigns": _keys(act["assigns"], self.roles),
            **({"names": _each(act["names"], self.roles)} if "names" in act else {}),
        }

    def _targets(self, to: Any) -> Any:
        if isinstance(to, list):
            return [{**self._conditions(one), "stage": self.stages[one["stage"]]} for one in to]
        return to and self.stages[to]

    def _publicity(self, publicity: Any) -> Any:
        notices = publicity and publicity["notices"]
        if not notices:
            return publicity and self._conditions(publicity)
        approval = notices["approval"] and self._approval(notices["approval"])
        return {**self._conditions(publicity), "notices": {**self._conditions(notices), "approval": approval}}

    def _approval(self, approval: Mapping[str, Any]) -> dict[str, Any]:
        return {**self._conditions(approval), "by": _each(approval["by"], self.roles)}

    def _supervision(self, supervision: Any) -> Any:
        inspection = supervision and supervision["inspection"]
        return supervision and {
            **supervision,
            "by": _each(supervision["by"], self.roles),
            "inspection": inspection and {**self._role(inspection), "tells": _each(inspection["tells"], self.roles)},
        }

    def _clock(self, clock: Mapping[str, Any]) -> dict[str, Any]:
        silence = clock.get("silence") and {"asked": self.clocks[clock["silence"]["asked"]]}
        return {**self._conditions(clock), "paused_in": _each(clock["paused_in"], self.stages), "silence": silence}

    def _task(self, task: Mapping[str, Any]) -> dict[str, Any]:
        monthly = task["monthly"]
        return {
            **self._role(task),
            "when": [self._condition(when) for when in task["when"]],
            "approval": _each(task["approval"], self.roles),
            "tells": [self._tell(tell) for tell in task.get("tells", ())],
            "monthly": monthly and {**monthly, "stages": _each(monthly["stages"], self.stages)},
        }

    def _points(self, points: Mapping[str, Any]) -> dict[str, Any]:
        changed = self._conditions(points)
        thresholds = [{**one, "task": self.clocks[one["task"]]} for one in points["at"]]
        return {
            **changed,
            "when": [self._condition(when) for when in points["when"]],
            "at": [{**one, "role": self.roles.get(one["role"], one["role"])} for one in thresholds],
        }


class Renamed(OtherPolicy):
    """The preset under other names. Tests still use the old names."""

    def __init__(self, preset: str) -> None:
        full = msgspec.to_builtins(parsing.parse(presets.document(preset)))
        self.names = Renamer(full)
        self._old = self.names.back()
        super().__init__(preset, self.names.document(full))

    def at(self, path: str) -> str:
        return re.sub(r"(?<=[?&]category=)\w+", lambda found: self.names.values.get(found[0], found[0]), path)

    def asked(self, method: str, path: str, body: Any) -> Any:
        body = super().asked(method, path, body)
        if not isinstance(body, dict) or path == "/v1/tenants":
            return body
        changed = dict(body)
        if "grants" in body:
            changed["grants"] = [self.names._role(grant) for grant in body["grants"]]
        if "category" in body:
            changed["category"] = self.names.category(body["category"])
        if "fields" in body:
            changed["fields"] = self.names.fields(body["fields"])
        if "policy" in body:
            changed["policy"] = self.names.document({"examples": [], **body["policy"]})
        return changed

    def answered(self, method: str, path: str, answer: Answer) -> Answer:
        found = super().answered(method, path, answer)
        return found if found is not answer else Answer(answer.status, answer.headers, self._in_old_names(answer.text))

    def _changed(self, shown: Mapping[str, Any]) -> str:
        return self._in_old_names(super()._changed(shown))

    def _in_old_names(self, text: str) -> str:
        is_json = text.startswith(("{", "["))
        plain = json.dumps(json.loads(text), ensure_ascii=False) if is_json else text
        return re.sub(r"zz\w+?qq", lambda found: self._old.get(found[0], found[0]), plain)


def _fresh(kind: str, names: Iterable[str]) -> Names:
    return {name: f"zz{kind}{position:02}qq" for position, name in enumerate(sorted(names))}


def _keys(part: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in part.items()}


def _each(part: Iterable[str], names: Names) -> list[str]:
    return [names.get(one, one) for one in part]


def _roles(fact: Mapping[str, Any]) -> list[str]:
    role = fact.get("role") or []
    return [role] if isinstance(role, str) else role
