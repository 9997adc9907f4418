"""Each field of each item of each document of the repository, changed as its form does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.studio.forms import filling, kinds, rows, sentences
from chalicelib.features.studio.forms.filling import SHOWN
from chalicelib.features.studio.forms.kinds import InputKind
from chalicelib.features.studio.forms.limit_kinds import LIMIT, RULES
from chalicelib.features.studio.forms.rows import ItemField, ItemRow
from chalicelib.features.studio.forms.written import value_at
from chalicelib.policy.editing import differences
from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.editing.edits import same
from chalicelib.policy.editing.places import follow
from chalicelib.policy.reading import source
from chalicelib.web.pages.reader import Reader
from tests.helpers import searches
from tests.helpers.written_policies import DOCUMENTS, around, comments, is_reached, lines, lost, root_of, text_of

EACH = int(os.environ.get("EACH_PLACE", "10" if searches.TIMES > 1 else "80"))
"""By day one of eighty fields of a document is changed, at night one of ten."""
NEW: dict[InputKind, dict[str, list[str]]] = {
    kinds.TEXT: {"": ["New: 新"]},
    kinds.NUMBER: {"": ["42"]},
    kinds.CHOICE: {"": ["other"]},
    kinds.MISSED: {"": ["act other"]},
    kinds.SWITCH: {"": ["other"]},
    kinds.LABEL: {"zh": ["新名称"], "en": ["New: name"]},
    kinds.OWN_LABEL: {"zh": ["新名称"], "en": ["New, name"]},
    kinds.OWN_TEXTS: {"zh": ["第一行\r\n第二行 {number}"], "en": ["First line\r\nsecond line"]},
    kinds.LINES: {"": ["1 working day before\r\n50 %"]},
    kinds.TIMES: {"": ["mon-thu: 08:00-12:00, 13:00-17:00\r\nfri：08:00-12:00"]},
    LIMIT: {"number": ["9"], "unit": ["working day"]},
    RULES: {"new.when": ['{"channel":"added"}'], "new.number": ["9"], "new.unit": ["calendar day"]},
}
READERS = [Reader(language, chosen=True) for language in ("zh", "en")]


def items(path: Path) -> Iterator[tuple[ItemRow, tuple[Any, ...], Any]]:
    document = source.read(text_of(path))
    for row in rows.rows():
        for one in rows.in_document(document, row):
            for where, item in rows.members(document, one):
                if is_reached(root_of(path), where):
                    yield one, where, item


def as_form(field: ItemField, typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """The names of the inputs, as a browser sends them."""
    named = {f"{field.key}.{rest}" if rest else field.key: values for rest, values in typed.items()}
    return {**named, SHOWN: [field.key]}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_form_that_is_sent_as_it_is_changes_nothing(path: Path) -> None:
    found = list(items(path))

    assert found
    for row, where, item in found:
        given: dict[str, list[str]] = {SHOWN: [field.key for field in row.fields]}
        for field in row.fields:
            given |= {**as_form(field, filling.inputs(field, item)), SHOWN: given[SHOWN]}
        assert same(filling.filled(row, item, given), item), where


def test_every_row_is_in_some_document() -> None:
    found = {row.name for path in DOCUMENTS for row, _, _ in items(path)}

    assert found == {row.name for row in rows.rows()} - {"figures"}  # `test_figures`


def changes(path: Path) -> list[tuple[ItemRow, tuple[Any, ...], Any, ItemField]]:
    found = [(row, where, item, field) for row, where, item in items(path) for field in row.fields]
    return found[len(path.stem) % EACH % len(found) :: EACH]


@pytest.mark.slow
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_change_of_a_field_keeps_all_other_lines_and_is_said(path: Path) -> None:
    text, root = text_of(path), root_of(path)
    document = source.read(text)
    for row, where, item, field in changes(path):
        old = filling.inputs(field, item)
        new = typed(field, old)
        changed = filling.filled(row, item, as_form(field, new))
        edits = list(differences.between(item, changed, where))

        if not all(is_reached(root, edit.path[:-1]) for edit in edits):
            continue  # through an alias: the page says to change it in the text
        after = edit_text(text, edits)

        assert same(value_at(source.read(after), where), changed)
        start, end = around(text, after)
        spot_first, spot_last = span(path, where)
        assert start >= spot_first, (where, field.key)
        assert end >= len(lines(text)) - 2 - spot_last, (where, field.key)
        assert len(lost(text, after)) <= max(2, spot_last - spot_first + 1), (where, field.key)
        assert comments(text) - comments(after) == {}, (where, field.key)
        for reader in READERS:
            said = sentences.between(document, source.read(after), reader)
            assert len(said) == 1, (where, field.key, said)
            assert "→" in said[0], said
            assert "studio." not in said[0], said


def typed(field: ItemField, old: dict[str, list[str]]) -> dict[str, list[str]]:
    """What an author types: lines are added to those that there are."""
    if field.kind == kinds.FLAG:
        return {"": [] if old[""] else ["yes"]}
    if field.kind == kinds.NAMES:
        return {"": [*old[""], "new"]}
    if field.kind in (kinds.LINES, kinds.TIMES):
        return {"": ["\r\n".join([*old[""], *NEW[field.kind][""]])]}
    return {**old, **NEW[field.kind]}


def span(path: Path, where: tuple[Any, ...]) -> tuple[int, int]:
    text, spot = text_of(path), follow(root_of(path), where)[-1]
    return text.count("\n", 0, spot.start), text.count("\n", 0, spot.end)
