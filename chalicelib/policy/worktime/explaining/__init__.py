"""Explains a due time. It derives the due time a second way, by visiting the days one by one."""
