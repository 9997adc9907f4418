"""A few requests that show that a deployment answers, and that nothing is open that must not be. They write nothing."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import NamedTuple


class SmokeAnswer(NamedTuple):
    status: int
    body: bytes


Fetch = Callable[[str, str], SmokeAnswer]
"""Sends a method to a URL."""
SECONDS = 30


class Expectation(NamedTuple):
    what: str
    method: str
    path: str
    status: int


EXPECTED = (
    Expectation("the API and its table answer", "GET", "v1/health", 200),
    Expectation("presets are deployed", "GET", "v1/presets", 200),
    Expectation("an unknown organisation is not found", "GET", "v1/t/no-such-organisation/notices", 404),
    Expectation("an unknown path is not found", "GET", "v1/no-such-path", 404),
    Expectation("a wrong method is refused by the app", "DELETE", "v1/health", 405),
    Expectation("people must sign in", "GET", "v1/t/no-such-organisation/people", 401),
    Expectation(
        "operators must sign: without a signature, the gateway knows no such path", "GET", "v1/ops/parked", 404
    ),
)
UNAVAILABLE = "unavailable"


def failures(fetch: Fetch, address: str) -> list[str]:
    """`address`: the stage's URL, ending in `/`. One line for each wrong answer."""
    wrong = [
        f"{each.what}: {each.method} {each.path} got {got}, not {each.status}"
        for each in EXPECTED
        if (got := fetch(each.method, address + each.path).status) != each.status
    ]
    return wrong + _unavailable(fetch(EXPECTED[0].method, address + EXPECTED[0].path))


def file_failures(fetch: Fetch, host: str, paths: Sequence[str]) -> list[str]:
    """One line for each file of the pages that the distribution at `host` does not serve."""
    return [
        f"a file of the pages is served: GET {path} got {got}, not 200"
        for path in paths
        if (got := fetch("GET", f"https://{host}{path}").status) != 200
    ]


def _unavailable(health: SmokeAnswer) -> list[str]:
    dependencies = json.loads(health.body).get("dependencies", {}) if health.status == EXPECTED[0].status else {}
    return [f"{name} is unavailable" for name, state in dependencies.items() if state == UNAVAILABLE]


def over_http(method: str, url: str) -> SmokeAnswer:
    request = urllib.request.Request(url, method=method)  # noqa: S310 the stack's own address
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            return SmokeAnswer(response.status, response.read())
    except urllib.error.HTTPError as refused:
        return SmokeAnswer(refused.code, refused.read())
