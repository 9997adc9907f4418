"""Back-tests: a draft policy replayed on the complaints of a period."""
