"""The graph of the stages as SVG. Its colours are those of a printed page; classes let a style replace them.

It is drawn once and shown in bands, one for each stage with its ways: a browser that prints cuts a drawing taller than
a page through its texts. A style reaches into a band by a class alone, without what stands
around it. The page has an equal list beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from chalicelib.features.studio.drawing.layout import BOX, INDENT, LEFT, Box, Layout, Node, WayRow, layout
from chalicelib.web.pages.parts.drawn_text import LEADING, SIZE, printable

_INK, _FAINT, _LINE, _ACT, _BAND, _PAPER = "#1a1a1a", "#555555", "#8a9099", "#1d6b4f", "#eef0f1", "#ffffff"
_ROUND, _HEAD = 5, 6


def drawn(nodes: Sequence[Node], caption: str) -> Markup:
    """`caption`: the text alternative."""
    made = layout(nodes)
    ordered = sorted(made.rows, key=lambda row: row.way.usual)
    parts = [
        *(_path(made, row) for row in ordered),
        *(_head(made, box) for box in made.boxes.values() if box.node.key in made.tracks),
        *(part for box in made.boxes.values() for part in _box(box)),
        *(part for row in made.rows for part in _row(row)),
        *_entry(next(iter(made.boxes.values()), None)),
    ]
    whole = f'<svg class="drawn-once" width="0" height="0"><defs><g id="drawing">{"".join(parts)}</g></defs></svg>'
    bands = "".join(_band(made.width, *band) for band in made.bands)
    label = escape(printable(caption))
    return Markup(f'<div class="drawing" role="img" aria-label="{label}">{whole}{bands}</div>')  # noqa: S704 escaped


def _band(width: float, y: float, height: float) -> str:
    """A page of a printout can end below each."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 {y:g} {width:g} {height:g}"'
    return f'<svg {size}><use href="#drawing"/></svg>'


def _entry(first: Box | None) -> Iterator[str]:
    """Where a complaint begins."""
    if first is not None:
        x = LEFT + INDENT
        yield f'<circle class="drawn-dot" cx="{x}" cy="5" r="4" fill="{_INK}"/>'
        yield f'<path class="drawn-way" d="M{x} 9V{first.y:g}" fill="none" stroke="{_LINE}"/>'


def _path(made: Layout, row: WayRow) -> str:
    """From the text to the track, along it, and to the box. The corners show the direction."""
    box, track = made.boxes[row.way.to], made.tracks[row.way.to]
    begin, end = row.line_y, box.middle
    turn = _ROUND if end > begin else -_ROUND
    line = (
        f"M{row.line_x:.4g} {begin:g}H{track - _ROUND:g}Q{track:g} {begin:g} {track:g} {begin + turn:g}"
        f"V{end - turn:g}Q{track:g} {end:g} {track - _ROUND:g} {end:g}H{LEFT + BOX + _HEAD:g}"
    )
    name, color, wide = ("drawn-usual", _ACT, 2) if row.way.usual else ("drawn-way", _LINE, 1)
    dashed = ' stroke-dasharray="4 3"' if row.way.by_time else ""
    return f'<path class="{name}" d="{line}" fill="none" stroke="{color}" stroke-width="{wide}"{dashed}/>'


def _head(made: Layout, box: Box) -> str:
    usual = any(row.way.usual for row in made.rows if row.way.to == box.node.key)
    name, color = ("drawn-usual-head", _ACT) if usual else ("drawn-head", _LINE)
    x, y = LEFT + BOX, box.middle
    return f'<path class="{name}" d="M{x} {y:g}l{_HEAD + 2} -4v8z" fill="{color}"/>'


def _box(box: Box) -> Iterator[str]:
    name, fill = ("drawn-end", _BAND) if box.node.ends else ("drawn-stage", _PAPER)
    at = f'x="{LEFT}" y="{box.y:g}" width="{BOX}" height="{box.height:g}"'
    yield f'<rect class="{name}" {at} rx="3" fill="{fill}" stroke="{_INK}"/>'
    base = box.y + 5 + SIZE
    yield from _texts(box.name, LEFT + 8, base, "ink", 'font-weight="700" ')
    yield from _texts(box.notes, LEFT + 8, base + LEADING * len(box.name), "faint")


def _row(row: WayRow) -> Iterator[str]:
    yield from _texts(row.lines, LEFT + INDENT, row.y, "ink" if row.way.usual else "faint")


def _texts(lines: Sequence[str], x: float, y: float, name: str, more: str = "") -> Iterator[str]:
    color = _INK if name == "ink" else _FAINT
    look = f'class="drawn-{name}" font-family="sans-serif" font-size="{SIZE}" {more}fill="{color}"'
    for at, line in enumerate(lines):
        yield f'<text x="{x:g}" y="{y + at * LEADING:g}" {look}>{escape(line)}</text>'
