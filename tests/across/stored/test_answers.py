"""The requests of the recorded stories, to a store that a later release has written: its members change no answer, its
words make no request fail, and damage stops no other item."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import SECOND
from chalicelib.store.port import Entry, Put
from tests.across.recorded import files, recording
from tests.across.recorded.names import Names
from tests.across.recorded.playing import START, Played, played
from tests.across.stored import registry
from tests.across.stored.later import VERSION
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.wiring import with_empty_caches
from tests.helpers.searches import TIMES, at_night_unless

each_story = pytest.mark.parametrize("name", files.stories())
Rewrite = Callable[[str, Entry], Entry]


def _copy(name: str, rewrite: Rewrite | None = None) -> Played:
    """The story in a world of its own. `rewrite` gets each item with the name of its form."""
    made, world = played(name), InProcess(START)
    world.begin_at(made.world.keep())
    copied = Played(dataclasses.replace(made.organisation, world=world), made.story, dict(made.names))
    store = world.fakes.store
    for entry in store.everything() if rewrite else ():
        if (form := registry.name_of(entry)) in registry.forms():
            with binding.directory() if entry.key.pk.startswith("DIR") else binding.tenant(made.organisation.id):
                store.commit([Put(rewrite(form, entry), if_absent=False)])
    world.fakes = with_empty_caches(world.fakes)
    return copied


def _answered(made: Played) -> Iterator[tuple[str, Answer]]:
    for request in made.story["requests"]:
        made.world.fakes.clock.advance(SECOND)
        yield json.dumps(request, ensure_ascii=False), recording.answer(made, *request)


def _answers(made: Played) -> dict[str, Any]:
    names = Names(made.known())
    return {request: names.of(recording.shown(one)) for request, one in _answered(made)}


def _grown(form: str, entry: Entry) -> Entry:
    of = registry.forms()[form]
    if not of.keeps:
        return entry
    return replace(entry, body=json.dumps(registry.grown(json.loads(entry.body), of.body)), form=VERSION)


def _with_words(form: str, entry: Entry) -> Entry:
    of = registry.forms()[form]
    grown = replace(entry, body=_levitated(entry.body, of.body), form=VERSION) if of.keeps else entry
    return replace(grown, row=_levitated(entry.row, registry.ROWS[form])) if entry.row else grown


def _levitated(text: str, kind: Any) -> str:
    """The JSON with another value for each of an enumeration."""
    raw = json.loads(text)
    for pointer in registry.words_in(raw, kind):
        registry.set_at(raw, pointer, "levitated")
    return json.dumps(raw)


def _without_row(_form: str, entry: Entry) -> Entry:
    return replace(entry, row="{") if entry.row else entry


def _failed(made: Played) -> dict[str, int]:
    return {request: one.status for request, one in _answered(made) if one.status >= 500}


@each_story
def test_members_of_a_later_release_change_no_answer(name: str) -> None:
    assert _answers(_copy(name, _grown)) == _answers(_copy(name))


@each_story
def test_words_of_a_later_release_make_no_request_fail(name: str) -> None:
    assert _failed(_copy(name, _with_words)) == {}


@each_story
def test_damaged_rows_make_no_request_fail(name: str) -> None:
    assert _failed(_copy(name, _without_row)) == {}


def test_every_form_with_rows_is_in_the_table() -> None:
    with_rows = {name for name, entries in registry.left().items() if any(one.row for one in entries)}
    assert with_rows <= registry.ROWS.keys()


BY_ALL = {"data-key", "directory", "membership", "organisation", "policy"}
"""Forms of items without which no request of the organisation, or of the person, is answered."""
WHOLE = {"figures-head", "policy-draft", "search-manifest", "statistics-counted", "statistics-head", "webhooks"}
"""Forms of which one item has all that a list, a search or a table of figures shows."""
ONE = re.compile(r'202611-\d{6}|\$\w+|/units/\w+|/organisation|"/record|figures/\d{4}-\d{2}')
"""In requests for one thing."""


def _damaged(kind: str, made: Played) -> Rewrite:
    """Damages the first item of this form."""
    first = next(one for one in made.world.fakes.store.everything() if registry.name_of(one) == kind and one.body)
    return lambda _form, entry: replace(entry, body="{") if entry.key == first.key else entry


BY_DAY = ("council", "platform")
"""The stories of which items are damaged by day: each form in the first that has it."""


def _kinds(name: str) -> set[str]:
    kinds = {registry.name_of(one) for one in played(name).world.fakes.store.everything() if one.body}
    return kinds & registry.forms().keys() - BY_ALL


@pytest.mark.parametrize("name", [pytest.param(one, marks=at_night_unless(one in BY_DAY)) for one in files.stories()])
def test_a_damaged_item_makes_only_requests_for_itself_fail(name: str) -> None:
    made = played(name)
    tried = _kinds(BY_DAY[0]) if TIMES == 1 and name != BY_DAY[0] else set()
    for kind in sorted(_kinds(name) - tried):
        failed = _failed(_copy(name, _damaged(kind, made)))
        assert set(failed.values()) <= {503}
        assert kind in WHOLE or [request for request in failed if not ONE.search(request)] == []
