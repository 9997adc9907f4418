"""CPU seconds of the slowest requests under costly policy documents: `make bench ONLY=hostile`.

The documents are those of `tests.across.bounded`, each with every kind of request, over the HTTP client in process on
the memory store.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from tests.across.bounded import requests
from tests.across.bounded.documents import ACCEPTED, DEADLINES, REFUSED
from tests.across.bounded.requests import Timed

MOST_SECONDS, MOST_SECONDS_WAKE = 2.0, 1.0
"""Targets."""


def slowest() -> dict[str, tuple[float, str]]:
    """By kind of request: the seconds and the document of the slowest one."""
    found: dict[str, tuple[float, str]] = {}
    for what, kind, seconds in _all():
        found[kind] = max(found.get(kind, (0.0, "")), (seconds, what))
    return found


def _all() -> Iterator[tuple[str, str, float]]:
    documents = {**ACCEPTED, **{what: make for what, (make, _) in REFUSED.items()}}
    for what, make in documents.items():
        yield from _seconds(what, requests.answers(requests.shop(), make()))
    office = requests.shop()
    yield from (one for what, body in DEADLINES.items() for one in _seconds(what, [requests.deadline(office, body)]))


def _seconds(what: str, timed: Iterator[Timed] | list[Timed]) -> Iterator[tuple[str, str, float]]:
    for kind, seconds, _ in timed:
        yield what, kind, seconds


def rows() -> Iterator[str]:
    logging.disable(logging.INFO)
    yield "| request | slowest document | CPU seconds |\n|---|---|---:|"
    found = slowest()
    yield from (f"| {kind} | {what} | {seconds:.2f} |" for kind, (seconds, what) in found.items())
    over = {kind: seconds for kind, (seconds, _) in found.items() if seconds > _most(kind)}
    yield f"\nTarget: at most {MOST_SECONDS:g} s, and {MOST_SECONDS_WAKE:g} s for a wake-up. {_verdict(over)}"


def _most(kind: str) -> float:
    return MOST_SECONDS_WAKE if kind == "wake" else MOST_SECONDS


def _verdict(over: dict[str, float]) -> str:
    return f"Missed: {', '.join(f'{kind} {seconds:.2f}' for kind, seconds in over.items())}." if over else "Met."
