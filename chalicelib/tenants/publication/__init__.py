"""Policies from draft to published version."""
