"""Explains a due time. It derives the due time a second way, by visiting the days one by one."""

from chalicelib.policy.worktime.explaining.explanation import explain
from chalicelib.policy.worktime.explaining.text import due_text, zone_text

__all__ = ["due_text", "explain", "zone_text"]
