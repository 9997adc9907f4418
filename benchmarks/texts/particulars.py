"""The search for particulars in real and in hostile texts: `make bench ONLY=particulars`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from benchmarks.demo_load import corpus
from benchmarks.demo_load.picking import pick
from benchmarks.targets import target_line
from chalicelib.particulars.search import doubts, find, of_people
from chalicelib.particulars.terms import Terms, of_free_text, of_person_in, of_value

REVIEWS = 300
LENGTHS = (4_000, 8_000)
MOST_RATIO = 3.0
"""Target. Linear time gives 2, quadratic time 4."""
MOST_ALARMS = 2.0
"""Target: percent of the reviews with a finding, as if they were texts about the case of another person."""
NAMES = ("王小明", "李伟", "张敏", "刘洋", "陈静", "赵强", "高明", "方圆", "万里红", "任静", "安宁", "石磊", "Ana Dee")
HOSTILE: Mapping[str, str] = {
    "`微信` and spaces": "微信" + " " * 98,
    "a word without end": "a",
    "cities": "1市",
    "streets": "路1",
    "nicknames": "昵称:a ",
    "addresses": "a@b.c ",
}
"""What is repeated. The limit of 100 spaces in a row leaves the first."""


def rows() -> Iterator[str]:
    """Milliseconds of processor time, of the terms of a text and of the search for them in the same text."""
    yield f"The texts are the {REVIEWS} reviews of `make demo-load`. Milliseconds of CPU time of one text.\n"
    yield "| step | p50 | p95 | longest |\n|---|---:|---:|---:|"
    reviews = pick(corpus.lines(), REVIEWS)
    yield _row("terms of a text", [_milliseconds(_terms, one) for one in reviews])
    yield _row("search in a text", [_milliseconds(lambda text: find(text, _terms(text)), one) for one in reviews])
    yield from _alarms(reviews)
    yield "\n| hostile text | characters | ms | characters | ms | ratio |\n|---|---:|---:|---:|---:|---:|"
    ratios: dict[str, float] = {}
    for name, part in HOSTILE.items():
        short, long = (_least(part * (length // len(part))) for length in LENGTHS)
        ratios[name] = long / short
        yield f"| {name} | {LENGTHS[0]:,} | {short:.1f} | {LENGTHS[1]:,} | {long:.1f} | {long / short:.2f} |"
    yield target_line("ratio of both lengths", MOST_RATIO, ratios)


def _alarms(reviews: Sequence[str]) -> Iterator[str]:
    """Most names do not occur in most reviews, so a review counts once for each name."""
    named = [of_value("name", name) for name in NAMES]
    texts = [(text, terms) for terms in named for text in reviews]
    yield f"\nThe reviews as texts for publication, about the cases of {len(NAMES)} invented names. Percent of them.\n"
    yield "| with | percent |\n|---|---:|"
    found = {
        "a finding": _percent(find(*one) for one in texts),
        "a doubt": _percent(doubts(*one) for one in texts),
        "a mask for the respondent": _percent(of_people(text, terms | of_person_in(text)) for text, terms in texts),
    }
    yield from (f"| {name} | {percent:.2f} |" for name, percent in found.items())
    least = {name: percent for name, percent in found.items() if name != "a doubt"}
    yield target_line("percent of the reviews", MOST_ALARMS, least)


def _percent(found: Iterable[Sequence[object]]) -> float:
    return 100 * statistics.mean(bool(one) for one in found)


def _terms(text: str) -> Terms:
    return of_free_text(text) | of_value("content", text)


def _row(step: str, times: Sequence[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"| {step} | {statistics.median(times):.2f} | {p95:.2f} | {max(times):.2f} |"


def _least(text: str) -> float:
    return min(_milliseconds(lambda one: find(one, _terms(one)), text) for _ in range(3))


def _milliseconds(run: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    run(text)
    return 1000 * (time.process_time() - began)
