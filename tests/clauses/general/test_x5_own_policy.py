"""X.5: a tenant's own policy can do all that a preset can.

An organisation signs up with the preset's document under other names of roles, stages, tasks, clocks, categories, facts
and fields. A recorded story of the preset is played there: a whole life of complaints. Its records, mails and requests
to webhooks are those of the preset. Acts have no other names: they are words of the language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from chalicelib.policy.reading import parsing, source
from tests.across.recorded import policies
from tests.across.recorded.names import Names, difference
from tests.across.recorded.playing import START, play
from tests.across.recorded.recording import records_of, sent_by
from tests.across.recorded.write import as_played
from tests.clauses.general.test_x5_names import PRESETS
from tests.clauses.lens import OtherPolicy
from tests.clauses.renaming import Renamed, Renamer
from tests.clauses.renaming_facts import FactNames
from tests.clauses.world import InProcess
from tests.helpers.searches import at_night_unless

BY_DAY = "government-service-centre"
"""The story that is played in the least time."""
DO_TASK = "do_task"
"""The act that takes the fields of a task. Other acts outside the stages have fields of their own, such as `hold`."""
_OF_BYTES = ("sha256", "random_sha256")
"""Digests of documents, which have other names in them."""


class OwnPolicy(Renamed):
    """The organisation's document, in which the story's preset is not named. The story still uses the old names."""

    def __init__(self, name: str) -> None:
        full = msgspec.to_builtins(parsing.parse(source.read(policies.source(name))))
        self.names, self.facts = Renamer(full), FactNames(full)
        self._old = {**self.names.back(), **{new: old for old, new in self.facts.new.items()}}
        self._acts = {DO_TASK, *(act for stage in full["stages"].values() for act in stage["acts"])}
        OtherPolicy.__init__(self, name, self.facts.document(self.names.document(full)))

    def asked(self, method: str, path: str, body: Any) -> Any:
        if not isinstance(body, dict):
            return body
        policy = {"policy": self.document} if "policy" in body else {}
        if path == "/v1/tenants":
            return {**body, **policy}
        rest = {key: value for key, value in body.items() if key != "policy"}
        return {**self._with_facts(path, super().asked(method, path, rest)), **policy}

    def _with_facts(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        changed = {**body, **self._by_category(body)}
        if "facts" in body:
            changed["facts"] = self.facts.given(body["facts"])
        if "fields" in body and path.rpartition("/")[2] in self._acts:
            changed["fields"] = self.facts.given(body["fields"])
        return changed

    def _by_category(self, body: Mapping[str, Any]) -> dict[str, str]:
        """Of an improvement action: the kind of category and its choice."""
        kind, _, name = str(body.get("by", "")).partition(".")
        if kind != "category":
            return {}
        return {"by": f"category.{self.names.dimensions[name]}", "value": self.names.values[body["value"]]}

    def in_old_names(self, content: Any) -> Any:
        return json.loads(self._in_old_names(json.dumps(content, ensure_ascii=False)))


def alike(content: Any) -> Any:
    """Without digests of what has other names in it. Lists of names are in the order of the old names."""
    if isinstance(content, list):
        return [alike(one) for one in content]
    if not isinstance(content, dict):
        return content
    kept = {key: alike(value) for key, value in content.items() if key not in _OF_BYTES}
    return {key: sorted(value) if key == "given" and isinstance(value, list) else value for key, value in kept.items()}


def played_under(own: OwnPolicy, name: str) -> tuple[Any, Any]:
    """The records, and what was sent, in the old names."""
    made = play(name, InProcess(START))
    names = Names(made.known())
    records = {of: names.of(events) for of, events in records_of(made)}
    return records, own.in_old_names(sent_by(made, names))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=at_night_unless(name == BY_DAY)) for name in PRESETS.values()]
)
def test_x5_the_preset_as_a_policy_of_ones_own_under_other_names_behaves_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_preset, own = as_played(name), OwnPolicy(name)
    monkeypatch.setattr(InProcess, "lens", own)

    records, sent = played_under(own, name)

    assert len(own.facts.new) >= 10
    assert difference(alike(of_preset["records"]), alike(records)) == ""
    assert difference(alike(of_preset["sent"]), alike(sent)) == ""


def test_x5_a_policy_that_tells_less_does_not_behave_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    of_preset, own = as_played(BY_DAY), OwnPolicy(BY_DAY)
    own.document["intake"]["tells"] = []
    monkeypatch.setattr(InProcess, "lens", own)

    _, sent = played_under(own, BY_DAY)

    assert "/mails" in difference(alike(of_preset["sent"]), alike(sent))
