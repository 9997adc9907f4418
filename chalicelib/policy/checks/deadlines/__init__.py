"""Checks what `language.deadlines` defines, with its calendars and limits, and the acts that time performs."""
