"""`make ops`: operators list and read their reports on a terminal, or learn why they cannot."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra.commands import ops
from infra.local.__main__ import STACK_FILE
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up
from tests.supervision.reporting import report

ROOT = Path(__file__).parents[2]
HOSTILE = "\x1b[2J\x9b办公室收钱。\n第二行"


@pytest.fixture(scope="module")
def office(stack: LocalStack) -> Organisation:
    return sign_up(stack, "corporate-standard")


def ran(capsys: pytest.CaptureFixture[str], *words: str, address: str, **variables: str) -> tuple[int, str, str]:
    code = ops.main(words, {"ADDRESS": address, **variables})
    return code, *capsys.readouterr()


def test_reports_are_a_table_with_aligned_columns(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    filed = [report(office, to="operators") for _ in range(2)]

    code, told, _ = ran(capsys, "reports", address=stack.url)

    head, *rows, last = told.splitlines()
    assert (code, head.split()[:3]) == (0, ["ID", "REFERENCE", "STATE"])
    assert {one.id for one in filed} <= {row.split()[1] for row in rows}
    assert {row.index(row.split()[1]) for row in rows} == {head.index("REFERENCE")}
    assert last == f"{len(rows)} found, {len(rows)} not closed"


def test_a_report_is_shown_without_control_characters(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    filed = report(office, {"names": ["王督察\x1b[0m"]}, to="operators", text=HOSTILE)

    code, told, _ = ran(capsys, "report", office.id, filed.id, address=stack.url)

    assert (code, "\x1b" in told, "\x9b" in told) == (0, False, False)
    assert [line.strip() for line in told.splitlines()][-2:] == ["\\x1b[2J\\x9b办公室收钱。", "第二行"]
    assert "for        operators, as the reporter chose" in told


def test_a_report_is_taken_and_closed(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    filed = report(office, to="operators")

    assert ran(capsys, "act", office.id, filed.id, "take", address=stack.url)[0] == 0
    code, *_ = ran(capsys, "act", office.id, filed.id, "close", address=stack.url, TEXT="无据。", FINDING="not_upheld")

    _, told, _ = ran(capsys, "report", office.id, filed.id, address=stack.url)
    assert (code, "closed (not_upheld)" in told) == (0, True)


def test_an_organisation_is_shown_suspended_and_resumed(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    def state() -> list[str]:
        _, told, _ = ran(capsys, "organisation", office.id, address=stack.url)
        return [line.split(maxsplit=1)[1] for line in told.splitlines() if line.split()[0] in ("state", "reason")]

    assert ran(capsys, "suspend", office.id, address=stack.url, REASON="it's unpaid")[0] == 0
    assert state() == ["suspended", "it's unpaid"]
    assert ran(capsys, "resume", office.id, address=stack.url)[0] == 0
    assert state() == ["active", "none"]


def test_organisations_are_listed_and_those_in_one_state(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "suspend", office.id, address=stack.url, REASON="欠费")
    code, told, _ = ran(capsys, "organisations", address=stack.url)
    _, suspended, _ = ran(capsys, "organisations", "suspended", "--json", address=stack.url)
    ran(capsys, "resume", office.id, address=stack.url)

    head, *rows, last = told.splitlines()
    assert (code, head.split()[:3], last) == (0, ["ID", "NAME", "STATE"], f"{len(rows)} found")
    assert [one["id"] for one in json.loads(suspended)] == [office.id]
    assert next(row for row in rows if row.startswith(f"{office.id} ")).endswith("欠费")


def test_wide_characters_take_two_columns() -> None:
    lines = list(ops._table(["name", "state"])([{"name": "市政", "state": "active"}, {"name": "shop", "state": "x"}]))
    assert lines[1:3] == ["市政  active", "shop  x"]


def test_the_use_of_an_organisation_is_a_table(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = ran(capsys, "use", office.id, address=stack.url)

    plan, head, *rows = told.splitlines()
    assert (code, plan, head.split()) == (0, "plan starter", ["LIMIT", "USED", "MOST", "UNTIL"])
    assert next(row.split()[2] for row in rows if row.startswith("people ")) == "50"


def test_a_suspension_without_a_reason_is_refused(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = ran(capsys, "suspend", office.id, address=stack.url)

    assert (code, "answered 422" in told) == (1, True)


def test_a_plan_is_changed_and_shown_as_json(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "plan", office.id, "large", address=stack.url)[0] == 0
    _, told, _ = ran(capsys, "organisation", office.id, "--json", address=stack.url)
    _, again, _ = ran(capsys, "organisation", office.id, address=stack.url, JSON="1")

    assert (json.loads(told)["plan"], again) == ("large", told)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("quarantine",), "0 found"),
        (("redrive",), "redriven  0"),
        (("redrive", "{office}"), "redriven  0"),
        (("reconcile", "{office}"), "job"),
        (("reconcile",), "job         none"),
        (("lift-mail-stop", "someone@test.example"), "lifted  none"),
    ],
)
def test_work_that_stands_still_is_found_and_started(
    stack: LocalStack, office: Organisation, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], shown: str
) -> None:
    code, told, refused = ran(capsys, *(one.format(office=office.id) for one in words), address=stack.url)

    assert (code, refused, shown in told) == (0, "", True)


def test_an_unknown_report_is_refused_with_the_reason_of_the_service(
    stack: LocalStack, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = ran(capsys, "report", "nobody", "0" * 32, address=stack.url)

    assert (code, "answered 404: There is no such report" in told) == (1, True)


@pytest.mark.parametrize("words", [(), ("report",), ("reports", "x"), ("tenants",)])
def test_other_words_show_the_usage(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = ran(capsys, *words, address="https://complaints.example")

    assert (code, told.splitlines()[0], told.count("  make ops ")) == (2, "usage:", len(ops.COMMANDS))


def test_without_an_address_and_a_local_stack_it_asks_for_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    code, _, told = ran(capsys, "reports", address="")

    assert (code, told) == (1, "Stopped: give ADDRESS= of the deployment, or start the local stack: make run\n")


def test_without_an_address_it_asks_the_local_stack(
    stack: LocalStack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    STACK_FILE.parent.mkdir()
    STACK_FILE.write_text(f'{{"url": "{stack.url}"}}')

    assert ran(capsys, "reports", address="")[0] == 0


def test_a_deployment_is_asked_by_https_only(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = ran(capsys, "reports", address="http://complaints.example")

    assert (code, "must begin with https://" in told) == (1, True)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({}, "no credentials"),
        ({"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}, "no region"),
    ],
)
def test_a_deployment_needs_credentials_and_a_region(
    environment: dict[str, str], why: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "DEFAULT_REGION", "REGION", "PROFILE"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    for name in ("CONFIG_FILE", "SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(f"AWS_{name}", "/nonexistent")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    code, _, told = ran(capsys, "reports", address="https://complaints.example")

    assert (code, why in told) == (1, True)


@pytest.fixture
def other_server() -> Iterator[HTTPServer]:
    """Answers with the status and the body of its attribute `answer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = self.server.answer  # type: ignore[attr-defined]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((403, b'{"message": "Forbidden"}'), "answered 403: Forbidden"),
        ((502, b"<html>"), "answered 502 without JSON"),
        ((500, b'["x"]'), "answered 500: no reason given"),
    ],
)
def test_an_answer_that_is_no_list_is_told(
    other_server: HTTPServer, answer: tuple[int, bytes], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other_server.answer = answer  # type: ignore[attr-defined]

    code, told, wrong = ran(capsys, "reports", address=f"http://127.0.0.1:{other_server.server_port}")

    assert (code, told, why in wrong) == (1, "", True)


def test_a_service_that_does_not_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = ran(capsys, "reports", address="http://127.0.0.1:9")

    assert (code, "127.0.0.1:9 cannot be reached" in told) == (1, True)


def test_the_words_behind_ops_are_no_targets() -> None:
    asked = subprocess.run(
        ["make", "-n", "-o", "install", "ops", "clean", "reports"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert [line for line in asked.stdout.splitlines() if line != ":"] == [
        "ADDRESS='' .venv/bin/python -m infra.commands.ops clean reports"
    ]
