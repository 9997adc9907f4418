"""Redress: many organisations, each running its own complaint procedure as data."""
