"""`make test-dates` runs a command at each date, and fails if one of the runs fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.checks.dates import DATES, NOT_RUN, main

FAKETIME = """#!/bin/sh
echo "$1 $TZ $2 $PYTEST_DEBUG_TEMPROOT" >> "$RUNS"
[ "$1" != "$FAILS_AT" ]
"""


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with a line for each call of a `faketime` that only notes it."""
    program = tmp_path / "faketime"
    program.write_text(FAKETIME)
    program.chmod(0o755)
    for name, value in (("PATH", f"{tmp_path}:/usr/bin:/bin"), ("RUNS", str(tmp_path / "runs")), ("FAILS_AT", "")):
        monkeypatch.setenv(name, value)
    for name in ("DATE", "ZONE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "runs"


def noted(runs: Path) -> list[str]:
    return [line.rpartition(" ")[0] for line in runs.read_text().splitlines()]


def test_the_command_is_run_at_each_date_in_its_zone(runs: Path) -> None:
    assert main(["suite"]) == 0
    assert noted(runs) == [f"{date} {zone} suite" for date, zone in DATES.items()]


def test_each_run_keeps_its_temporary_files_apart(runs: Path) -> None:
    main(["suite"])
    assert len({line.rpartition(" ")[2] for line in runs.read_text().splitlines()}) == len(DATES)


def test_one_date_and_one_zone_can_be_chosen(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATE", "2030-01-01 08:00")
    monkeypatch.setenv("ZONE", "Asia/Tokyo")
    assert main(["suite"]) == 0
    assert noted(runs) == ["2030-01-01 08:00 Asia/Tokyo suite"]


def test_a_failure_at_one_date_fails_the_whole_and_the_others_are_run(
    runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = DATES
    monkeypatch.setenv("FAILS_AT", first)
    assert main(["suite"]) == 1
    assert len(noted(runs)) == len(DATES)
    said = capsys.readouterr().out
    assert f"{first} {DATES[first]}: failed" in said
    assert said.count(": passed") == len(others)


def test_without_faketime_the_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["suite"]) == NOT_RUN
    assert "apt-get install faketime" in capsys.readouterr().err


@pytest.mark.usefixtures("runs")
def test_a_zone_that_does_not_exist_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZONE", "Mars/Olympus")
    assert main(["suite"]) == NOT_RUN
    assert "ZONE=Mars/Olympus" in capsys.readouterr().err
