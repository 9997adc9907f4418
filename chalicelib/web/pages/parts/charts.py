"""Charts as SVG elements of a page: without styles, scripts or references to anything. Labels are never cut.

Pages with charts share this module. Each chart stands beside the table of its figures. Its colours are those of a
printed document; a style sheet can replace them, as each element has a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from chalicelib.web.pages.parts.drawn_text import LEADING, SIZE, printable, wrapped

MOST_BARS = 20
"""Bars of one chart. Its table has all rows."""
COLOR, _WORSE = "#1d6b4f", "#b3151b"
_INK, _FAINT, _LINE, _WHITE = "#1a1a1a", "#555555", "#cfd4d1", "#ffffff"
_WIDTH = 640
_LEFT, _TOP, _PLOT = 44, 18, 150
"""Of a chart of columns: the room for the scale, for the value of the highest column, and for the columns."""
_WIDEST = 52
_BAR = 14
"""The height of a horizontal bar."""


class Bar(NamedTuple):
    """`is_partial`: of a step of time of which the chart has only some days. `text`: above it; by default the value.
    `worse`: what of a column's value is drawn as what should not be."""

    label: str
    value: float
    is_partial: bool = False
    text: str | None = None
    worse: float = 0


def columns(bars: Sequence[Bar], caption: str, end: int | None = None, most: int = MOST_BARS) -> Markup:
    """A column for each step of time, the latest ones. `caption`: the text alternative. `end`: of the scale; by default
    what the highest column needs. `most`: columns."""
    shown = bars[-most:]
    top, each = end or scale_end(shown), (_WIDTH - _LEFT) / max(len(shown), 1)
    labels = [wrapped(bar.label, each - 4) for bar in shown]
    base = _TOP + _PLOT
    parts = [*_scale(top, base)]
    for at, (bar, lines) in enumerate(zip(shown, labels, strict=True)):
        middle = _LEFT + each * (at + 0.5)
        parts += [*_column(bar, middle, min(each * 0.7, _WIDEST), top), *_texts(lines, middle, base + LEADING)]
    height = base + LEADING * max((len(lines) for lines in labels), default=1) + 8
    return _element(parts, height, caption)


def greatest(bars: Sequence[Bar], caption: str) -> Markup:
    """A horizontal bar for each of the greatest values, the greatest first. Each has its label above it."""
    shown = sorted(bars, key=lambda bar: (-bar.value, bar.label))[:MOST_BARS]
    top, height, parts = scale_end(shown), 4, list[str]()
    for bar in shown:
        lines = wrapped(bar.label, _WIDTH)
        parts += _texts(lines, 0, height + SIZE, anchor="start")
        height += LEADING * len(lines) + 2
        width = (_WIDTH - 60) * bar.value / top
        parts.append(_rect(0, height, width, _BAR, bar.is_partial))
        parts += _texts([_text(bar)], width + 5, height + SIZE - 1, anchor="start")
        height += _BAR + 8
    return _element(parts, height, caption)


def in_row(share: float) -> Markup:
    """A bar for a row of a table, from 0 to 1 of its width. The row has the number, so the bar has no text."""
    width = f"{100 * max(0.0, min(share, 1.0)):.3g}"
    shape = f'<rect class="bar" width="{width}" height="8" fill="{COLOR}"/>'
    look = 'class="in-row" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"'
    return Markup(f"<svg {look}>{shape}</svg>")  # noqa: S704 numbers only


def scale_end(bars: Sequence[Bar]) -> int:
    """The end of the scale: a multiple of four, so that its marks are whole numbers."""
    return max(4, -int(-max((bar.value for bar in bars), default=0) // 4) * 4)


def _scale(top: int, base: int) -> Iterator[str]:
    for part in range(5):
        y = base - _PLOT * part / 4
        look = f'class="{"line" if part else "base"}" stroke="{_LINE if part else _FAINT}"'
        yield f'<line {look} x1="{_LEFT}" x2="{_WIDTH}" y1="{y:g}" y2="{y:g}"/>'
        yield from _texts([str(top * part // 4)], _LEFT - 6, y + 4, anchor="end", color=_FAINT)


def _column(bar: Bar, middle: float, width: float, top: int) -> Iterator[str]:
    base, left = _TOP + _PLOT, middle - width / 2
    tall, worse = _PLOT * bar.value / top, _PLOT * bar.worse / top
    yield _rect(left, base - tall, width, tall - worse, bar.is_partial)
    if worse:
        yield _rect(left, base - worse, width, worse, bar.is_partial, _WORSE)
    yield from _texts([_text(bar)], middle, base - tall - 5)


def _text(bar: Bar) -> str:
    return f"{bar.value:g}" if bar.text is None else bar.text


def _rect(x: float, y: float, width: float, height: float, partial: bool, color: str = COLOR) -> str:
    """A partial step has a broken edge and no filling, so that it differs without colour too."""
    name = f'class="{"bar" if color == COLOR else "worse"}{" partial" if partial else ""}"'
    look = f'{name} fill="{_WHITE}" stroke="{color}" stroke-dasharray="3 2"' if partial else f'{name} fill="{color}"'
    return f'<rect x="{x:.4g}" y="{y:.4g}" width="{width:.4g}" height="{height:.4g}" {look}/>'


def _texts(lines: Sequence[str], x: float, y: float, anchor: str = "middle", color: str = _INK) -> Iterator[str]:
    name = "ink" if color == _INK else "faint"
    look = f'class="{name}" font-family="sans-serif" font-size="{SIZE}" text-anchor="{anchor}" fill="{color}"'
    for at, line in enumerate(lines):
        yield f'<text x="{x:.4g}" y="{y + at * LEADING:.4g}" {look}>{escape(line)}</text>'


def _element(parts: Sequence[str], height: float, caption: str) -> Markup:
    """An image with a text alternative, in any width."""
    title = escape(printable(caption))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" role="img">'
    return Markup(f"{head}<title>{title}</title>{''.join(parts)}</svg>")  # noqa: S704 each text is escaped above
