"""Regular expressions of the texts of limits and warnings, from the units that `worktime` reads.

Editors use them, so they are in the common subset of ECMA 262 and Python.
"""

from __future__ import annotations

from chalicelib.policy.worktime.limit import INCLUDING, MONTHS, THEN
from chalicelib.policy.worktime.limit_text import DAY_COUNTS, MOST_PARTS, UNITS

_DAYS = "|".join(unit for unit, (kind, *_) in UNITS.items() if kind in DAY_COUNTS)
_COUNT = rf"[1-9][0-9]{{0,8}} (?:{'|'.join(UNITS)})s?"
_UNTIL = rf"until (?:[1-9]|[12][0-9]|3[01]) (?:{'|'.join(MONTHS)})"
_SIMPLE = rf"(?:same day|same working day|{_COUNT}|[1-9][0-9]{{0,8}} (?:{_DAYS})s?{INCLUDING}|{_UNTIL})"
_IN_TURN = rf"{_SIMPLE}(?:{THEN}{_SIMPLE}){{0,{MOST_PARTS - 1}}}"
LIMIT = rf"^(?:none|{_IN_TURN}|(?:later|earlier) of {_SIMPLE}(?:, {_SIMPLE}){{1,{MOST_PARTS - 1}}})$"
WARNING = rf"^(?:[1-9][0-9]? ?%|{_COUNT} before)$"
LIMIT_EXAMPLES = "`24 hours`, `3 working days`, `30 calendar days`, `1 month`, `same day` or `until 31 January`"
