"""Practice: a copy of the organisation's procedure in which people try it without consequences."""
