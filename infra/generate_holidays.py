"""Generates the holiday tables for working time: `python -m infra.generate_holidays`. Development only.

Published tables never change, because policies cite them. When a government publishes another year, increase
`official_through`, run this again, and commit the new edition beside the old one. To correct a published year, increase
`revision`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import holidays

TABLES = Path(__file__).parent.parent / "chalicelib" / "policy" / "holidays"
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class HolidaySource:
    """The source of a country's table. `official_through`: the last year that its government has published."""

    code: str
    official_through: int
    english: str = "en_US"
    chinese: str | None = None
    revision: int = 1


SOURCES = (
    HolidaySource("CN", 2026, chinese="zh_CN"),
    HolidaySource("GB", 2027, english="en_GB"),
    HolidaySource("GB-ENG", 2027, english="en_GB"),
    HolidaySource("GB-NIR", 2027, english="en_GB"),
    HolidaySource("GB-SCT", 2027, english="en_GB"),
    HolidaySource("GB-WLS", 2027, english="en_GB"),
    HolidaySource("US", 2030),
    HolidaySource("DE", 2030),
    HolidaySource("FR", 2030),
    HolidaySource("JP", 2026),
    HolidaySource("AU", 2026, english="en_AU"),
    HolidaySource("HK", 2026, english="en_HK", chinese="zh_CN"),
    HolidaySource("SG", 2026, english="en_SG"),
    HolidaySource("KR", 2026),
)

_OBSERVED = re.compile(r"\s*[(（](observed|补假|補假|estimated|慶祝|庆祝)[)）]")
_SUBSTITUTED = re.compile(r"\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d")


def _calendar(source: HolidaySource, language: str) -> Any:
    country, _, part = source.code.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=YEARS, language=language)


def _is_substitute(english: str) -> bool:
    return english.startswith("Day off")


def _nearest(day: date, named: list[date]) -> date:
    """`named` is in order. Of two that are as near, the earlier."""
    after = bisect_left(named, day)
    return min(named[max(after - 1, 0) : after + 1], key=lambda other: (abs(other - day), other))


def _names(source: HolidaySource) -> dict[date, tuple[str, str]]:
    """Each holiday's English and Chinese name. A substitute day off has the name of the nearest holiday."""
    english = _calendar(source, source.english)
    chinese = _calendar(source, source.chinese) if source.chinese else english
    days = [day for day in sorted(english) if day.year in YEARS]
    named = [day for day in days if not _is_substitute(english[day])]
    return {
        day: (_OBSERVED.sub("", english[_nearest(day, named)]), _OBSERVED.sub("", chinese[_nearest(day, named)]))
        for day in days
    }


def _exchanged(source: HolidaySource) -> dict[date, date]:
    """Worked weekend day → the day off that it replaces, where the source gives it."""
    english = _calendar(source, source.english)
    pairs = {}
    for day in english:
        found = _SUBSTITUTED.search(english[day]) if _is_substitute(english[day]) else None
        if found:
            month, number, year = found.group().split("/")
            pairs[date(int(year), int(month), int(number))] = day
    return pairs


def _worked(source: HolidaySource, names: dict[date, tuple[str, str]]) -> dict[date, tuple[str, str]]:
    exchanged = _exchanged(source)
    workdays = sorted(_calendar(source, source.english).weekend_workdays)
    return {day: names[exchanged.get(day, _nearest(day, list(names)))] for day in workdays}


def _by_year(days: dict[date, tuple[str, str]], index: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    years: dict[str, dict[str, int]] = {}
    for day, name in sorted(days.items()):
        years.setdefault(str(day.year), {})[f"{day:%m-%d}"] = index[name]
    return years


def table(source: HolidaySource) -> dict[str, Any]:
    """The edition as JSON: the list of names, and for each year `MM-DD` → index of the name."""
    names = _names(source)
    worked = _worked(source, names)
    distinct = sorted({*names.values(), *worked.values()})
    index = {name: number for number, name in enumerate(distinct)}
    return {
        "country": source.code,
        "edition": f"{source.code}-{source.official_through}.{source.revision}",
        "official_through": source.official_through,
        "source": f"holidays {version('holidays')}",
        "names": [{"en": english, "zh": chinese} for english, chinese in distinct],
        "holidays": _by_year(names, index),
        "worked": _by_year(worked, index),
    }


def _lines(value: dict[str, Any]) -> str:
    """JSON with one year per line, for readable diffs between editions."""
    parts = []
    for key, entry in value.items():
        text = json.dumps(entry, ensure_ascii=False)
        if isinstance(entry, dict) and entry:
            rows = ",\n".join(f'    "{year}": {json.dumps(days)}' for year, days in entry.items())
            text = f"{{\n{rows}\n  }}"
        parts.append(f'  "{key}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    for source in SOURCES:
        edition = table(source)
        (TABLES / f"{edition['edition']}.json").write_text(_lines(edition), encoding="utf-8")
        print(edition["edition"])


if __name__ == "__main__":
    main()
