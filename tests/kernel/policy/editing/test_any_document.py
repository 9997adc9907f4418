"""Documents and edits of any shape: the text reads as the edit on values, and lines elsewhere stay."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.editing.differences import between
from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember, SetValue, edited, same
from chalicelib.policy.reading import source
from tests.helpers.searches import searching
from tests.helpers.written_policies import lost, paths

TEXTS = st.one_of(
    st.sampled_from(
        ["3 working days", "a: b", "no", "09:00", "投诉", "x # y", "", "one\ntwo", "it's", "-", "[", "a\n"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
SCALARS = st.one_of(TEXTS, st.integers(-999, 999), st.booleans(), st.none())
KEYS = st.sampled_from(["a", "b", "key", "答复", "complainant.name", "x y", "no", "3"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=2, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "indent": st.sampled_from([2, 4]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "width": st.sampled_from([20, 400]),
        "allow_unicode": st.booleans(),
    }
)


class Quoting(yaml.SafeDumper):
    """Quotes what this service reads otherwise than YAML 1.1, and writes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@st.composite
def written(draw: Any) -> str:
    """A text, with a comment at the end of some lines that are no part of a value over several lines."""
    text = yaml.dump(draw(DOCUMENTS), Dumper=Quoting, sort_keys=False, **draw(STYLES))
    lines = text.split("\n")
    if all(line.rstrip("\r").endswith((":", "]", "}", "", "a")) for line in lines) and "|" not in text:
        lines = [f"{line} # {number}" if line.endswith(":") else line for number, line in enumerate(lines)]
    return "\n".join(lines)


@st.composite
def edits(draw: Any, document: Any) -> Edit:
    path, value = draw(st.sampled_from(list(paths(document))))
    kind = draw(st.sampled_from(["set", "add", "remove", "move"]))
    if kind == "add" and isinstance(value, dict | list):
        step = 0 if isinstance(value, list) else draw(KEYS.filter(lambda key: key not in map(str, value)))
        return AddMember((*path, step), draw(VALUES), draw(st.none() | st.integers(0, len(value))))
    if kind == "remove" and len(path) > 1:
        return RemoveMember(path)
    if kind == "move":
        holder = document
        for step in path[:-1]:
            holder = holder[step]
        return MoveMember(path, draw(st.integers(0, len(holder) - 1)))
    return SetValue(path, draw(VALUES))


@pytest.mark.slow
@searching(3000)
@given(st.data(), written())
def test_any_edit_of_any_document(data: Any, text: str) -> None:
    document = source.read(text)
    edit = data.draw(edits(document))

    after = edit_text(text, [edit])

    assert same(source.read(after), edited(document, edit))
    if isinstance(edit, AddMember) and not same(document, source.read(after)):
        assert len(lost(text, after)) <= 1
    assert ("\r\n" in text) == ("\r\n" in after) or after.count("\n") <= 1


@pytest.mark.slow
@searching(2000)
@given(st.data(), written())
def test_any_document_becomes_any_other(data: Any, text: str) -> None:
    document = source.read(text)
    path, value = data.draw(st.sampled_from([((), document), *paths(document)]))
    other = data.draw(DOCUMENTS if not path else VALUES)

    after = edit_text(text, between(value, other, path))

    found = source.read(after)
    for step in path:
        found = found[step]
    assert same(found, other)
