"""Documents that cost much by their size, and the bounds of each kind of request (`policy.worktime.budget`)."""
