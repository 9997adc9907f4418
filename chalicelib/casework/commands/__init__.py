"""Commands on one complaint or unit. Each writes at most one transaction of its own."""
