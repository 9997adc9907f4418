"""Public figures: counts of a past period, published once, without any that would show a small one."""
