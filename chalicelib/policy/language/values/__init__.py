"""The kinds of values of facts and fields, and the readers of values."""
