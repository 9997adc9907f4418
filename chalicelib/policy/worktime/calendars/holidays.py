"""National holidays by edition: tables generated at development time by `infra/generate_holidays.py`.

An edition is a versioned document named `<country>-<official_through>.<revision>`. Older editions are kept because
events refer to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

_TABLES = Path(__file__).parents[2] / "holidays"
_EDITION = r"(?P<country>[A-Z]{2}(-[A-Z]{3})?)-(?P<year>[0-9]{4})\.(?P<revision>[0-9]{1,3})"


class HolidayName(msgspec.Struct, frozen=True):
    en: str
    zh: str


class HolidayTable(msgspec.Struct, frozen=True):
    """One edition. Dates are ordinals (`date.toordinal`). `worked` holds the swapped working days (调休)."""

    country: str
    edition: str
    official_through: int
    """The last year that the government has published. Later years hold the holidays that the law fixes."""
    holidays: Mapping[int, HolidayName]
    worked: Mapping[int, HolidayName]

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> HolidayTable:
        names = [HolidayName(name["en"], name["zh"]) for name in value["names"]]
        return cls(
            country=value["country"],
            edition=value["edition"],
            official_through=value["official_through"],
            holidays=_days(value["holidays"], names),
            worked=_days(value["worked"], names),
        )


def _days(years: Mapping[str, Mapping[str, int]], names: list[HolidayName]) -> dict[int, HolidayName]:
    return {
        date(int(year), int(day[:2]), int(day[3:])).toordinal(): names[number]
        for year, days in years.items()
        for day, number in days.items()
    }


@cache
def editions() -> Mapping[str, tuple[str, ...]]:
    """Each country's editions, oldest first."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for path in _TABLES.glob("*.json"):
        match = re.fullmatch(_EDITION, path.stem)
        if match:
            order = (int(match["year"]), int(match["revision"]), path.stem)
            found.setdefault(match["country"], []).append(order)
    return {country: tuple(entry[2] for entry in sorted(found[country])) for country in sorted(found)}


def countries() -> tuple[str, ...]:
    """The codes that a calendar's `holidays` may use: ISO 3166 countries, and parts such as `GB-ENG`."""
    return tuple(editions())


@cache
def load_table(edition: str) -> HolidayTable:
    """Raises KeyError for an unknown edition."""
    if not any(edition in known for known in editions().values()):
        raise KeyError(edition)
    return HolidayTable.from_json(json.loads((_TABLES / f"{edition}.json").read_text(encoding="utf-8")))
