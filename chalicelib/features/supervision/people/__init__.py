"""The people whom a report names, those near them, and those who may handle it."""
