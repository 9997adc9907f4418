"""Checks of the events for which acts wait, and of the fields by which events are chosen."""
