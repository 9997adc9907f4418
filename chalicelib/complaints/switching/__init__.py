"""Moving an open complaint to a newer policy version."""
