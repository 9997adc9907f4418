"""The sentence with which the page of a report opens: what its first figures are, and how they differ from before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.features.reports.overview import Overview
from chalicelib.features.reports.pages import periods
from chalicelib.features.reports.pages.grids import GridWords
from chalicelib.features.reports.pages.shown import NO_NUMBER, FigureWords, LinkedNumber, ToldChange
from chalicelib.features.reports.report import FiguresView, MeasureView
from chalicelib.statistics import dimensions

_OF_SENTENCE = 2
"""Figures that the sentence is about."""


class ToldFigure(NamedTuple):
    """A measure of the whole report, beside the period before. `place`: of an indicator, if it stands out."""

    measure: MeasureView
    shown: LinkedNumber
    change: ToldChange | None
    place: str
    past: str


def sentence(found: Overview, figures: Sequence[ToldFigure], first: Sequence[MeasureView], sheet: GridWords) -> str:
    """What stands out; empty if nothing can be said in a sentence."""
    view, words = found.present, sheet.words
    text = words.reader.text
    if not view.rows:
        return text("reports.nothing")
    if view.report == "indicators" and not view.by:
        outside = sum(1 for one in figures if one.place)
        return text("reports.outside" if outside else "reports.within", count=outside, of=len(figures))
    if view.by:
        return _greatest(view, first[0], sheet) if len(view.by) == 1 else ""
    named = [one for one in figures if one.measure in first[:_OF_SENTENCE] and one.shown.text != NO_NUMBER]
    before = "" if found.before is None else periods.period_text(words.reader, found.before.first, found.before.last)
    clauses = [_clause(one, before, words) for one in named]
    return text("reports.sentence", clauses=text("reports.between").join(clauses)) if clauses else ""


def _clause(one: ToldFigure, before: str, words: FigureWords) -> str:
    known = {"label": one.measure.label[words.reader.language], "value": one.shown.text}
    if one.change is None:
        return words.reader.text("reports.clause", **known)
    name = "reports.clause.same" if one.change.word == words.reader.text("reports.same") else "reports.clause.other"
    return words.reader.text(name, before=before, word=one.change.word, **known)


def _greatest(view: FiguresView, measure: MeasureView, sheet: GridWords) -> str:
    """Of a count by a dimension: which value has most of it."""
    if measure.unit != "count" or dimensions.of(view.by[0]).is_period:
        return ""
    [by] = view.by
    counted = [(row.values[measure.name].count or 0, row.keys[by]) for row in view.rows if measure.name in row.values]
    total = sum(number for number, _ in counted)
    if not total:
        return ""
    number, value = max(counted)
    return sheet.words.reader.text(
        "reports.most",
        label=measure.label[sheet.words.reader.language],
        total=total,
        value=sheet.label(by, value),
        number=number,
        share=f"{number / total:.0%}",
    )
