"""`python -m infra.local`, the command of `make run`."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.local_stack import LocalStack, description

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds after which a process that does not print the expected text is killed, so that its test fails."""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "infra.local"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    with process:
        yield process
        process.kill()
    watchdog.cancel()


def until(process: subprocess.Popen[str], text: str) -> str:
    """The output up to a line with the text, or all output if the process ends before."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            break
    return "".join(lines)


SOME = presets.names()[1::7]
"""The example of the first is filed by staff."""
EVERY = presets.names()


@pytest.mark.parametrize(
    ("settings", "shown"), [({"DEMO": " ".join(SOME)}, SOME), pytest.param({}, EVERY, marks=pytest.mark.nightly)]
)
def test_it_prints_its_address_and_stops_on_a_signal(
    tmp_path: Path, settings: dict[str, str], shown: list[str]
) -> None:
    """At the machine's date, which `make test-dates` changes; at night with the complaints of all demonstrations.

    Each test on the fixture `stack` ends with another signal: SIGINT.
    """
    port = free_port()
    with started(tmp_path, PORT=str(port), **settings) as process:
        printed = until(process, "Press Ctrl-C to stop it.")
        described = json.loads(description(tmp_path).read_text("utf-8"))
        with urllib.request.urlopen(f"{described['url']}/v1/health") as health:
            assert health.status == 200
        process.send_signal(signal.SIGTERM)
        rest = until(process, "has stopped")
        assert process.wait(10) == 0
    assert described["url"] == f"http://127.0.0.1:{port}"
    assert "Its data is gone" in rest
    assert not description(tmp_path).exists()
    assert demonstrated(described, printed) == shown


def test_it_demonstrates_chosen_procedures(stack: LocalStack) -> None:
    """`stack` is started with `DEMO=platform`."""
    described = json.loads(description(stack.output.parent).read_text("utf-8"))

    assert demonstrated(described, stack.output.read_text("utf-8")) == ["platform"]


def demonstrated(described: dict[str, Any], printed: str) -> list[str]:
    """The presets of the described tenants. Each person's password is printed, with the roles that they have."""
    for tenant in described["tenants"]:
        assert tenant["slug"] == f"demo-{tenant['preset']}"
        for person in tenant["people"]:
            assert person["password"] in printed
            assert person["roles"] == sorted({grant["role"] for grant in person["grants"]})
    return [tenant["preset"] for tenant in described["tenants"]]


def test_a_port_in_use_gives_a_one_sentence_error(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with started(tmp_path, PORT=str(port)) as process:
            printed = until(process, "make run PORT=")
            assert process.wait(10) == 1
    assert f"Port {port} is in use by another program." in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("PORT", "70000"), ("NOW", "tomorrow"), ("NOW", "2026-11-27")]
)
def test_an_invalid_setting_gives_a_one_sentence_error(tmp_path: Path, name: str, value: str) -> None:
    with started(tmp_path, **{"PORT": str(free_port()), name: value}) as process:
        printed = until(process, f"{name}={value}")
        assert process.wait(10) == 1
    assert "Traceback" not in printed


def test_an_unknown_preset_to_demonstrate_gives_a_one_sentence_error(tmp_path: Path) -> None:
    with started(tmp_path, PORT=str(free_port()), DEMO="platform plattform") as process:
        printed = until(process, "There are:")
        assert process.wait(10) == 1
    assert "DEMO names presets that do not exist: plattform." in printed
    assert "Traceback" not in printed
