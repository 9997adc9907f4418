"""A timeline as SVG. Its classes have their colours in `trying.css`, so that it stays small.

Each clock has a row: its name and how it stands, and its runs on the axis. Each run is a link to its row in the table
below, which says all that is drawn, and has the reason of its due time as its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from chalicelib.features.studio.trying import timeline as lines
from chalicelib.features.studio.trying.axis import Axis, axis, closed, marks
from chalicelib.features.studio.trying.timeline import ClockRow, DrawnRun, DrawnStretch, StageSpan, Timeline
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.parts.drawn_text import LEADING, SIZE, printable, text_width, wrapped
from chalicelib.web.pages.reader import Reader

_TOP, _LANE, _ROW_PAD, _BAR, _TICK = 44, 20, 8, 12, 11
_DOT = 8
_STACKED_BAR = 28
"""The height of the bars below the name."""
_STAGE = 34


class DrawingSheet(NamedTuple):
    """`left`: where the axis begins; at 0, names stand above the bars. `name`: begins the ids in the drawing."""

    left: float
    width: float
    name: str

    @property
    def room(self) -> float:
        return (self.left or self.width) - 20


WIDE, NARROW = DrawingSheet(296, 1220, "wide"), DrawingSheet(0, 354, "narrow")


class RowLabel(NamedTuple):
    """`standing`: how the latest run stands, in words. `titles`: of each run, with the reason. `ids`: of its row in the
    table."""

    name: str
    standing: str
    is_late: bool
    titles: list[str]
    ids: list[str]


class RowBand(NamedTuple):
    """Where a row lies. `axis_y`: below which its axis is. `calendar`: of its clock."""

    y: float
    height: float
    axis_y: float
    calendar: str
    name: list[str]
    standing: list[str]

    @property
    def middle(self) -> float:
        return (self.axis_y + self.y + self.height) / 2


class Captions(NamedTuple):
    """The words of a drawing. `stages`: names of the spans."""

    whole: str
    rows: list[RowLabel]
    stages: list[str]
    stage: str
    now: str

    @property
    def without_reasons(self) -> Captions:
        """For a second drawing of the same page."""
        rows = [row._replace(titles=[row.name] * len(row.titles)) for row in self.rows]
        return self._replace(rows=rows)


def drawn(policy: Policy, made: Timeline, said: Captions, reader: Reader, sheet: DrawingSheet = WIDE) -> Markup:
    on = axis(made.begin, made.end, sheet.left, sheet.width - sheet.left - 2, policy.calendar)
    events, top = _events(on, made)
    bands = list(_bands(made.rows, said.rows, top, sheet))
    y = bands[-1].y + bands[-1].height if bands else top
    below = y + _STAGE + (0 if sheet.left else LEADING)
    spans = [(34, below)] if sheet.left else [(34, top), *((one.axis_y, one.y + one.height) for one in bands)]
    half = text_width(said.now) / 2
    parts = [
        *_axis(on, reader, spans),
        *_closed(on, policy, bands, sheet),
        _upright(on, [one.at for one in made.events], spans, 'class="t-line"'),
        _upright(on, [made.now], spans, 'class="t-now"'),
        *events,
        *(part for row in zip(made.rows, said.rows, bands, strict=True) for part in _row(on, *row)),
        *_stages(on, made.stages, said, y),
        _text(_inside(on, on.x(made.now), half) - half, below + 13, said.now, "ink"),
    ]
    size = f'width="{sheet.width:g}" height="{below + 18:g}" viewBox="0 0 {sheet.width:g} {below + 18:g}"'
    label, font = escape(printable(said.whole)), f'font-family="sans-serif" font-size="{SIZE}"'
    whole = f'<svg {size} role="group" aria-label="{label}" {font}>{_pattern(sheet)}{"".join(parts)}</svg>'
    return Markup(whole)  # noqa: S704 escaped


def _pattern(sheet: DrawingSheet) -> str:
    at = 'width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    line = '<path class="t-hatch" d="M0 0V6"/>'
    return f'<defs><pattern id="{sheet.name}-hatch" {at}>{line}</pattern></defs>'


def _bands(rows: Sequence[ClockRow], labels: Sequence[RowLabel], y: float, sheet: DrawingSheet) -> Iterator[RowBand]:
    for row, label in zip(rows, labels, strict=True):
        name, standing = wrapped(label.name, sheet.room - SIZE), wrapped(label.standing, sheet.room)
        texts = LEADING * (len(name) + len(standing)) + _ROW_PAD
        height = texts + (_ROW_PAD if sheet.left else _STACKED_BAR)
        axis_y = y if sheet.left else y + texts
        yield RowBand(y, height, axis_y, row.runs[-1].run.calendar, name, standing)
        y += height


def _upright(on: Axis, instants: Iterable[Instant], spans: Sequence[tuple[float, float]], look: str) -> str:
    """Lines at these instants, which cross no text."""
    found = dict.fromkeys(map(on.x, instants))
    return f'<path d="{"".join(f"M{x:g} {top:g}V{below:g}" for x in found for top, below in spans)}" {look}/>'


def _axis(on: Axis, reader: Reader, spans: Sequence[tuple[float, float]]) -> Iterator[str]:
    found = list(marks(on, reader))
    yield _upright(on, [one.at for one in found], spans, 'class="t-hair"')
    for one in found:
        x = on.x(one.at)
        if x + text_width(one.label) < on.left + on.width:
            yield _text(x + 3, 28, one.label, "ink")
        if one.above and x + text_width(one.above) < on.left + on.width:
            yield _text(x + 3, 13, one.above, "faint")


def _closed(on: Axis, policy: Policy, bands: Sequence[RowBand], sheet: DrawingSheet) -> Iterator[str]:
    """Of each calendar once, through the rows of its clocks."""
    for number, name in enumerate(sorted({one.calendar for one in bands})):
        own = [one for one in bands if one.calendar == name]
        top, below = own[0].axis_y, own[-1].y + own[-1].height
        rows = "".join(f"M{on.left:g} {one.axis_y:g}h{on.width:g}V{one.y + one.height:g}h-{on.width:g}z" for one in own)
        spans = "".join(f"M{a:g} {top:g}H{b:g}V{below:g}H{a:g}z" for a, b in closed(on, policy.calendar_of(name)))
        rows_id = f"{sheet.name}-rows-{number}"
        fill = f'fill="url(#{sheet.name}-hatch)" clip-path="url(#{rows_id})"'
        yield f'<clipPath id="{rows_id}"><path d="{rows}"/></clipPath><path d="{spans}" {fill}/>'


def _events(on: Axis, made: Timeline) -> tuple[list[str], float]:
    """The events as numbers, those that would meet below each other; and where they end."""
    ends: list[float] = []
    found = []
    for one in made.events:
        x = _inside(on, on.x(one.at), _DOT + 1)
        lane = next((at for at, end in enumerate(ends) if end < x - _DOT), len(ends))
        ends[lane : lane + 1] = [x + _DOT + 2]
        y = _TOP + lane * _LANE
        found.append(f'<circle class="t-event" cx="{x:g}" cy="{y:g}" r="{_DOT}"/>')
        found.append(_text(x, y + 4, str(one.number), "ink", ' text-anchor="middle"'))
    return found, _TOP - 6 + len(ends) * _LANE


def _inside(on: Axis, x: float, room: float) -> float:
    return min(max(x, on.left + room), on.left + on.width - room)


def _row(on: Axis, row: ClockRow, label: RowLabel, band: RowBand) -> Iterator[str]:
    yield f'<path class="t-hair" d="M0 {band.y:g}H{on.left + on.width:g}"/>'
    base = band.y + _ROW_PAD + SIZE - 2
    for line in band.name:
        yield _text(0, base, line, "ink", ' font-weight="700"')
        base += LEADING
    for line in band.standing:
        yield _text(0, base, line, "wrong" if label.is_late else "faint")
        base += LEADING
    for one, title, id_ in zip(row.runs, label.titles, label.ids, strict=True):
        bars = "".join(_run(on, one, band.middle))
        yield f'<a class="t-run" href="#{id_}"><title>{escape(printable(title))}</title>{bars}</a>'


def _run(on: Axis, one: DrawnRun, y: float) -> Iterator[str]:
    yield from (_bar(on, part, y) for part in one.stretches)
    due = one.run.due
    if due is not None and on.begin <= due <= on.end:
        if due > one.end:
            yield f'<path class="t-line" d="M{on.x(one.end):g} {y:g}H{on.x(due):g}"/>'
        yield f'<path class="t-due" d="M{on.x(due):g} {y - _TICK:g}v22"/>'
    elif due is not None and one.run.open:
        yield f'<path class="t-due" d="M{on.x(due) - 7:g} {y - 5:g}l7 5l-7 5"/>'
    warned = "".join(f"M{on.x(at):g} {y - _TICK:g}v22" for at in one.warned)
    if warned:
        yield f'<path class="t-warned" d="{warned}"/>'
    before = on.left
    for rung in one.rungs:
        x = before = max(_inside(on, on.x(rung.at), _DOT + 1), before + 2 * _DOT + 2)
        yield f'<circle class="t-tier" cx="{x:g}" cy="{y:g}" r="{_DOT}"/>'
        yield _text(x, y + 4, str(rung.tier), "wrong", ' text-anchor="middle" font-weight="700"')


def _bar(on: Axis, part: DrawnStretch, y: float) -> str:
    x, width = on.x(part.begin), max(on.x(part.end) - on.x(part.begin), 2)
    height = _BAR / 2 if part.kind == lines.PAUSED else _BAR
    at = f'x="{x:g}" y="{y - height / 2:g}" width="{width:.4g}" height="{height:g}"'
    return f'<rect class="t-{part.kind}" {at}/>'


def _stages(on: Axis, spans: Sequence[StageSpan], said: Captions, y: float) -> Iterator[str]:
    yield f'<path class="t-hair" d="M0 {y:g}H{on.left + on.width:g}"/>'
    yield _text(0, y + (21 if on.left else 14), said.stage, "ink", ' font-weight="700"')
    top = y + (6 if on.left else 6 + LEADING)
    for one, name in zip(spans, said.stages, strict=True):
        x = on.x(one.begin)
        width = max(on.x(one.end) - x, 2)
        title = f"<title>{escape(printable(name))}</title>"
        yield f'<rect x="{x:g}" y="{top:g}" width="{width:.4g}" height="22" class="t-stage">{title}</rect>'
        if text_width(name) + 8 < width:
            yield _text(x + 5, top + 15, name, "ink")


def _text(x: float, y: float, text: str, name: str, more: str = "") -> str:
    return f'<text class="t-{name}" x="{x:g}" y="{y:g}"{more}>{escape(printable(text))}</text>'
