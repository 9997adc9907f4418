"""Our side of the scenes that are played beside django-helpdesk, and the page that they are written on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import page
from benchmarks.engines.command import quietly
from benchmarks.helpdesk import redress_scenes
from benchmarks.helpdesk.grid import rows
from chalicelib.store.keys import DUE_SHARDS
from infra.memory_store.store import MemoryStore

MINUTES = 1


def test_two_sweeps_at_once_record_each_miss_once() -> None:
    assert quietly(lambda: redress_scenes.two_runs_at_once(30)) == {1: 30}


def test_what_is_decided_during_the_run_stays_decided() -> None:
    assert quietly(redress_scenes.resolved_during_run)["stage"] == "decided"


def test_a_refused_connection_costs_nothing_but_time() -> None:
    found = quietly(redress_scenes.mail_server_down)
    assert (found["while down"], found["mails an hour later"] > 0) == ({"recorded": 1, "mails": 0}, True)


def test_excluded_days_make_it_later() -> None:
    found = redress_scenes.excluded_days()
    assert found["2 excluded"] > found["0 excluded"]


def test_what_is_due_costs_a_read_and_a_write_and_the_rest_nothing() -> None:
    found: list[dict[str, Any]] = quietly(lambda: list(rows(MemoryStore(), 100, warm_up=20)))
    nothing, one, ten = (each["calls"] for each in found)

    assert nothing == DUE_SHARDS
    assert ten - one <= 9 * 2  # a read and a write each


def test_a_section_is_measured_and_the_others_stay(tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text(f"# T\n<!-- b -->\nold\n\n### One\n\n1\n\n### Two\n\n2\n\n{page.END}\nrest\n", "utf-8")
    sections: page.Sections = {"one": ("One", lambda: iter(["new"])), "two": ("Two", lambda: iter(["never"]))}

    page.update(target, "<!-- b -->", "head", sections, ["one"], MINUTES)

    assert re.sub("[0-9]+", "9", target.read_text("utf-8").split("### One")[1]) == (
        f"\n\n9-9-9; load 9.9 before and 9.9 after, on 9 cores.\n\nnew\n\n### Two\n\n9\n\n{page.END}\nrest\n"
    )


def test_what_a_section_found_in_its_time_is_written(tmp_path: Path) -> None:
    def endless() -> Iterator[str]:
        yield "found"
        threading.Event().wait()

    written = update(tmp_path, endless, minutes=0.001)

    assert "found\n\nStopped after 0 minutes" in written


def test_a_section_that_fails_stays_as_it_was(tmp_path: Path) -> None:
    def fails() -> Iterator[str]:
        yield "half"
        raise RuntimeError("the measurement ended with 1")

    assert "### One\n\nold" in update(tmp_path, fails, failed=1)


def update(folder: Path, measure: Callable[[], Iterator[str]], minutes: float = MINUTES, failed: int = 0) -> str:
    target = folder / "page.md"
    target.write_text(f"<!-- b -->\n\n### One\n\nold\n\n{page.END}\n", "utf-8")
    assert page.update(target, "<!-- b -->", "", {"one": ("One", measure)}, ["one"], minutes) == failed
    return target.read_text("utf-8")


def test_a_section_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sections are one"):
        page.update(tmp_path / "none.md", "", "", {"one": ("One", lambda: iter([""]))}, ["two"], MINUTES)
