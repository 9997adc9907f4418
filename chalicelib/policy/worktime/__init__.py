"""Working time: calendars, limits, due times, warnings and explanations. Pure; all times are instants.

- `reader`, `hours` and `holidays` read a calendar. `days` plans a date. `year` compiles a year into prefix sums, and
  `year_cache` keeps compiled years.
- `limit_text` reads a limit. `open_time`, `day_numbers` and `counted_days` do arithmetic on years, which
  `due`, `due_days` and `warning` use. `budget` counts their work.
- `explaining` derives the same due time a second way, day by day, lists what did not count, and puts it into words.
  It is imported where it is needed, because most requests explain nothing. `too_narrow` is for the checks of policies.
"""

from chalicelib.policy.worktime.budget import Budget, BudgetExceeded, bounded, spend
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.document import CalendarFault
from chalicelib.policy.worktime.due import due_time
from chalicelib.policy.worktime.limit import DueTime, Limit
from chalicelib.policy.worktime.limit_text import parse_limit
from chalicelib.policy.worktime.open_time import hours_at
from chalicelib.policy.worktime.term import Term
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
    "parse_limit",
    "parse_warning",
    "spend",
    "warning_time",
]
