"""Checks the intake, its facts, and the fields of acts."""
