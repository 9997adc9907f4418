"""Relay of events from the table's stream to the effects queue; again once a day, in case the stream lost them."""
