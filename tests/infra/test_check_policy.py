"""`make check-policy` prints each fault once, in English and in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.commands.check_policy import main
from tests.across.tutorial.page import policies


def printed(policy: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    file = folder / "my.yaml"
    file.write_text(policy, "utf-8")
    assert main([str(file)]) == 1
    return capsys.readouterr().out


def test_hours_with_two_wrong_times_are_one_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(policies()[-1].replace("09:00-17:00", "9.00-17.00"), tmp_path, capsys)
    assert out.count("/calendar/hours/mon-fri/0") == 1


def test_the_reason_of_an_impossible_example_is_translated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(policies()[-1].replace("given: {channel: email,", "given: {channel: fax,"), tmp_path, capsys)
    assert "这不可能发生：须为以下之一：Phone、E-mail、At a depot（名称为 phone, email, depot）" in out


def test_a_hint_looks_unlike_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(policies()[-1].replace("    duty: complainant\n", ""), "utf-8")

    assert main([str(file)]) == 0
    out = capsys.readouterr().out
    assert re.search(r"my\.yaml:[0-9]+: hint, blocks nothing: /clocks/silence/missed\n", out)
