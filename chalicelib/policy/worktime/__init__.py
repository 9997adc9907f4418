"""Working time: calendars, limits, when they are due, when to warn, and why (pure; all times are instants).

A calendar is read (`reader`, `hours`, `holidays`), asked what a date is (`days`), and compiled by year into prefix
sums (`year`, `zone`); `open_time` and `months` count on it, `due`, `warn` and `hours_at` answer from them. An
explanation (`because`) walks the days instead (`walk`, `skipped_time`, `skipped_days`), so that it is a second
account of the same due time; `texts` and `wording` put it in words.
"""

from chalicelib.policy.worktime.because import explain
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.due import DueTime, due_time
from chalicelib.policy.worktime.faults import CalendarFault
from chalicelib.policy.worktime.hours_at import hours_at
from chalicelib.policy.worktime.limit import Limit, parse_limit
from chalicelib.policy.worktime.schema import because_schema
from chalicelib.policy.worktime.texts import local_time_text
from chalicelib.policy.worktime.warn import WarningRule, parse_warning, warning_time

__all__ = [
    "Calendar",
    "CalendarFault",
    "DueTime",
    "Limit",
    "WarningRule",
    "because_schema",
    "due_time",
    "explain",
    "hours_at",
    "local_time_text",
    "parse_limit",
    "parse_warning",
    "warning_time",
]
