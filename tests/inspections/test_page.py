"""The page of an inspection: charts with their tables, in both languages, without anything that could run or load."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.features.inspections.document import InspectionDocument
from chalicelib.features.inspections.drawing.page import html_page
from chalicelib.web.pages.parts import charts
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty
from tests.inspections.inspecting import document, figures, page, produced

HOSTILE = "<script>alert(1)</script>&\"'"
SVG_NAME = "{http://www.w3.org/2000/svg}"
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.fixture(scope="module")
def estate() -> Organisation:
    """Two units, one with a hostile name, and a complaint about each."""
    found = sign_up(InProcess("2026-11-23T09:00:00+08:00"), "property-management")
    for unit, name in (("north", HOSTILE), ("south", "南区")):
        body = {"id": unit, "name": name}
        assert found.world.call("POST", f"{found.path}/units", body, auth=found.auth("owner")).status == 201
        found.file(unit=unit)
    hire(found, next(iter(found.get("/policy", "owner")["policy"]["people"])), name="northern", unit="north")
    found.world.move_to("2026-12-02T09:00:00+08:00")
    return found


@pytest.fixture(scope="module")
def row(estate: Organisation) -> dict[str, Any]:
    produced(estate, "2026-11")
    return produced(estate, "2026-11")


@pytest.fixture(scope="module", params=["zh", "en"])
def shown(estate: Organisation, row: dict[str, Any], request: pytest.FixtureRequest) -> Answer:
    return page(estate, row["id"], request.param)


def test_it_is_in_the_readers_language(estate: Organisation, row: dict[str, Any]) -> None:
    zh, en = (page(estate, row["id"], language) for language in ("zh", "en"))
    assert (zh.headers["Content-Language"], en.headers["Content-Language"]) == ("zh", "en")
    assert '<html lang="zh">' in zh.text
    assert "<h2>本单位应尽的期限</h2>" in zh.text
    assert '<html lang="en">' in en.text
    assert "<h2>Deadlines, the office&#39;s duties first</h2>" in en.text


def test_no_english_word_is_left_on_the_chinese_page(estate: Organisation, row: dict[str, Any]) -> None:
    text = page(estate, row["id"], "zh").text
    visible = re.sub(r"<style>.*?</style>|<[^>]+>|&[#\w]+;", " ", text, flags=re.DOTALL)
    authors = {"Clopper", "Pearson", "Przyborowski", "Wilenski"}
    known = {*authors, "Asia", "Shanghai", "script", "alert", *re.findall(r"[a-z_]{4,}", " ".join(keys(estate, row)))}
    words = re.findall(r"(?<![0-9A-Za-z])[A-Za-z_]{4,}(?![0-9A-Za-z])", visible)  # no beginning of a hash
    assert set(words) <= known


def test_each_measure_is_defined_in_the_readers_language(estate: Organisation, row: dict[str, Any]) -> None:
    stated = document(estate, row["id"])["measures"]
    zh, en = (page(estate, row["id"], language).text for language in ("zh", "en"))
    assert [name for name, one in stated.items() if one["definition_zh"] not in zh] == []
    assert [name for name, one in stated.items() if one["definition"] not in html.unescape(en)] == []
    assert len(stated) > 30


def keys(estate: Organisation, row: dict[str, Any]) -> list[str]:
    """Names that the policy does not explain, such as flags, and hexadecimal digests."""
    found = document(estate, row["id"])
    rows = [one for report in found["reports"] for table in report["tables"] for one in table["rows"]]
    return [one["key"] for one in rows if one["label"]["zh"] == one["key"]]


def test_each_chart_has_its_table_and_each_figure_its_cell(
    estate: Organisation, row: dict[str, Any], shown: Answer
) -> None:
    found = document(estate, row["id"])
    charted = [one for report in found["reports"] for one in report["tables"] if one["chart"]]
    figures = re.findall(r"<figure>(.*?)</figure>", shown.text, re.DOTALL)
    assert len([one for one in figures if "<svg" in one]) == len(charted) > 5
    assert all(one.count("<table>") == 1 for one in nonempty(figures))


def test_a_table_shows_the_documents_figures(estate: Organisation, row: dict[str, Any], shown: Answer) -> None:
    text = re.sub(r"<svg.*?</svg>", "", shown.text, flags=re.DOTALL)
    label = {"zh": "投诉渠道", "en": "channel"}[shown.headers["Content-Language"]]
    table = text.partition(f'<th scope="col">{label}</th>')[2].partition("</table>")[0]
    assert "<td>2</td>" in table


@pytest.mark.parametrize(
    ("language", "stated"),
    [
        ("zh", r"应完成 (?P<of>\d+) 项，按时完成 (?P<part>\d+) 项"),
        ("en", r"(?P<part>\d+) of (?P<of>\d+) that were due"),
    ],
)
def test_the_share_of_the_offices_promises_stands_at_the_top(office: Organisation, language: str, stated: str) -> None:
    row = produced(office, "2026-11")
    table = figures(document(office, row["id"]), "deadlines", "duty")
    promised = table["office"]["met_as_first_promised"]
    top = page(office, row["id"], language).text.partition("<section>")[0]
    shown = re.search(stated, top)
    assert shown is not None
    assert [int(shown[one]) for one in ("part", "of")] == [promised["numerator"], promised["denominator"]]


def test_a_document_from_before_the_headline_has_a_page(office: Organisation) -> None:
    row = produced(office, "2026-11")
    later = {"day_minutes", "before", "year_before", "headline", "changes", "worst", "signs", "looked_at", "actions"}
    stored = {name: one for name, one in document(office, row["id"]).items() if name not in later}
    found = msgspec.convert(stored, InspectionDocument)
    assert "首次承诺内完成</dt><dd><bdi>" in html_page(found, row["sha256"], "zh")
    tables = [replace(one, tables=[each for each in one.tables if each.by != "duty"]) for one in found.reports]
    assert "首次承诺内完成</dt><dd><bdi>" not in html_page(replace(found, reports=tables), row["sha256"], "zh")


def test_it_states_hash_edition_and_the_former_edition(shown: Answer, row: dict[str, Any]) -> None:
    assert row["sha256"] in shown.text
    assert "2026-11.1 (" in shown.text


def test_nothing_in_it_runs_or_loads(shown: Answer) -> None:
    assert not re.search(r"<script|<link|<img|<iframe|<object|<embed|javascript:|\son\w+=|@import|url\(", shown.text)
    assert not re.search(r"\s(?:href|src|style|xlink:href)=", shown.text)
    addresses = set(re.findall(r"https?://[^\s\"<]+", shown.text))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of the SVG namespace


def test_its_policy_allows_its_own_style_only(shown: Answer) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", shown.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = shown.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


def test_a_hostile_name_is_shown_as_text(shown: Answer) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown.text
    assert "<script" not in shown.text


@pytest.mark.parametrize("count", [1, 2, 12, 20, 21, 40, 500])
@pytest.mark.parametrize("draw", [charts.columns, charts.greatest])
def test_a_chart_is_well_formed_and_bounded(count: int, draw: Any) -> None:
    drawn = draw([charts.Bar(f"{HOSTILE}{n}\x0b\ud7ff", n * n) for n in range(count)], HOSTILE)
    root = ElementTree.fromstring(drawn)
    bars = [one for one in root.iter(f"{SVG_NAME}rect") if one.get("fill") == charts.COLOR]
    assert len(bars) == min(count, charts.MOST_BARS)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG_NAME}title") == HOSTILE
    width, height = map(float, root.get("viewBox", "").split()[2:])
    for bar in nonempty(bars):
        x, y, wide, tall = (float(bar.get(name, "-1")) for name in ("x", "y", "width", "height"))
        assert min(x, y, wide, tall) >= 0
        assert (x + wide <= width, y + tall <= height) == (True, True)


LONG = (
    "关于加油站计量器具检定周期及其公示方式的投诉（含自助加油机、加气机、充电桩）的其他各类投诉以及与之相关的价格公示"
)


@pytest.mark.parametrize("draw", [charts.columns, charts.greatest])
@pytest.mark.parametrize("label", [LONG, "Unsuitable advice about pensions and investments " * 3, "x" * 300, "a"])
def test_no_label_is_cut(draw: Any, label: str) -> None:
    root = ElementTree.fromstring(draw([charts.Bar(label, 3), charts.Bar("other", 2)], "caption"))
    texts = "".join(one.text or "" for one in root.iter(f"{SVG_NAME}text"))
    assert label.replace(" ", "") in texts.replace(" ", "")


def test_an_empty_label_has_a_sign() -> None:
    assert ">—</text>" in charts.greatest([charts.Bar("", 3)], "caption")


def test_equal_labels_have_a_bar_each() -> None:
    drawn = charts.greatest([charts.Bar("a" * 30, 3), charts.Bar("a" * 30, 2)], "caption")
    assert drawn.count(f'fill="{charts.COLOR}"') == 2


def test_a_step_with_some_of_its_days_has_another_look() -> None:
    drawn = charts.columns([charts.Bar("W48", 3), charts.Bar("W49", 1, is_partial=True)], "caption")
    assert (drawn.count("stroke-dasharray"), drawn.count(f'fill="{charts.COLOR}"')) == (1, 1)


def test_the_longest_bar_is_the_greatest_value() -> None:
    root = ElementTree.fromstring(charts.greatest([charts.Bar("a", 1), charts.Bar("b", 4), charts.Bar("c", 2)], ""))
    widths = [float(one.get("width", "0")) for one in root.iter(f"{SVG_NAME}rect")]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == pytest.approx(4 * widths[-1], rel=0.01)
