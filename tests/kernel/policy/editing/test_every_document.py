"""Each kind of edit at the places of each document of the repository: all other lines stay as they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from chalicelib.policy.editing.edits import AddMember, MoveMember, RemoveMember, SetValue
from chalicelib.policy.editing.places import anchors, follow
from tests.helpers.searches import TIMES
from tests.helpers.written_policies import (
    DOCUMENTS,
    around,
    check,
    comments,
    editable,
    gained,
    lines,
    lost,
    root_of,
    text_of,
)

EACH = int(os.environ.get("EACH_PLACE", "20" if TIMES > 1 else "500"))
"""By day one of five hundred places of a document is tried, at night one of twenty."""
NEW_TEXTS = ("3 working days", "投诉人：请于 3 日内答复。", "a: b # c", "no", "2026-01-01", "two\nlines", "'\"", "")
NEW_VALUES = ({"zh": "新", "en": "New: one"}, ["a", "no"], 7, True)


def chosen(path: Path, kind: type | tuple[type, ...]) -> list[tuple[tuple[Any, ...], Any]]:
    found = [(where, value) for where, value in editable(path) if isinstance(value, kind)]
    return found[len(path.name) % EACH % max(len(found), 1) :: EACH]


def span(path: Path, where: tuple[Any, ...]) -> tuple[int, int]:
    """The first and the last line of a value, from 0."""
    text = text_of(path)
    spot = follow(root_of(path), where)[-1]
    return text.count("\n", 0, spot.start), text.count("\n", 0, spot.end)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_new_text_changes_the_lines_of_the_old_one_only(path: Path) -> None:
    text = text_of(path)
    for number, (where, value) in enumerate(chosen(path, (str, int, bool))):
        for new in (NEW_TEXTS[number % len(NEW_TEXTS)], NEW_VALUES[number % len(NEW_VALUES)]):
            if new == value:
                continue
            after = check(text, SetValue(where, new))
            first, last = span(path, where)
            before, behind = around(text, after)
            assert before >= first, (where, new)
            assert behind >= len(lines(text)) - 1 - last, (where, new)
            assert comments(text) - comments(after) == {}, (where, new)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_an_addition_keeps_every_line(path: Path) -> None:
    text = text_of(path)
    for number, (where, value) in enumerate(chosen(path, (dict, list))):
        at = (None, 0, len(value) // 2)[number % 3]
        new = (*NEW_TEXTS, *NEW_VALUES)[number % (len(NEW_TEXTS) + len(NEW_VALUES))]
        step: Any = 0 if isinstance(value, list) else "added.here"
        after = check(text, AddMember((*where, step), new, at))
        changed = lost(text, after)
        assert len(changed) <= 1, (where, at, new)
        assert not changed or set("[{-").intersection(changed[0]), (where, at, new)
        assert comments(text) - comments(after) == {}, (where, at, new)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_removal_keeps_the_lines_of_all_others(path: Path) -> None:
    text = text_of(path)
    for where, _ in chosen(path, (dict, list, str, int, bool)):
        if len(where) < 2 or anchors(follow(root_of(path), where)[-1]) is not None:
            continue
        after = check(text, RemoveMember(where))
        first, last = span(path, where)
        before, behind = around(text, after)
        assert before >= first - 2, where  # with the key of a block, and with that of which it was the only member
        assert len(lost(text, after)) <= last - first + 3, where
        assert behind >= len(lines(text)) - last - 3, where
        assert len(gained(text, after)) <= 1, where


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_move_keeps_every_line_of_a_block(path: Path) -> None:
    text = text_of(path)
    for where, value in chosen(path, (dict, list)):
        if len(value) < 2:
            continue
        members = list(value) if isinstance(value, dict) else list(range(len(value)))
        ways = [(*where, one) for one in members]
        reached = [
            way[-1]
            for way in ways
            if (way, value[way[-1]]) in editable(path) and anchors(follow(root_of(path), way)[-1]) is None
        ]  # an alias must stay behind its anchor
        for one in reached[:2]:
            after = check(text, MoveMember((*where, one), len(members) - 1))
            spot = follow(root_of(path), where)[-1]
            in_one_line = not spot.block or text[: spot.start].rsplit("\n", 1)[-1].strip()
            assert len(lost(text, after)) <= (2 if in_one_line else 0), (where, one)
            assert comments(text) == comments(after) or in_one_line, (where, one)
