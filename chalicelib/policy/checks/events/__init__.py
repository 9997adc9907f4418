"""Checks of the events for which acts wait, of the fields by which events are chosen, and of acts at a due time."""
