"""Each word of the language that came later has at least three faulty uses among the faults.

What people send at run time has its own tests: `link` with `as` in `tests/filing/test_the_same_matter.py`, `remind` in
`tests/handling/test_duties_and_reminders.py`, the `parent` of a unit in `tests/units/test_people_of_the_parent.py`, and
what previews and examples are given in `tests/policies/test_preview_events.py` and `test_preview_unit_calendars.py`.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.kernel.policy.faulty_policies.fault_cases import FAULTS

WORDS = {
    "closed": r"calendar/closed",
    "open": r"calendar/open",
    "a range of dates": r"calendar/(closed|open).*\.\.",
    "a day of each year": r"calendar/(closed|open).*\b\d\d-\d\d\b",
    "a weekday of each month": r"(1st|2nd|6th|last) (mon|fri)",
    "easter": r"easter",
    "listed_through": r"listed_through",
    "last_day_of": r"last_day_of",
    "including the first day": r"including (the )?first day",
    "then": r" then ",
    "starts": r"clocks/.*starts",
    "from a fact": r'clocks/.*"from": .*"fact"',
    "most_total": r"most_total",
    "follows_unit": r"follows_unit",
    "limitation, later of": r"limitation.*later of",
    "limitation, earlier of": r"limitation.*earlier of",
    "intake.repeats": r"repeats",
    "condition repeat": r'when.*"repeat"',
    "condition filed_by": r'when.*"filed_by"',
    "of: parent": r'"parent"',
    "not: assigned": r"assigned\.",
    "by: time": r'/by .*"time"|"by": "time"',
    "severity.lowering": r"lowering",
    "struck": r"struck",
    "sets_unit": r"sets_unit",
    "lift": r"\blift(ed)?\b",
    "needs of a ground": r"refusals.*needs",
    "approval as a list": r'approval \[.*"(by|when|role)"',
    "most of a number": r'amount.*"?most',
    "given_by": r"given_by",
    "chosen_by_staff": r"chosen_by_staff",
    "category_names": r"category_names",
    "sum": r"\bsum\b",
    "web": r"\bweb\b",
    "duty": r"duty",
    "public_name": r"public_name",
    "public_actor": r"public_actor",
    "tells_missed": r"tells_missed",
    "way": r"\bway\b",
    "contact": r"^contact",
    "amendment.for": r'^amendment.*"for"',
    "amendment.approval": r"^amendment.*approval",
    "selector of an event": r"escalated.*(foo|clock|tier)",
}
USES = {what: f"{place} {json.dumps(value, default=str)}" for what, (place, value, _, _) in FAULTS.items()}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_has_three_faulty_uses(word: str) -> None:
    found = [what for what, use in USES.items() if re.search(WORDS[word], use)]

    assert len(found) >= 3, found
