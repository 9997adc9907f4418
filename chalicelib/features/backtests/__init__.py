"""Back-tests: the complaints of a period replayed under a draft policy."""
