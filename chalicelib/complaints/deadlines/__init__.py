"""When a clock starts, waits and ends, and why it is due when it is."""
