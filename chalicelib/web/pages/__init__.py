"""Pages for people: HTML that the API function renders. Every journey works without JavaScript."""
