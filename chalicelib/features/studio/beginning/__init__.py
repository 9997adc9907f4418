"""A new procedure: what it begins with, its main choices as questions, and the steps to its publication."""
