"""A process with dimensions and columns that no registry has, and what it answers: `python -m
tests.across.made_up.more_rows`.

Structs and tables follow from the rows when their modules are imported, so the rows are added first, in a process of
their own.
"""

from __future__ import annotations

import json
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec.structs import replace

from chalicelib.casework import queue_row, snapshot
from chalicelib.casework.queue_row import Column, Filter
from chalicelib.statistics.dimensions import DIMENSIONS, Dimension

if TYPE_CHECKING:
    from tests.clauses.organisation import Organisation

ALIKE = {"channel": "channe0", "severity": "severit0", "stage": "stag0", "event": "even0", "age": "ag0", "week": "wee0"}
"""Dimensions of a case, of an event and of a period, each with the name under which its row is added."""
PLAIN, QUARTER = "initial", "quarter"
START, PERIOD = "2026-11-23T09:00:00+08:00", "from=2026-11-01&to=2026-11-30"
ADDED = [
    ("stag0", Annotated[str, Column(of=attrgetter("stage")), Filter("Only it.", "只列出它。")], ""),
    ("keeper", Annotated[str, Column(of=attrgetter("number"), withheld="")], ""),
    ("secret", Annotated[str, Column(of=attrgetter("number"), is_shown=False)], ""),
    ("seq", int, 0),
]
"""Columns. The last one says no more than it must."""


def add_rows() -> None:
    for like, name in ALIKE.items():
        row = DIMENSIONS[like]
        DIMENSIONS[name] = replace(row, name=name, stored_as="" if row.of_case or row.is_period else row.column)
    DIMENSIONS[PLAIN] = Dimension(PLAIN, "initial", "首字母", of_case=lambda case: case.filed["channel"][:1])
    DIMENSIONS[QUARTER] = Dimension(
        QUARTER,
        "quarter",
        "季度",
        value=lambda _, day: f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}",
        span=lambda _: (date(2026, 10, 1), date(2026, 12, 31)),
        has_whole_months=True,
    )
    base = queue_row.QueueRow
    more: Any = msgspec.defstruct("QueueRow", ADDED, bases=(base,), frozen=True, kw_only=True)
    queue_row.QueueRow = more  # type: ignore[misc]


def told() -> dict[str, Any]:
    """What the company's routes and the tables of the program say."""
    from chalicelib.policy import presets, publishing
    from chalicelib.statistics.dimensions import Labels
    from infra.documents import statistics_page
    from tests.clauses.offices.company import company_in
    from tests.clauses.world import InProcess
    from tests.inspections.test_labels import ORGANISATION
    from tests.worklists.test_queue_rows import as_shown_to

    company = company_in(InProcess(START))
    for channel in ("phone", "phone", "letter"):
        company.file(channel=channel)
    number = company.file(channel="phone")
    company.act(number, "agent", "accept", agent_team="2", agent_number="17")
    labels = Labels(publishing.prepare(presets.text("corporate-standard")).document, ORGANISATION)
    return {
        "documents": [_get(company, "/v1/openapi.json", language) for language in ("en", "zh")],
        "reports": {name: _report(company, *pair) for pair in ALIKE.items() for name in pair},
        **{name: _rows(company, f"measure=received&by={name}") for name in (PLAIN, QUARTER)},
        "filtered": _rows(company, f"measure=received&{PLAIN}=p"),
        "wrong": _get(company, f"{company.path}/reports/inflow?measure=received&by=even0"),
        "draft": _under_draft(company),
        "page": statistics_page.page(),
        "label": labels.of(ALIKE["channel"], "letter"),
        "queue": _get(company, f"{company.path}/complaints?stag0=recorded"),
        "shown": [msgspec.to_builtins(as_shown_to(role)) for role in ("officer", "respondent")],
        "stored": _stored(company, number),
        "number": number,
    }


def _get(company: Organisation, path: str, language: str = "en", accept: str = "application/json") -> Any:
    headers = {"Accept-Language": language, "Accept": accept}
    answer = company.world.call("GET", path, auth=company.auth("owner"), headers=headers)
    return answer.json if "json" in answer.headers["Content-Type"] else answer.text


def _rows(company: Organisation, query: str) -> list[Any]:
    found: list[Any] = _get(company, f"{company.path}/reports/all?{PERIOD}&{query}")["rows"]
    return found


def _report(company: Organisation, like: str, name: str) -> dict[str, Any]:
    """By each of both, the rows, the table and the complaints of each value, with the name of the first one."""
    found = {}
    for by in (like, name):
        query = f"{company.path}/reports/all?{PERIOD}&by={by}"
        rows = _get(company, query)["rows"]
        cases = [_get(company, one["cases"])["numbers"] for row in rows for one in row["values"].values()]
        table = _get(company, query, accept="text/csv")
        found[by] = json.loads(json.dumps([rows, cases, table]).replace(name, like))
    return {"usual": found[like], "added": found[name]}


def _under_draft(company: Organisation) -> Any:
    path, policy = f"{company.path}/policy/backtest", _get(company, f"{company.path}/policy")["policy"]
    company.world.move_to("2026-11-25T09:00:00+08:00")
    body = {"policy": policy, "from": START, "to": "2026-11-24T09:00:00+08:00"}
    begun = company.world.call("POST", path, body, auth=company.auth("owner"))
    return _get(company, f"{path}/{begun.json['id']}/reports/inflow?measure=received&by={PLAIN}")["rows"]


def _stored(company: Organisation, number: str) -> Any:
    stored = [one for one in company.world.fakes.store.everything() if one.kind == snapshot.KIND]
    [row] = [row for row in snapshot.parse_rows(stored) if row.number == number]
    return msgspec.to_builtins(row)


if __name__ == "__main__":
    add_rows()
    print(json.dumps(told()))  # noqa: T201  the last line, after those of the log
