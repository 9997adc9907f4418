"""Documents that the check refuses because they cannot work."""
