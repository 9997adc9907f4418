"""The graph: no line crosses a text, no text another one, whatever the procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from chalicelib.features.studio.drawing.graph import drawn
from chalicelib.features.studio.drawing.layout import Node, WayOut
from chalicelib.features.studio.pages.overview import told
from chalicelib.web.pages.parts.drawn_text import SIZE, text_width
from tests.policies.studio.documents import LANGUAGES, TEXTS, words

LONG = "区市场监督管理局投诉举报中心受理后转交相关业务科室并告知投诉人的环节" * 2
CASES = [(name, language) for name in TEXTS for language in LANGUAGES]


class Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def texts(svg: ElementTree.Element) -> list[Area]:
    return [_of_text(one) for one in svg.iter("text")]


def _of_text(one: ElementTree.Element) -> Area:
    x, y = float(one.attrib["x"]), float(one.attrib["y"])
    return Area(x, y - SIZE * 0.8, x + text_width(one.text or ""), y + SIZE * 0.2)


def lines(svg: ElementTree.Element) -> Iterator[Area]:
    """The straight parts of each line."""
    for path in svg.iter("path"):
        x = y = 0.0
        for kind, values in re.findall(r"([MHVQ])([-\d. ]+)", path.attrib["d"]):
            numbers = [float(one) for one in values.split()]
            before = (x, y)
            x = numbers[0] if kind == "H" else numbers[-2] if kind in "MQ" else x
            y = numbers[0] if kind == "V" else numbers[-1] if kind in "MQ" else y
            if kind in "HV":
                xs, ys = sorted((before[0], x)), sorted((before[1], y))
                yield Area(xs[0], ys[0] - 0.5, xs[1] + 0.5, ys[1] + 0.5)


def assert_clear(svg: ElementTree.Element) -> None:
    found = texts(svg)
    assert found
    assert [(one, line) for one in found for line in lines(svg) if one.meets(line)] == []
    assert [(a, b) for at, a in enumerate(found) for b in found[at + 1 :] if a.meets(b)] == []
    assert [one for one in found if sum(_holds(band, one) for band in bands(svg)) != 1] == [], "cut by a page's end"


def bands(drawing: ElementTree.Element) -> list[Area]:
    views = [one.attrib["viewBox"] for one in drawing.iter("svg") if "viewBox" in one.attrib]
    areas = [[float(one) for one in view.split()] for view in views]
    return [Area(x, y, x + width, y + height) for x, y, width, height in areas]


def _holds(band: Area, one: Area) -> bool:
    return band.left <= one.left and one.right <= band.right and band.top <= one.top and one.bottom <= band.bottom


@pytest.mark.parametrize(("name", "language"), CASES)
def test_no_line_crosses_a_text(name: str, language: str) -> None:
    assert_clear(ElementTree.fromstring(str(told(words(name, language))["graph"])))


def test_long_names_are_written_out_and_crossed_by_nothing() -> None:
    nodes = [
        Node(
            str(at),
            f"{LONG}{at}",
            [LONG, LONG],
            False,
            [WayOut(LONG, str(to), to == at + 1, at % 2 == 0) for to in range(6) if to != at],
        )
        for at in range(6)
    ]
    svg = ElementTree.fromstring(str(drawn(nodes, "x")))
    assert_clear(svg)
    written = "".join(one.text or "" for one in svg.iter("text"))
    assert written.count(LONG) == 6 * (1 + 2 + 5)


def test_the_bands_follow_each_other_without_a_gap() -> None:
    found = bands(ElementTree.fromstring(str(told(words("platform", "zh"))["graph"])))
    assert [one.bottom for one in found[:-1]] == [one.top for one in found[1:]]
    assert len(found) == len(words("platform", "zh").document.stages)


def test_each_way_is_a_line_and_each_stage_a_box() -> None:
    found = told(words("food-drug-administration", "zh"))
    svg = ElementTree.fromstring(str(found["graph"]))
    leads = [way for one in found["stages"] for step in one.steps for way in step.leads]
    classes = [one.attrib.get("class") for one in svg.iter("path")]
    assert classes.count("drawn-way") + classes.count("drawn-usual") == len(leads) + 1  # and that from the filing
    assert len(list(svg.iter("rect"))) == len(found["stages"])


def test_texts_of_a_policy_are_no_markup() -> None:
    made = drawn([Node("a", "<script>", ["&"], True, [])], "<b>")
    assert "<script>" not in made
    assert "&lt;script&gt;" in made


def test_a_procedure_of_one_stage_is_drawn() -> None:
    assert_clear(ElementTree.fromstring(str(drawn([Node("a", "Registered", [], False, [])], "x"))))
