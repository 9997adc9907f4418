"""The recorded stories while a later release writes to the same store: no write loses what that has added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.store.port import Entry, Key, Page, Put
from infra.memory_store.store import MemoryStore
from tests.across.recorded import files
from tests.across.recorded.playing import START, play
from tests.across.stored import registry
from tests.across.stored.later import UNKNOWN, VERSION
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

NOT_WORKED_ON = {"background-job", "policy"}
"""A job of a later version waits, and under a policy with unknown words nothing is written."""
WRITTEN_ONCE = {"policy-row"}
IN_NO_STORY = {
    "daily-mails",
    "figures-head",
    "improvement",
    "inspection",
    "policy-comment",
    "practices",
    "program",
    "queue-views",
    "supervision-report",
    "text-block",
    "text-blocks",
}


class LaterRelease:
    """Adds a member to every part of an item as soon as it is written. `lost`: the forms and places from which a write
    has taken one. `rewritten`: the forms of which this release has rewritten an item."""

    def __init__(self, store: MemoryStore, tenant: str) -> None:
        self.lost: list[str] = []
        self.rewritten: set[str] = set()
        self._store, self._tenant, self._adds = store, tenant, False
        self._grown: dict[Key, Entry] = {}
        self._read: set[Key] = set()
        store.after = lambda call: self._add() if call.name in ("commit", "put_each") else None
        self._note_reads()

    def _note_reads(self) -> None:
        """Whoever holds an item that they have written may write it again unread, since its version tells if it has
        changed."""
        get, query = self._store.get, self._store.query

        def noted_get(wanted: Sequence[Key]) -> dict[Key, Entry]:
            self._read.update(wanted)
            return get(wanted)

        def noted_query(pk: str, **more: Any) -> Page:
            page = query(pk, **more)
            self._read.update(entry.key for entry in page.entries)
            return page

        vars(self._store).update(get=noted_get, query=noted_query)

    def _add(self) -> None:
        if self._adds:
            return
        self._adds = True
        for entry in self._store.everything():
            if self._grown.get(entry.key) is not entry:
                self._compare(entry)
                self._grown[entry.key] = self._grow(entry)
                self._read.discard(entry.key)
        self._adds = False

    def _compare(self, entry: Entry) -> None:
        before = self._grown.get(entry.key)
        if before is not None and entry.key in self._read and self._keeps(entry):
            name = registry.name_of(entry)
            self.rewritten.add(name)
            self.lost += [f"{name}{place}" for place in _lost(json.loads(before.body), json.loads(entry.body))]

    def _grow(self, entry: Entry) -> Entry:
        if not self._keeps(entry):
            return entry
        body = registry.forms()[registry.name_of(entry)].body
        grown = replace(entry, body=json.dumps(registry.grown(_bare(json.loads(entry.body)), body)), form=VERSION)
        with binding.directory() if entry.key.pk.startswith("DIR") else binding.tenant(self._tenant):
            self._store.commit([Put(grown, if_absent=False)])
        return grown

    @staticmethod
    def _keeps(entry: Entry) -> bool:
        name = registry.name_of(entry)
        return name in registry.forms() and registry.forms()[name].keeps and name not in NOT_WORKED_ON


def _lost(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The places of parts that were rewritten without the member: those behind the same names, and equal ones of a
    list."""
    if isinstance(before, dict) and isinstance(after, dict):
        if "later" in before and "later" not in after:
            yield place
        for name in before.keys() & after.keys():
            yield from _lost(before[name], after[name], f"{place}/{name}")
    elif isinstance(before, list) and isinstance(after, list):
        for one in before:
            same = [other for other in after if _bare(other) == _bare(one)]
            yield from _lost(one, same[0], f"{place}/-") if same and one not in after else ()


def _bare(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {name: _bare(one) for name, one in raw.items() if name not in UNKNOWN}
    return [_bare(one) for one in raw] if isinstance(raw, list) else raw


@cache
def _played(name: str) -> LaterRelease:
    world = InProcess(START)
    later = LaterRelease(world.fakes.store, name)
    made = play(name, world)
    _change_people(made.organisation)
    _save_drafts(made.organisation)
    return later


def _change_people(shop: Organisation) -> None:
    """Grants a person another role. Removes them, and invites them again."""
    sub = next(sub for who, sub in shop.subs.items() if who != "owner")
    [person] = [one for one in shop.get("/people", "owner")["people"] if one["sub"] == sub]
    grants = [{name: value for name, value in grant.items() if value} for grant in person["grants"]]
    _ask(shop, "PUT", f"/people/{sub}", {"grants": [*grants, {"role": "owner"}]})
    _ask(shop, "DELETE", f"/people/{sub}")
    _ask(shop, "POST", "/people", {"email": person["email"], "name": person["name"], "grants": grants})


def _save_drafts(shop: Organisation) -> None:
    policy = shop.get("/policy", "owner")["policy"]
    for _ in range(2):
        _ask(shop, "PUT", "/policy/draft", {"policy": policy})


def _ask(shop: Organisation, method: str, path: str, body: Any = None) -> None:
    answer = shop.world.call(method, shop.path + path, body, auth=shop.auth("owner"))
    assert answer.status < 300, answer.text


@pytest.mark.slow
@pytest.mark.parametrize("name", files.stories())
def test_no_write_loses_what_a_later_release_has_added(name: str) -> None:
    assert sorted(set(_played(name).lost)) == []


@pytest.mark.slow
def test_every_form_that_keeps_is_rewritten() -> None:
    keeping = {name for name, form in registry.forms().items() if form.keeps}
    rewritten = {form for name in files.stories() for form in _played(name).rewritten}
    assert keeping - rewritten == NOT_WORKED_ON | WRITTEN_ONCE | IN_NO_STORY
