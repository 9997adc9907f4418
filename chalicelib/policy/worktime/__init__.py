"""Working time: calendars, limits, due times, warnings and explanations. Pure; all times are instants.

- `reader`, `hours` and `holidays` read a calendar. `days` plans a date. `year` compiles a year into prefix sums.
- `open_time` and `zone` do arithmetic on these. `due` and `warning` calculate due times and warning times.
- `explanation` derives the same due time a second way: `walk` visits the days one by one, and `skipped` lists the time
  that did not count. `explanation_text` puts the result into words.
"""

from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.document import CalendarFault
from chalicelib.policy.worktime.due import DueTime, due_time
from chalicelib.policy.worktime.explanation import explain
from chalicelib.policy.worktime.explanation_text import local_time_text
from chalicelib.policy.worktime.limit import Limit, parse_limit
from chalicelib.policy.worktime.open_time import hours_at
from chalicelib.policy.worktime.warning import WarningRule, parse_warning, warning_time

__all__ = [
    "Calendar",
    "CalendarFault",
    "DueTime",
    "Limit",
    "WarningRule",
    "due_time",
    "explain",
    "hours_at",
    "local_time_text",
    "parse_limit",
    "parse_warning",
    "warning_time",
]
