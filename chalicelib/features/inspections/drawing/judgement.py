"""What went well and what did not, in sentences, from the figures of an inspection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.features.inspections.document import Figure, HeadlineFigure, StatedDuty
from chalicelib.features.inspections.drawing.wording import PageWording
from chalicelib.features.inspections.front.signs import is_alarming
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.tabulating.value import percent

_GOOD = 0.75
"""From this share on, what was kept is named among what went well."""
_RELIABLE, _OFTEN = 0.9, 5
"""The share from which on a deadline is called reliable, and how often it must have been due."""
_MOST_NAMED = 3
"""What one sentence names at most."""


def sentence(wording: PageWording) -> str:
    """What opens the page."""
    document = wording.document
    received, kept, _, unsettled, _ = document.headline
    said = [wording.say("said_received", period=wording.period(document.period.name), count=_count(received.value))]
    if received.before is not None and document.before is not None:
        more = _count(received.value) - _count(received.before)
        name = "said_same" if not more else "said_more" if more > 0 else "said_fewer"
        said = [said[0] + wording.say(name, number=abs(more), period=wording.period(document.before.name))]
    if kept.value is not None and kept.value.denominator:
        said.append(wording.say("said_kept", **_parts(kept.value)))
    if unsettled.value is not None:
        name = "said_overdue" if unsettled.value.count else "said_open"
        said.append(wording.say(name, count=unsettled.value.among or 0, overdue=unsettled.value.count))
    rose = _changed(wording, "up")
    said += [wording.say("said_rose", names=rose)] if rose else []
    return wording.words["between"].join(said) + wording.words["full_stop"]


def well(wording: PageWording) -> list[str]:
    return list(_well(wording))


def badly(wording: PageWording) -> list[str]:
    return list(_badly(wording))


def _well(wording: PageWording) -> Iterator[str]:
    document = wording.document
    kept = _figure(wording, "decided_in_time").value
    if kept is not None and (kept.share or 0) >= _GOOD:
        yield wording.say("well_kept", **_parts(kept))
    reliable = [one for one in document.duties if _is_often(one) and (one.figure.share or 0) >= _RELIABLE]
    if reliable:
        names = _named(wording, sorted(reliable, key=lambda one: -(one.figure.share or 0)))
        yield wording.say("well_duties", names=names)
    if not _count(_figure(wording, "open_and_overdue").value):
        yield wording.words["well_none_overdue"]
    yield from _trends(wording, "well_trend", better=True)
    if fell := _changed(wording, "down"):
        yield wording.say("well_fell", names=fell)
    if not document.worst and document.looked_at is not None and document.looked_at.complete:
        yield wording.words["well_no_worst"]
    helped = sum(one.trend == "down" for one in document.actions)
    if helped:
        yield wording.say("well_actions", count=helped)


def _badly(wording: PageWording) -> Iterator[str]:
    document = wording.document
    kept = _figure(wording, "decided_in_time").value
    if kept is not None and kept.numerator != kept.denominator:
        broken = (kept.denominator or 0) - (kept.numerator or 0)
        yield wording.say("badly_kept", count=broken, whole=kept.denominator, parts=_not_kept(wording))
    weak = [one for one in document.duties if (one.figure.share or 0) < _RELIABLE]
    if weak:
        yield wording.say("badly_duties", names=_named(wording, weak))
    overdue = _count(_figure(wording, "open_and_overdue").value)
    if overdue:
        yield wording.say("badly_overdue", count=overdue)
    if document.worst and document.worst[0].overdue:
        worst = document.worst[0]
        yield wording.say("badly_longest", number=worst.number, time=wording.time(worst.overdue))
    yield from _trends(wording, "badly_trend", better=False)
    if rose := _changed(wording, "up"):
        yield wording.say("badly_rose", names=rose)
    alarming = [document.measures[one.measure].label[wording.language] for one in document.signs if is_alarming(one)]
    if alarming:
        yield wording.say("badly_signs", names=wording.words["and"].join(alarming))
    late = sum(one.overdue for one in document.actions)
    if late:
        yield wording.say("badly_actions", count=late)


def _not_kept(wording: PageWording) -> str:
    """What became of the promises that were not kept."""
    tables = [table for report in wording.document.reports for table in report.tables if table.by == "duty"]
    rows = [row.figures for table in tables for row in table.rows if row.key == OFFICE]
    found = {name: one.numerator or 0 for row in rows for name, one in row.items() if name in HEADLINE[1:]}
    labels = wording.document.measures
    parts = [
        wording.say("part", name=labels[name].label[wording.language], count=count)
        for name, count in found.items()
        if count
    ]
    return wording.words["and"].join(parts)


def _trends(wording: PageWording, name: str, *, better: bool) -> Iterator[str]:
    before = wording.document.before
    for one in wording.document.headline:
        if one.better and one.trend in ("up", "down") and before is not None:
            is_better = (one.trend == "up") == (one.better == "more")
            if is_better == better:
                yield wording.say(name, name=one.label[wording.language], period=wording.period(before.name))


def _changed(wording: PageWording, trend: str) -> str:
    """The categories and units that rose or fell for sure, the greatest difference first."""
    found = [one for one in wording.document.changes if one.trend == trend][:_MOST_NAMED]
    texts = (
        wording.say("changed", name=one.label[wording.language], before=one.before, number=one.number) for one in found
    )
    return wording.words["and"].join(texts)


def _is_often(one: StatedDuty) -> bool:
    return (one.figure.denominator or 0) >= _OFTEN


def _named(wording: PageWording, duties: Sequence[StatedDuty]) -> str:
    language = wording.language
    named = (wording.say("duty", name=one.label[language], **_parts(one.figure)) for one in duties[:_MOST_NAMED])
    return wording.words["and"].join(named)


def _figure(wording: PageWording, name: str) -> HeadlineFigure:
    return next(one for one in wording.document.headline if one.name == name)


def _count(figure: Figure | None) -> int:
    return 0 if figure is None else figure.count or 0


def _parts(figure: Figure) -> dict[str, object]:
    share = percent(figure.numerator or 0, figure.denominator or 1, 1)
    return {"part": figure.numerator, "whole": figure.denominator, "share": share}
