"""Charts as SVG elements of a page, drawn by `leather`: without styles, scripts or references to anything."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

import leather
from leather import theme
from markupsafe import Markup

MOST_BARS = 20
"""Bars of one chart. Its table has all rows."""
_WIDTH, _COLUMNS_HEIGHT = 640, 220
_BAR_HEIGHT, _FRAME_HEIGHT = 22, 74
_LABEL = 14
"""Characters of a label; the table has it in full."""
_COLOR = "steelblue"
_PLACES = frozenset({"x", "y", "x1", "x2", "y1", "y2", "width", "height"})
_SVG = "{http://www.w3.org/2000/svg}"

theme.background_color = "white"
theme.margin = 0.02
theme.tick_font_family = "sans-serif"
theme.tick_font_size = 12
theme.tick_font_char_width = 12
theme.tick_color = "lightgray"
theme.zero_color = "gray"
theme.label_color = "black"


class Bar(NamedTuple):
    label: str
    value: int


def columns(bars: Sequence[Bar], caption: str) -> Markup:
    """A column for each step of time. `caption`: the text alternative."""
    chart = leather.Chart()
    chart.add_columns([(_short(bar.label), bar.value) for bar in bars[-MOST_BARS:]], fill_color=_COLOR)
    chart.set_y_scale(_scale(_top(bars)))
    chart.add_y_axis(ticks=_ticks(_top(bars)))
    return _element(chart, _COLUMNS_HEIGHT, caption)


def greatest(bars: Sequence[Bar], caption: str) -> Markup:
    """A horizontal bar for each of the greatest values, the greatest first."""
    shown = sorted(bars, key=lambda bar: (-bar.value, bar.label))[:MOST_BARS]
    chart = leather.Chart()
    chart.add_bars([(bar.value, label) for bar, label in _distinct(shown)], fill_color=_COLOR)
    chart.set_x_scale(_scale(_top(shown)))
    chart.add_x_axis(ticks=_ticks(_top(shown)))
    return _element(chart, _FRAME_HEIGHT + _BAR_HEIGHT * len(shown), caption)


def _top(bars: Sequence[Bar]) -> int:
    """The end of the scale: a multiple of four, so that its ticks are whole numbers."""
    return max(4, -(-max((bar.value for bar in bars), default=0) // 4) * 4)


@lru_cache(maxsize=100)
def _scale(top: int) -> leather.Linear:
    """From zero. To make one takes as long as to draw the rest of a chart, and the charts of a page have few."""
    return leather.Linear(0, top)


def _ticks(top: int) -> list[int]:
    return [top * part // 4 for part in range(5)]


def _distinct(bars: Sequence[Bar]) -> list[tuple[Bar, str]]:
    """Each with a label that no other one has: the library draws one bar for each label."""
    found: list[tuple[Bar, str]] = []
    for bar in bars:
        label, known = _short(bar.label), {one for _, one in found}
        found.append((bar, label if label not in known else f"{label} {len(found) + 1}"))
    return found


def _short(label: str) -> str:
    text = "".join(sign for sign in label if sign.isprintable()) or "—"
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _element(chart: leather.Chart, height: int, caption: str) -> Markup:
    """The chart as an element that is an image with a text alternative, in any width."""
    ElementTree.register_namespace("", _SVG.strip("{}"))
    root = ElementTree.fromstring(chart.to_svg(width=_WIDTH, height=height))  # noqa: S314 the library's own output
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    for element in root.iter():
        for name in _PLACES & element.attrib.keys():
            element.set(name, f"{float(element.get(name, '0')):g}")  # the library writes thirty digits
    root.set("viewBox", f"0 0 {_WIDTH} {height}")
    root.set("role", "img")
    title = ElementTree.Element(f"{_SVG}title")
    title.text = caption
    root.insert(0, title)
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # noqa: S704 serialized, so every text is escaped
