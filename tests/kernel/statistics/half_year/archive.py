"""What an export says, for the slow count: the records, the policies and who filed twice. Nothing else is read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from tests.kernel.statistics.slow_count.slow import Slow


class Archive:
    """`today`: the day on which it was made, in the organisation's zone."""

    def __init__(self, path: Path, today: date) -> None:
        self._today = today
        with zipfile.ZipFile(path) as file:
            self._files = {name: file.read(name) for name in file.namelist()}

    def _lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._files[name].splitlines()]

    @cached_property
    def policies(self) -> dict[str, Policy]:
        rows = (row for row in self._lines("policies.jsonl") if row["key"].removeprefix("POL#").isdigit())
        known = {row["key"].removeprefix("POL#"): row["body"]["policy"] for row in rows}
        return {
            version: compile_policy(msgspec.convert(body, PolicyDocument), version) for version, body in known.items()
        }

    @cached_property
    def complaints(self) -> list[Slow]:
        """In the order in which they were filed."""
        names = sorted(name for name in self._files if name.startswith("complaints/"))
        lines = [line for name in names for line in self._lines(name) if "events" in line]
        lines.sort(key=lambda line: str(line["number"]))
        return [
            Slow(line["events"], self.policies.__getitem__, word, self._today)
            for line, word in zip(lines, self._returning(lines), strict=True)
        ]

    @cached_property
    def units(self) -> list[Slow]:
        return [
            Slow(line["events"], self.policies.__getitem__, today=self._today)
            for line in self._lines("units.jsonl")
            if line.get("events")
        ]

    @property
    def records(self) -> list[Slow]:
        return [*self.complaints, *self.units]

    @cached_property
    def inspections(self) -> dict[str, dict[str, Any]]:
        names = [name for name in self._files if name.startswith("inspections/")]
        return {
            name.removeprefix("inspections/").removesuffix(".json"): json.loads(self._files[name]) for name in names
        }

    def _returning(self, lines: list[dict[str, Any]]) -> Iterator[str]:
        """For each complaint: whether an earlier one gave the same phone number or e-mail address."""
        seen = set[str]()
        for line in lines:
            intake = self.policies[line["events"][0]["policy"]].document.intake
            names = {intake.phone, *intake.email}
            stated = (one["values"] for one in line["private"] if one["event"] == 1)
            given = {value for values in stated for name, value in values.items() if name in names}
            yield "" if not given else "yes" if given & seen else "no"
            seen |= given
