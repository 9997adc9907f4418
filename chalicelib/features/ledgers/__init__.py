"""Ledgers: the complaints in certain stages with what is owed for each, live and frozen each month (P3.8)."""
