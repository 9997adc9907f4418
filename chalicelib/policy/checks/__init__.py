"""Checks that a policy document must pass before publication."""
