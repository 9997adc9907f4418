"""Working time: calendars, limits, due times, warnings and explanations. Pure; all times are instants.

- `limit` says what a limit counts; `limit_text` reads one.
- `calendars` reads a calendar (`reader`, `day_entries`, `holidays`), plans a date (`document`), compiles a year into
  prefix sums (`year`), keeps compiled years (`calendar`), and does arithmetic on years (`open_time`, `day_numbers`).
- `due_times` and `warning` use these. `budget` counts their work.
- `explaining` derives the same due time a second way, day by day, lists what did not count, and puts it into words.
  It is imported where it is needed, because most requests explain nothing. `too_narrow` is for the checks of policies.
"""

from chalicelib.policy.worktime.budget import Budget, BudgetExceeded, bounded, spend
from chalicelib.policy.worktime.calendars.calendar import Calendar, parse_calendars
from chalicelib.policy.worktime.calendars.document import CalendarFault
from chalicelib.policy.worktime.calendars.open_time import hours_at, working_start
from chalicelib.policy.worktime.due_times.due import due_time
from chalicelib.policy.worktime.due_times.term import Term
from chalicelib.policy.worktime.limit import DueTime, Limit
from chalicelib.policy.worktime.limit_text import parse_limit
from chalicelib.policy.worktime.warning import WarningRule, parse_warning, warning_time

__all__ = [
    "Budget",
    "BudgetExceeded",
    "Calendar",
    "CalendarFault",
    "DueTime",
    "Limit",
    "Term",
    "WarningRule",
    "bounded",
    "due_time",
    "hours_at",
    "parse_calendars",
    "parse_limit",
    "parse_warning",
    "spend",
    "warning_time",
    "working_start",
]
