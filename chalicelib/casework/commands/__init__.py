"""Commands on one complaint or unit. Each commits one transaction, besides one for due events."""
