"""The server time of the desk's queue and of a complaint's page, beside that of the JSON routes with the same content.

`python -m benchmarks.desk_pages`: prints the lines. Both are measured in turn in one process, in memory, as CPU time.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks.targets import target_line
from tests.across.budgets.test_desk import ROWS, with_complaints
from tests.clauses.offices.marketplace import closed, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path
from tests.sign_in.door import START, at_the_desk, desk

MAX_RATIO = 1.5
ROUNDS = 40
WHO = "handler"


def lines() -> Iterator[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        office = marketplace_in(InProcess(START))
        number = closed(office)
        with_complaints(office, ROWS)
        case = f"/complaints/{number}"
        pages = {
            "queue of 50 rows, without its words": (desk(office), _QUEUE),
            "queue of 50 rows": (desk(office), [*_QUEUE, "", "/policy"]),
            "complaint": (case_path(office, number), [case, *(f"{case}/{part}" for part in _PARTS)]),
        }
        found = {name: _measured(office, path, routes) for name, (path, routes) in pages.items()}
    yield "| page | ms | JSON routes | ms | ratio |\n|---|---:|---|---:|---:|"
    for name, (page, routes) in found.items():
        named = ", ".join(f"`{one.replace(number, '{number}') or '/t/{tenant}'}`" for one in pages[name][1])
        yield f"| {name} | {page:.1f} | {named} | {routes:.1f} | {page / routes:.2f} |"
    ratios = {name: page / routes for name, (page, routes) in found.items()}
    yield target_line("ratio of a page to its JSON routes", MAX_RATIO, ratios)


_QUEUE = ["/complaints?limit=50", "/people", "/people/me"]
"""A program has the labels of rows and filters from the policy, and the names of units from the organisation. The tabs'
numbers, the time left and the named views have no route, and the page has them besides.
"""
_PARTS = ("deadlines", "record", "evidence", "acts")
"""The page shows the newest events of the record, and all of the others."""


def _measured(office: Organisation, path: str, routes: Sequence[str]) -> tuple[float, float]:
    """The median of the milliseconds: of the page, and of the routes together."""
    world = office.world
    assert isinstance(world, InProcess)
    browser = at_the_desk(office, WHO)
    cookies = "; ".join(f"{name.partition(' ')[0]}={value}" for name, (value, _) in browser.cookies.items())
    page_headers = {"Accept": "text/html", "Accept-Language": "zh", "Cookie": cookies}
    headers = {"Authorization": office.auth(WHO)}

    def ask(where: str, sent: dict[str, str]) -> None:
        answer = world.client.unplanted("GET", where, None, sent)
        if answer.status != 200:
            raise RuntimeError(f"{where} answered {answer.status}")

    def ask_routes() -> None:
        for one in routes:
            ask(office.path + one, headers)

    rounds = [(_took(lambda: ask(path, page_headers)), _took(ask_routes)) for _ in range(ROUNDS)]
    pages, others = zip(*rounds, strict=True)
    return median(pages), median(others)


def _took(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
