"""What a contribution depends on besides the record and its policies: the code that counts, and the tables of holidays.

If it changes, earlier counts cannot be subtracted exactly, so the figures are rebuilt.
"""

from __future__ import annotations

from functools import cache

from chalicelib.kit import canonical
from chalicelib.policy.worktime.holidays import editions

NUMBER = 5
"""Raise it with every change of what is counted: the hourly job then rebuilds the figures of every organisation."""


@cache
def definition() -> str:
    """A digest: the same as long as equal records contribute the same. Compiled calendars use the latest edition."""
    latest = {country: known[-1] for country, known in editions().items()}
    return canonical.digest({"number": NUMBER, "holidays": latest})[:16]
