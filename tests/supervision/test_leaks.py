"""Nothing that an involved member can read tells of a report: every answer is the same as before it was filed."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit.instants import HOUR
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.exports.exported import archive, start
from tests.kernel.web.untouched import in_process
from tests.supervision.reporting import Reported, about, act, add, report, seen

WORDS = ("收受商家好处", "转账记录", "先核对流水", "请说明日期", "匿名联系方式")
DOCUMENT = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text("utf-8"))
PATHS = [path for path, methods in DOCUMENT["paths"].items() if "{tenant}" in path and "get" in methods]
COUNTS_REQUESTS = "/v1/t/{tenant}/usage"
"""Its `requests_a_minute` counts all requests."""
LOGS_READS = {"/v1/t/{tenant}/complaints/{number}/reads"}
"""Grows with each reading of the complaint."""


@pytest.fixture
def office() -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    hook = {"url": "https://systems.example/hook", "events": ["registered", "accepted", "noted"]}
    answer = found.world.call("POST", f"{found.path}/webhooks", hook, auth=found.auth("owner"))
    assert answer.status == 201, answer.text
    return found


def told_all(office: Organisation, number: str, *people: str) -> Reported:
    """A report with each kind of event, about these people and the complaint."""
    reported = report(
        office, about(office, *people), complaint=number, text="处理人员收受商家好处", contact="匿名联系方式"
    )
    add(office, reported, "有转账记录。")
    return reported


def handled(office: Organisation, number: str) -> Reported:
    reported = told_all(office, number, "handler", "owner")
    act(office, reported, "supervisor", "take")
    act(office, reported, "supervisor", "note", text="先核对流水。")
    act(office, reported, "supervisor", "reply", text="请说明日期。")
    seen(office, reported, "supervisor")
    return reported


def sealed(office: Organisation, number: str) -> Reported:
    return told_all(office, number, "handler", "owner", "supervisor")


def answers(office: Organisation, number: str, who: str) -> dict[str, tuple[int, str]]:
    """Every list and view that there is, for this member."""
    names = {
        "tenant": office.id,
        "number": number,
        "sub": office.subs["handler"],
        "unit": "seller",
        "version": "1",
        "subject": "A-1",
        "form": "x",
        "reference": "0" * 32,
    }
    found = {}
    for path in PATHS:
        filled = re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], "x"), path)
        answer = office.world.call("GET", filled, auth=office.auth(who))
        found[path] = (answer.status, _plain(path, answer.text))
    return found


def _plain(path: str, text: str) -> str:
    text = re.sub(r'"correlation_id":\s*"[^"]*"', "", text)
    return re.sub(r'"requests_a_minute":\s*\{[^}]*\}', "", text) if path == COUNTS_REQUESTS else text


@pytest.mark.slow
@pytest.mark.parametrize("filed", [handled, sealed])
def test_all_answers_to_involved_members_stay_the_same(office: Organisation, filed: Any) -> None:
    number = accepted(office)
    involved = [who for who in office.tokens if who != "supervisor"]
    before = {who: answers(office, number, who) for who in involved}
    assert {path for path, (status, _) in before["owner"].items() if status == 200}

    reported = filed(office, number)

    for who in involved:
        after = answers(office, number, who)
        changed = {path for path in PATHS if after[path] != before[who][path]}
        assert changed <= LOGS_READS
        for word in (reported.id, reported.receipt, *WORDS):
            assert word not in str(after)


@pytest.mark.parametrize("filed", [handled, sealed])
def test_nothing_leaves_the_service(
    office: Organisation, filed: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither by a webhook, a mail, an anchor, an export nor a log."""
    number = accepted(office)
    reported = filed(office, number)
    world = in_process(office)
    export = exported(office)

    left = {
        "webhooks": str(world.fakes.poster.posted),
        "mails": str(world.fakes.mailer.outbox),
        "objects": str(world.fakes.objects.stored),
        "export": export,
        "logs": capsys.readouterr().out + caplog.text,
    }
    for place, text in left.items():
        for word in (reported.id, reported.receipt, *WORDS):
            assert word not in text, place
    assert number in left["export"]


def exported(office: Organisation) -> str:
    """All names and texts of an export, which the owner gets after the hourly job has anchored the heads."""
    world = in_process(office)
    world.fakes.clock.move_to(world.fakes.clock() + HOUR)
    world.sweep()
    content = archive(office, start(office).json["id"])
    with zipfile.ZipFile(BytesIO(content)) as files:
        return "\n".join(name + files.read(name).decode("utf-8", "replace") for name in files.namelist())


def test_an_involved_members_search_finds_nothing(office: Organisation) -> None:
    number = office.file()
    told_all(office, number, "handler", "owner")

    for query in ({"phone": "匿名联系方式"}, {"email": "a@b.example"}):
        answer = office.world.call("POST", f"{office.path}/complaints/search", query, auth=office.auth("owner"))
        assert answer.status != 200 or answer.json["complaints"] == []


@pytest.mark.parametrize("who", ["owner", "handler", "screener", "second"])
def test_the_store_is_asked_the_same_for_a_report_and_for_none(office: Organisation, who: str) -> None:
    """`second`: a supervisor who is named."""
    hire(office, "supervisor", name="second")
    number = accepted(office)
    reported = told_all(office, number, "owner", "handler", "second")

    asked = [calls_of(office, one, who) for one in (reported.id, "0" * 32)]

    assert asked[0] == asked[1]
    assert len(asked[0]) > 2


def calls_of(office: Organisation, report_id: str, who: str) -> list[str]:
    """The store's operations during a request for the report, when the caches are filled."""
    store = in_process(office).fakes.store
    for _ in range(2):
        before = len(store.calls)
        answer = office.world.call("GET", f"{office.path}/supervision/{report_id}", auth=office.auth(who))
        assert answer.status == 404
    return [call.name for call in list(store.calls)[before:]]
