"""Checks the stages and their acts."""
