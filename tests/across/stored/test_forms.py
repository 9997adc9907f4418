"""Every form of the registry: its items carry a version, keep what a later release adds, and name their damage."""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.kit.problem import LaterRelease
from chalicelib.store.port import Entry, Key
from chalicelib.store.stored_form import Damaged, Form
from tests.across.stored import registry, write
from tests.across.stored.later import VERSION
from tests.helpers.left_out import is_whole

KEEPING = sorted(name for name, (_, keeps) in registry.documented().items() if keeps)
"""Their items keep what a later release has added."""
NO_FORM = {
    "belongs",
    "budget",
    "copies",
    "counter",
    "directory-row",
    "effect-row",
    "erasure-mark",
    "filings",
    "filings-of-source",
    "lookup changed",
    "lookup email",
    "lookup follows",
    "lookup phone",
    "lookup subject",
    "requests",
    "search-damaged",
    "similar-band",
    "supervision-row",
    "uploads",
    "wrong-receipts",
}
"""Counters, and items that say all in their key."""
_DAMAGED = Key("T#shop#C#202611-000001", "S")


def _later_copy(name: str) -> tuple[Entry, Any]:
    """An item as a later release would write it, and its body: each object has a further member."""
    entry = registry.richest(name)
    body = registry.grown(json.loads(entry.body), registry.forms()[name].body)
    return replace(entry, body=json.dumps(body), form=VERSION), body


def _changed(value: Any) -> Any:
    """The value after a change that writes it anew."""
    return replace(value) if isinstance(value, msgspec.Struct) else list(value)


def test_the_page_lists_each_form_with_its_version() -> None:
    assert registry.documented() == {name: (one.version, one.keeps) for name, one in registry.forms().items()}


def test_no_form_has_changed_without_a_new_version() -> None:
    """Other releases read by the version. `python -m tests.across.stored.write` records a form with its new version."""
    assert write.unraised() == []
    assert write.recorded() == write.current()


def test_new_words_of_the_language_raise_its_edition() -> None:
    before = {"policy": {"version": 3, "members": ["a"], "words": ["x"]}}
    more = {"policy": {"version": 3, "members": ["a"], "words": ["x", "y"]}}
    assert write.with_words(more, before)["policy"]["version"] == 4
    assert write.with_words(before, before) == before
    raised = {"policy": {**more["policy"], "version": 4}}
    assert write.with_words(raised, before) == raised


def test_each_stored_item_has_a_form_and_its_version() -> None:
    forms, left = registry.forms(), registry.left()
    assert left.keys() - forms.keys() <= NO_FORM
    assert not NO_FORM & forms.keys()
    assert {name: {entry.form for entry in found} for name, found in left.items()} == {
        name: {forms[name].version if name in forms else None} for name in left
    }


@pytest.mark.parametrize("name", KEEPING)
def test_what_a_later_release_adds_is_written_back(name: str) -> None:
    form, (entry, body) = registry.forms()[name], _later_copy(name)
    written = form.entry(entry.key, _changed(form.read(entry)))
    assert json.loads(written.body) == body
    assert written.form == VERSION


@pytest.mark.parametrize("name", KEEPING)
def test_it_stays_when_this_release_writes_twice(name: str) -> None:
    form, (entry, body) = registry.forms()[name], _later_copy(name)
    once = form.entry(entry.key, form.read(entry))
    assert json.loads(form.entry(entry.key, form.read(once)).body) == body


@pytest.mark.parametrize("name", KEEPING)
def test_all_its_parts_keep_what_they_do_not_know(name: str) -> None:
    lossy = [one.__name__ for one in registry.structs(registry.forms()[name].body) if not registry.keeps_unknown(one)]
    assert lossy == []


@pytest.mark.parametrize("name", KEEPING)
def test_an_item_of_this_release_is_written_as_it_was(name: str) -> None:
    form = registry.forms()[name]
    for entry in registry.left()[name]:
        assert json.loads(form.entry(entry.key, form.read(entry)).body) == json.loads(entry.body)


@pytest.mark.parametrize("text", ["", "{", '"secret"', "[7]", "7"])
@pytest.mark.parametrize("form", [1, VERSION])
@pytest.mark.parametrize("name", KEEPING)
def test_damage_is_named_without_the_content(name: str, form: int, text: str) -> None:
    of = registry.forms()[name]
    with pytest.raises(Damaged) as raised:
        of.read(Entry(key=_DAMAGED, kind=of.kind, body=text, form=form))
    assert str(raised.value) == f"{of.kind} T#shop#C#202611-000001 S"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


COMPRESSED = sorted(name for name, one in registry.forms().items() if one.body is bytes)


@pytest.mark.parametrize(
    "text", ["", "{", "密", "c2VjcmV0", "eJyLBgAAXgBe"], ids=["none", "json", "zh", "base64", "cut"]
)
@pytest.mark.parametrize("name", COMPRESSED)
def test_damage_of_a_compressed_item_is_named(name: str, text: str) -> None:
    of = registry.forms()[name]
    with pytest.raises(Damaged, match=f"^{of.kind} T#shop#C#202611-000001 S$"):
        of.read(Entry(key=_DAMAGED, kind=of.kind, body=text))


def test_all_that_is_compressed_has_a_form_that_reads_it() -> None:
    assert len(COMPRESSED) == 5
    for name in COMPRESSED:
        form = registry.forms()[name]
        assert form.read(form.entry(_DAMAGED, b"[7]")) == b"[7]"
        assert form.read_part(form.entry(_DAMAGED, b"[7]"), list[int]) == [7]
        with pytest.raises(Damaged):
            form.read_part(form.entry(_DAMAGED, b"[7"), list[int])


@pytest.mark.parametrize("name", KEEPING)
def test_a_damaged_item_does_not_stop_a_list(name: str) -> None:
    form, entry = registry.forms()[name], registry.richest(name)
    assert len(list(form.read_each([entry, replace(entry, body="{"), entry]))) == 2


@pytest.mark.parametrize("name", KEEPING)
def test_unknown_words_are_read_as_they_are_and_never_written_back(name: str) -> None:
    form = registry.forms()[name]
    for pointer in registry.places_of_words(name):
        entry = registry.with_word(name, pointer, "levitated", VERSION)
        value = form.read(entry)
        assert "levitated" in repr(value)
        with pytest.raises(LaterRelease, match=pointer):
            form.entry(entry.key, _changed(value))


def test_an_unknown_word_in_an_item_of_this_version_is_damage() -> None:
    with pytest.raises(Damaged):
        registry.forms()["evidence"].read(registry.with_word("evidence", "/state", "levitated", 1))


def test_there_are_enumerations_in_many_forms() -> None:
    assert len([name for name in KEEPING if registry.places_of_words(name)]) >= (6 if is_whole() else 3)


def test_a_table_may_have_any_names() -> None:
    """Names of facts are the policy's: none is taken for a mark."""
    form, entry = registry.forms()["complaint"], registry.richest("complaint")
    body = {**json.loads(entry.body), "facts": {"later": 1, "^": {"fields": {}}, "~": 2}}
    again = form.entry(entry.key, form.read(replace(entry, body=json.dumps(body))))
    assert json.loads(again.body) == body


def test_an_item_of_this_release_is_read_in_one_step_however_large_it_is() -> None:
    form, entry = registry.forms()["complaint"], registry.richest("complaint")
    body = json.loads(entry.body)
    body["tasks"] = {str(n): {"task": "t", "role": "r", "opened": n} for n in range(500)}
    large = replace(entry, body=json.dumps(body))
    assert _steps(form, entry) == _steps(form, large) <= 20


def _steps(form: Form[Any], entry: Entry) -> int:
    """Calls of Python functions while the item is read and written."""
    calls = []
    sys.setprofile(lambda _frame, event, _: calls.append(event) if event == "call" else None)
    try:
        form.entry(entry.key, form.read(entry))
    finally:
        sys.setprofile(None)
    return len(calls)
