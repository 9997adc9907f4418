"""From a start, a limit and pauses to the due time."""
