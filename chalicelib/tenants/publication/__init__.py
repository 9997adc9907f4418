"""A policy from draft to published version."""
