"""A procedure in sentences: one function for each kind of element."""
