"""The layout of the graph: a row for each stage and, below it, one for each way out of it.

The ways to one stage share a track at the right: a line runs from the end of its row to the track, along it, and into
the stage. Texts stand left of all tracks, and each row has a height of its own. So no line crosses a text, whatever
the procedure, and the drawing is as narrow as a sheet of paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chalicelib.web.pages.parts.drawn_text import LEADING, SIZE, text_width, wrapped

LEFT, BOX, INDENT = 2, 236, 14
"""The left edge of boxes, their width, and how far the texts of ways stand to the right of it."""
_PAD, _BELOW, _BETWEEN = 6, 5, 14
"""Around the text of a box; below a box and the texts of a way; between stages."""
_ROOM = 250
"""For the text of a way."""
_FROM_TEXT, _TRACK = 6, 13
_TOP = 18


class WayOut(NamedTuple):
    """`to`: the stage. `usual`: most cases take it. `by_time`: no person does it."""

    text: str
    to: str
    usual: bool
    by_time: bool


class Node(NamedTuple):
    """A stage. `notes`: further lines in its box."""

    key: str
    name: str
    notes: list[str]
    ends: bool
    ways: list[WayOut]


class Box(NamedTuple):
    node: Node
    y: float
    height: float
    name: list[str]
    notes: list[str]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


class WayRow(NamedTuple):
    """`y`: the base of its first line."""

    way: WayOut
    y: float
    lines: list[str]

    @property
    def line_y(self) -> float:
        return self.y - SIZE / 3

    @property
    def line_x(self) -> float:
        """Where its line begins."""
        return LEFT + INDENT + text_width(self.lines[0]) + _FROM_TEXT


class Layout(NamedTuple):
    """`tracks`: by stage, the x of the track that leads to it. `bands`: of each stage, the top and the height."""

    boxes: dict[str, Box]
    rows: list[WayRow]
    tracks: dict[str, float]
    width: float
    bands: list[tuple[float, float]]


def layout(nodes: Sequence[Node]) -> Layout:
    boxes: dict[str, Box] = {}
    rows: list[WayRow] = []
    y = float(_TOP)
    tops = [0.0]
    for node in nodes:
        box = _box(node, y)
        boxes[node.key] = box
        y += box.height + _BELOW
        for way in node.ways:
            row = WayRow(way, y + SIZE, wrapped(way.text, _ROOM))
            rows.append(row)
            y += LEADING * len(row.lines) + _BELOW
        y += _BETWEEN
        tops.append(y - _BETWEEN / 2)
    first = max([LEFT + BOX, *(_end(row) for row in rows)]) + _TRACK
    columns = _columns(boxes, rows)
    tracks = {name: first + _TRACK * column for name, column in columns.items()}
    bands = [(top, below - top) for top, below in pairwise(tops)]
    return Layout(boxes, rows, tracks, first + _TRACK * max(columns.values(), default=0) + LEFT, bands)


def _end(row: WayRow) -> float:
    return LEFT + INDENT + max(map(text_width, row.lines)) + _FROM_TEXT


def _box(node: Node, y: float) -> Box:
    name = wrapped(node.name, BOX - 2 * _PAD - SIZE)  # bold is wider
    notes = [line for note in node.notes for line in wrapped(note, BOX - 2 * _PAD)]
    return Box(node, y, LEADING * (len(name) + len(notes)) + 2 * _PAD, name, notes)


def _columns(boxes: dict[str, Box], rows: Sequence[WayRow]) -> dict[str, int]:
    """Of each stage to which a way leads. Short tracks lie inside; two share a column only without meeting."""
    spans = {name: span for name, box in boxes.items() if (span := _span(box, rows)) is not None}
    taken: list[list[tuple[float, float]]] = []
    found: dict[str, int] = {}
    for name in sorted(spans, key=lambda one: spans[one][1] - spans[one][0]):
        column = next((at for at, used in enumerate(taken) if not any(_meet(spans[name], one) for one in used)), None)
        if column is None:
            column = len(taken)
            taken.append([])
        taken[column].append(spans[name])
        found[name] = column
    return found


def _span(box: Box, rows: Sequence[WayRow]) -> tuple[float, float] | None:
    ends = list(_ends(box, rows))
    return (min(ends), max(ends)) if len(ends) > 1 else None


def _ends(box: Box, rows: Sequence[WayRow]) -> Iterator[float]:
    yield box.middle
    yield from (row.line_y for row in rows if row.way.to == box.node.key)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + LEADING and other[0] < one[1] + LEADING
