"""The front of the page: the figures that matter, what rose and fell, the worst cases, signs and actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.features.inspections.document import ChangedNumber, Figure, HeadlineFigure, StatedSign
from chalicelib.features.inspections.drawing import judgement
from chalicelib.features.inspections.drawing.wording import PageWording
from chalicelib.features.inspections.front.signs import is_alarming
from chalicelib.kit import catalogue
from chalicelib.statistics.tabulating.value import half_up, percent

_CASES = 5
"""Of a sign on the page. The document has more."""


class Tile(NamedTuple):
    """`verdict`: `better`, `worse`, or empty. `beside`: a line for each period with which it is compared."""

    label: str
    value: str
    about: str
    beside: list[str]
    verdict: str
    is_bad: bool


def view(wording: PageWording) -> Mapping[str, Any]:
    """What the template shows. Documents of earlier versions have no front."""
    document, language = wording.document, wording.language
    if not document.headline:
        return {"is_there": False}
    return {
        "is_there": True,
        "sentence": judgement.sentence(wording),
        "tiles": [_tile(wording, one) for one in document.headline],
        "well": judgement.well(wording),
        "badly": judgement.badly(wording),
        "compared": list(_compared(wording)),
        "is_compared": document.before is not None and document.before.existed,
        "changes": [_change(one, language) for one in document.changes],
        "worst": document.worst,
        "has_units": any(one.unit[language] for one in document.worst),
        "signs": [_sign(wording, one) for one in document.signs],
        "actions": document.actions,
        "looked_at": document.looked_at,
    }


def _tile(wording: PageWording, one: HeadlineFigure) -> Tile:
    value, about = _big(wording, one)
    verdict = ""
    if one.better and one.trend in ("up", "down"):
        verdict = "better" if (one.trend == "up") == (one.better == "more") else "worse"
    is_bad = one.name == "open_and_overdue" and bool(one.value and one.value.count)
    return Tile(one.label[wording.language], value, about, list(_beside(wording, one)), verdict, is_bad)


def _big(wording: PageWording, one: HeadlineFigure) -> tuple[str, str]:
    """The figure, and what it is of."""
    figure = one.value
    if figure is None:
        return "—", wording.words[f"{one.name}_none"]
    if figure.numerator is not None:
        text = percent(figure.numerator, figure.denominator or 0, 1) if figure.denominator else "—"
        return text, wording.say(f"{one.name}_of", part=figure.numerator, whole=figure.denominator)
    if figure.median is not None:
        return wording.time(figure.median), wording.say(
            "time_of", most=wording.time(figure.p90 or 0), count=figure.count
        )
    return str(figure.count), wording.say(f"{one.name}_of", among=figure.among)


def _beside(wording: PageWording, one: HeadlineFigure) -> Iterator[str]:
    document = wording.document
    for name, period, figure in (
        ("before", document.before, one.before),
        ("year_before", document.year_before, one.year_before),
    ):
        if period is not None and period.existed:
            shown = "—" if figure is None else _short(wording, figure)
            difference = "" if name != "before" else _difference(wording, one.value, figure)
            yield wording.say(name, period=wording.period(period.name), figure=shown) + difference


def _short(wording: PageWording, figure: Figure) -> str:
    if figure.numerator is not None:
        return percent(figure.numerator, figure.denominator, 1) if figure.denominator else "—"
    return wording.time(figure.median) if figure.median is not None else str(figure.count)


def _difference(wording: PageWording, now: Figure | None, before: Figure | None) -> str:
    if now is None or before is None or now.median is not None:
        return ""
    if now.numerator is None:
        more = (now.count or 0) - (before.count or 0)
        return wording.say("same" if not more else "more" if more > 0 else "fewer", number=abs(more))
    if not now.denominator or not before.denominator:
        return ""
    points = round(_points(now) - _points(before), 1)
    return wording.say("same" if not points else "higher" if points > 0 else "lower", number=f"{abs(points):.1f}")


def _points(figure: Figure) -> float:
    return half_up(100 * (figure.numerator or 0), figure.denominator or 1, 1)


def _compared(wording: PageWording) -> Iterator[str]:
    """What is to be known of the periods with which the figures are compared."""
    document = wording.document
    for one in (document.before, document.year_before):
        if one is None:
            continue
        if not one.existed:
            yield wording.say("not_founded", period=wording.period(one.name))
        elif one.counted_from is not None:
            yield wording.say("counted_from", period=wording.period(one.name), day=wording.day(one.counted_from))


def _change(one: ChangedNumber, language: str) -> Mapping[str, Any]:
    rose = one.number > one.before
    return {
        "label": one.label[language],
        "before": one.before,
        "number": one.number,
        "difference": f"{'+' if rose else '−'}{abs(one.number - one.before)}",
        "rose": rose,
        "is_sure": one.trend != "unclear",
    }


def _sign(wording: PageWording, one: StatedSign) -> Mapping[str, Any]:
    places = catalogue.words("inspection_places", wording.language)
    judged = [
        wording.say(name, place=places[place])
        for name, place in (("against_past", one.place), ("against_reference", one.reference_place))
        if place is not None and places[place]
    ]
    return {
        "label": wording.document.measures[one.measure].label[wording.language],
        "figure": wording.cell(one.figure),
        "past": "—" if one.past is None or not one.past.denominator else _short(wording, one.past),
        "reference": "" if one.reference is None else f"{one.reference * 100:g}%",
        "judged": wording.words["joined"].join(judged) or wording.words[_unjudged(one)],
        "is_alarming": is_alarming(one),
        "cases": one.cases[:_CASES],
        "more": max((one.figure.numerator or 0) - len(one.cases[:_CASES]), 0),
    }


def _unjudged(one: StatedSign) -> str:
    return "by_chance_only" if one.place or one.reference_place else "not_comparable"
