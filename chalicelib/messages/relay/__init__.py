"""Relay of events from the table's stream to the effects queue, and recovery of events that the stream lost."""
