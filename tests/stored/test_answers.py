"""The requests of the recorded stories, to a store that a later release has written: its members change no answer, its
words make no request fail, and damage stops no other item."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.instants import SECOND
from chalicelib.store.port import Entry, Put
from tests.clauses.world import InProcess
from tests.fakes.wiring import with_empty_caches
from tests.recorded import files, recording
from tests.recorded.names import Names
from tests.recorded.playing import START, Played, played
from tests.stored import registry
from tests.stored.later import VERSION

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


def _answers(made: Played) -> dict[str, Any]:
    names, found = Names(made.known()), {}
    for request in made.story["requests"]:
        made.world.fakes.clock.advance(SECOND)
        found[json.dumps(request, ensure_ascii=False)] = names.of(recording.shown(recording.answer(made, *request)))
    return found


def _grown(form: str, entry: Entry) -> Entry:
    of = registry.forms()[form]
    if not of.keeps:
        return entry
    return replace(entry, body=json.dumps(registry.grown(json.loads(entry.body), of.body)), form=VERSION)


def _with_words(form: str, entry: Entry) -> Entry:
    of = registry.forms()[form]
    raw = json.loads(entry.body) if of.keeps else None
    for pointer in registry.words_in(raw, of.body) if of.keeps else ():
        registry.set_at(raw, pointer, "levitated")
    return replace(entry, body=json.dumps(raw), form=VERSION) if of.keeps else entry


@each_story
def test_members_of_a_later_release_change_no_answer(name: str) -> None:
    assert _answers(_copy(name, _grown)) == _answers(_copy(name))


@each_story
def test_words_of_a_later_release_make_no_request_fail(name: str) -> None:
    failed = {request: one["status"] for request, one in _answers(_copy(name, _with_words)).items()}
    assert {request: status for request, status in failed.items() if status >= 500} == {}
