"""Explains a due time. It derives the due time a second way, by visiting the days one by one."""

from chalicelib.policy.worktime.explaining.explanation import explain, explain_term
from chalicelib.policy.worktime.explaining.text import before_text, clock_time, due_text, limit_text, zone_text

__all__ = ["before_text", "clock_time", "due_text", "explain", "explain_term", "limit_text", "zone_text"]
