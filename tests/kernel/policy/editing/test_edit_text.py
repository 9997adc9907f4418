"""One edit each, as an author would see the text before and after."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

import pytest

from chalicelib.policy.editing.differences import between
from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember, SetValue
from chalicelib.policy.reading import source
from chalicelib.policy.reading.bounds import MAX_BYTES
from chalicelib.policy.reading.faults import PolicyFault

CLOCKS = """\
# of the office
clocks:
    reply: # P1
        limit: 5 working days   # as the law says
        by: [a, b]
        names: {zh: '答复', en: "Reply"}

    # until it ends
    end:
        - x
        # about y
        - when: {channel: oral} # oral
          limit: |
            two
            lines
"""


def changed(text: str, *edits: Edit) -> list[str]:
    """The lines that differ, as `- old` and `+ new`, in the order of the text."""
    after = edit_text(text, edits)
    lines = list(unified_diff(text.split("\n"), after.split("\n"), n=0, lineterm=""))
    return [f"{one[0]} {one[1:]}" for one in lines[2:] if one[0] in "-+"]


EDITS: list[tuple[Edit, list[str]]] = [
    (
        SetValue(("clocks", "reply", "limit"), "24 hours"),
        [
            "-         limit: 5 working days   # as the law says",
            "+         limit: 24 hours   # as the law says",
        ],
    ),
    (SetValue(("clocks", "reply", "by"), "a"), ["-         by: [a, b]", "+         by: a"]),
    (SetValue(("clocks", "reply", "by", 1), "c"), ["-         by: [a, b]", "+         by: [a, c]"]),
    (AddMember(("clocks", "reply", "by", 0), "c: d"), ["-         by: [a, b]", '+         by: [a, b, "c: d"]']),
    (RemoveMember(("clocks", "reply", "by", 1)), ["-         by: [a, b]", "+         by: [a]"]),
    (MoveMember(("clocks", "reply", "by", 1), 0), ["-         by: [a, b]", "+         by: [b, a]"]),
    (
        SetValue(("clocks", "reply", "names", "zh"), "它's 答复"),
        [
            "-         names: {zh: '答复', en: \"Reply\"}",
            "+         names: {zh: '它''s 答复', en: \"Reply\"}",
        ],
    ),
    (
        SetValue(("clocks", "reply", "names", "en"), "Reply"),
        [],
    ),
    (RemoveMember(("clocks", "reply", "limit")), ["-         limit: 5 working days   # as the law says"]),
    (AddMember(("clocks", "reply", "warn"), ["1 day before"]), ["+         warn: [1 day before]"]),
    (AddMember(("clocks", "reply", "warn"), "no", 0), ['+         warn: "no"']),
    (RemoveMember(("clocks", "end", 0)), ["-         - x"]),
    (
        RemoveMember(("clocks", "end", 1, "when")),
        ["-         - when: {channel: oral} # oral", "-           limit: |", "+         - limit: |"],
    ),
    (
        SetValue(("clocks", "end", 1, "limit"), "one"),
        ["-           limit: |", "-             two", "-             lines", "+           limit: one"],
    ),
    (SetValue(("clocks", "end", 1, "limit"), "two\nnew\n"), ["-             lines", "+             new"]),
    (AddMember(("clocks", "end", 0), {"limit": "b"}, 1), ["+         - {limit: b}"]),
    (
        SetValue(("clocks", "reply"), "none"),
        [
            "-     reply: # P1",
            "-         limit: 5 working days   # as the law says",
            "-         by: [a, b]",
            "-         names: {zh: '答复', en: \"Reply\"}",
            "+     reply: none # P1",
        ],
    ),
]


@pytest.mark.parametrize(("edit", "lines"), EDITS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_lines_of_the_value_change(edit: Edit, lines: list[str], newline: str) -> None:
    text = CLOCKS.replace("\n", newline)

    found = changed(text, edit)

    assert [one.removesuffix("\r") for one in found] == lines
    assert all(one.endswith("\r") for one in found) or newline == "\n"


def test_a_move_takes_the_comments_right_above_along_and_leaves_blank_lines_where_they_are() -> None:
    after = edit_text(CLOCKS, [MoveMember(("clocks", "end"), 0), MoveMember(("clocks", "end", 1), 0)])

    assert (
        after
        == """\
# of the office
clocks:
    # until it ends
    end:
        # about y
        - when: {channel: oral} # oral
          limit: |
            two
            lines
        - x

    reply: # P1
        limit: 5 working days   # as the law says
        by: [a, b]
        names: {zh: '答复', en: "Reply"}
"""
    )


def test_the_first_key_on_the_line_of_a_dash_moves_down_and_up() -> None:
    text = "a:\n- b: 1 # one\n  # two\n  c: 2\n- d\n"

    down = edit_text(text, [MoveMember(("a", 0, "b"), 1)])

    assert down == "a:\n- # two\n  c: 2\n  b: 1 # one\n- d\n"
    assert edit_text(text, [RemoveMember(("a", 0, "b"))]) == "a:\n-\n  # two\n  c: 2\n- d\n"
    assert edit_text(text, [AddMember(("a", 0, "z"), 0, 0)]) == "a:\n- z: 0\n  b: 1 # one\n  # two\n  c: 2\n- d\n"


def test_the_last_member_leaves_an_empty_map_to_which_one_can_be_added() -> None:
    text = "a: # all\n  b:\n    c: 1\nd: [x]\n"

    emptied = edit_text(text, [RemoveMember(("a", "b")), RemoveMember(("d", 0))])

    assert emptied == "a: {} # all\nd: []\n"
    assert edit_text(emptied, [AddMember(("a", "e"), 1), AddMember(("d", 0), 2)]) == "a: {e: 1} # all\nd: [2]\n"


def test_values_over_several_lines_of_brackets() -> None:
    text = "a: [\n  b, # of b\n  c,\n]\ne: {f: 1,\n  g: 2}\n"

    assert edit_text(text, [RemoveMember(("a", 0))]) == "a: [\n   # of b\n  c,\n]\ne: {f: 1,\n  g: 2}\n"
    assert edit_text(text, [RemoveMember(("a", 1))]) == "a: [\n  b, # of b\n]\ne: {f: 1,\n  g: 2}\n"
    assert edit_text(text, [AddMember(("a", 0), "d")]) == "a: [\n  b, # of b\n  c, d,\n]\ne: {f: 1,\n  g: 2}\n"
    assert edit_text(text, [MoveMember(("e", "g"), 0)]) == "a: [\n  b, # of b\n  c,\n]\ne: {g: 2,\n  f: 1}\n"
    assert refused(text, MoveMember(("a", 1), 0)).kind == "edit-place"


def test_empty_values_and_texts_without_a_last_line_break() -> None:
    text = "a:\nb: {c, d: }\ne:\n-\n- f"

    after = edit_text(
        text,
        [
            SetValue(("a",), "x"),
            SetValue(("b", "c"), 1),
            SetValue(("b", "d"), 2),
            SetValue(("e", 0), "w"),
            AddMember(("e", 0), "z"),
        ],
    )

    assert after == "a: x\nb: {c: 1, d: 2}\ne:\n- w\n- f\n- z"
    assert edit_text(after, [RemoveMember(("e", 2))]) == "a: x\nb: {c: 1, d: 2}\ne:\n- w\n- f"


HARD = ["no", "Yes", "09:00", "2026-01-01", "1_000", "0x1f", "", " a", "a ", "a: b", "a #b", "- a", "*a", "&a", "!a"]
HARD += ["%a", "@a", "`a", "{a", "[a", "a]", "a, b", "? a", "~", "null", "1", "1.5", "12e3", "=", "<<", "---", "'", '"']
HARD += ["\\", "\x07", "\x85", "\u2028", "a\r\nb", "😀", "投诉：{number}", "#", "|", ">", "a:", ":a", "\ufeff", "a\n\n"]
HARD += [" \n x"]


@pytest.mark.parametrize("value", HARD)
def test_a_text_that_needs_quotes_gets_them(value: str) -> None:
    text = "a: x # c\nb: [x, {c: x}]\nd:\n- x\n"

    after = edit_text(
        text,
        [SetValue(("a",), value), SetValue(("b", 0), value), SetValue(("b", 1, "c"), value), SetValue(("d", 0), value)],
    )

    assert source.read(after) == {"a": value, "b": [value, {"c": value}], "d": [value]}
    assert "# c" in after.split("\nb:")[0]


def refused(text: str, *edits: Edit) -> Any:
    with pytest.raises(PolicyFault) as caught:
        edit_text(text, edits)
    return caught.value.faults[0]


ANCHORS = """\
a: &shared
  b: 1
c: *shared
d: {<<: *shared, e: 2}
f:
  ? g
  : 3
h: 4
"""


@pytest.mark.parametrize(
    ("edit", "kind", "line"),
    [
        (SetValue(("a", "b"), 2), "edit-alias", 1),
        (SetValue(("a",), 2), "edit-alias", 1),
        (SetValue(("c", "b"), 2), "edit-alias", 3),
        (RemoveMember(("c",)), "edit-alias", 3),
        (SetValue(("d", "b"), 2), "edit-alias", 4),
        (SetValue(("f", "g"), 2), "edit-place", 6),
        (SetValue(("h", "i"), 2), "edit-nothing", None),
        (AddMember(("h", "i"), 2), "edit-nothing", None),
        (AddMember(("h",), 2), "edit-twice", None),
        (MoveMember(("h",), 9), "edit-nothing", None),
        (SetValue((), {}), "edit-nothing", 1),
    ],
)
def test_what_cannot_be_changed_is_refused_with_its_place(edit: Edit, kind: str, line: int | None) -> None:
    fault = refused(ANCHORS, edit)

    assert (fault.kind, fault.line) == (kind, line)
    assert fault.path == edit.path[: len(fault.path)]
    assert "{" not in fault.text("zh") + fault.text("en") + fault.text("mend_zh") + fault.text("mend_en")


def test_a_text_with_anchors_can_be_changed_elsewhere() -> None:
    assert edit_text(ANCHORS, [SetValue(("h",), 5), MoveMember(("h",), 0)]).startswith("h: 5\na: &shared\n")


def test_a_move_that_puts_an_alias_before_its_anchor_is_refused() -> None:
    assert refused("a: 1\nb: [&x 2]\nc: {d: *x}\n", MoveMember(("c",), 0)).kind == "edit-elsewhere"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: 1\nb: {\n\tc: 2}\n", "edit-tab"),
        ("a:\n\tb: 1\n", "yaml-tab"),
        ("a: 1\na: 2\n", "key-twice"),
        ("- a\n", "no-map"),
        ("", "no-map"),
        ("a: " + "x" * MAX_BYTES, "too-large"),
    ],
)
def test_a_text_that_is_no_document_is_refused(text: str, kind: str) -> None:
    assert refused(text, SetValue(("a",), 2)).kind == kind


def test_an_edit_that_makes_the_text_too_large_is_refused() -> None:
    assert refused("a: 1\n", SetValue(("a",), "x" * MAX_BYTES)).kind == "too-large"


def test_the_differences_of_two_values_change_the_fewest_lines() -> None:
    document = source.read(CLOCKS)["clocks"]
    after = {
        "reply": {**document["reply"], "limit": "1 day", "warn": "1 hour before"},
        "end": ["w", document["end"][1], "z"],
    }

    assert changed(CLOCKS, *between(document, after, ("clocks",))) == [
        "-         limit: 5 working days   # as the law says",
        "+         limit: 1 day   # as the law says",
        "+         warn: 1 hour before",
        "-         - x",
        "+         - w",
        "+         - z",
    ]
